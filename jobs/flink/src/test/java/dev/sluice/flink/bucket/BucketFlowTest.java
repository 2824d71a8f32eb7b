// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import static dev.sluice.flink.bucket.EngineScript.START_US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.bucket.EngineScript.Kind;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.MarketSums;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BucketFlowTest {
  private static final BucketSettings SETTINGS = BucketSettings.defaults();

  private static LocalBuckets run(List<dev.sluice.flink.RawRecord> records) {
    return new LocalBuckets(SETTINGS).addAll(records).end();
  }

  private static List<String> json(List<Bucket> buckets) {
    return buckets.stream()
        .map(bucket -> new String(Json.write(bucket), StandardCharsets.UTF_8))
        .toList();
  }

  private static void assertSame(int seed, List<String> actual, List<String> expected) {
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      assertThat(actual.get(i)).as("seed %d, bucket %d", seed, i).isEqualTo(expected.get(i));
    }
    assertThat(actual).as("seed %d", seed).hasSameSizeAs(expected);
  }

  private static long us(double second) {
    return START_US + (long) (second * 1_000_000);
  }

  @Test
  void closesEachStartOnceInOrderWithTheWholeEngineLast() {
    EngineScript script = new EngineScript("mm-1", 1).trade(0, 100);
    script.health(us(100));
    LocalBuckets result = run(script.asAppended());
    assertThat(result.whole("mm-1")).hasSize(10);
    for (int i = 0; i < 10; i++) {
      Bucket symbol = result.buckets.get(2 * i);
      Bucket whole = result.buckets.get(2 * i + 1);
      assertThat(symbol.symbol()).isEqualTo(EngineScript.SYMBOL);
      assertThat(whole.wholeEngine()).isTrue();
      assertThat(whole.startUs()).isEqualTo(us(10 * i));
      assertThat(whole.ticks()).isEqualTo(20);
      assertThat(whole.healthRecords()).isEqualTo(1);
      assertThat(whole.closedIngestUs()).isPositive();
    }
    assertThat(result.deadLetters).isEmpty();
    assertThat(result.health).hasSize(11);
    long fills = result.whole("mm-1").stream().mapToLong(Bucket::fills).sum();
    assertThat(fills).isEqualTo(25);
  }

  @Test
  void bucketsDoNotDependOnTheOrderInWhichTopicsAreRead() {
    EngineScript one = new EngineScript("mm-1", 1).trade(0, 400);
    one.loseTicks(7).trade(400, 1_000).repeatLast(Kind.TICK).repeatLast(Kind.FILL);
    one.restart("mm-1-run-2").trade(1_000, 1_500).health(us(1_500));
    EngineScript two = new EngineScript("mm-2", 2).trade(0, 1_500).health(us(1_500));
    List<String> expected1 = json(run(one.asAppended()).whole("mm-1"));
    List<String> expected2 = json(run(two.asAppended()).whole("mm-2"));
    assertThat(expected1).hasSize(150);
    for (int seed = 0; seed < 40; seed++) {
      LocalBuckets mixed = run(EngineScript.mixed(new Random(seed), one, two));
      assertSame(seed, json(mixed.whole("mm-1")), expected1);
      assertSame(seed, json(mixed.whole("mm-2")), expected2);
      assertThat(mixed.deadLetters).isEmpty();
      assertThat(mixed.count(InputFault.LATE)).isZero();
    }
  }

  @Test
  void flushingAtAnyTimeChangesNothing() {
    EngineScript script = new EngineScript("mm-1", 3).trade(0, 300).health(us(300));
    List<String> expected = json(run(script.asAppended()).buckets);
    Random random = new Random(5);
    LocalBuckets flushed = new LocalBuckets(SETTINGS);
    script
        .asAppended()
        .forEach(
            raw -> {
              flushed.partials.add(raw);
              if (random.nextInt(3) == 0) {
                flushed.flush();
              }
            });
    assertThat(json(flushed.end().buckets)).isEqualTo(expected);
  }

  @Test
  void countsAHoleWhereTheStreamResumesAndADuplicateOnce() {
    EngineScript script = new EngineScript("mm-1", 1).trade(0, 10).loseTicks(5);
    script.trade(10, 20).repeatLast(Kind.TICK).health(us(20));
    LocalBuckets result = run(script.asAppended());
    assertThat(result.whole("mm-1")).extracting(Bucket::seqGaps).containsExactly(0L, 5L);
    assertThat(result.whole("mm-1")).extracting(Bucket::duplicates).containsExactly(0L, 1L);
    assertThat(result.count(InputFault.GAPS)).isEqualTo(5);
    assertThat(result.count(InputFault.DUPLICATES)).isEqualTo(1);
    assertThat(result.whole("mm-1").get(1).ticks()).isEqualTo(20);
  }

  @Test
  void aRecordThatComesAfterItsSuccessorTakesTheGapBack() {
    EngineScript script = new EngineScript("mm-1", 1).trade(0, 10).health(us(10));
    List<dev.sluice.flink.RawRecord> ticks = script.topics.get(Kind.TICK);
    java.util.Collections.swap(ticks, 5, 6);
    LocalBuckets result = new LocalBuckets(SETTINGS);
    script.topics.values().forEach(result::addAll);
    Bucket bucket = result.end().whole("mm-1").get(0);
    assertThat(bucket.ticks()).isEqualTo(20);
    assertThat(bucket.seqGaps()).isZero();
    assertThat(bucket.reordered()).isEqualTo(1);
  }

  @Test
  void waitsForDeclaredRecordsUntilTheStreamIsQuietAndALaterHeartbeatIsThere() {
    EngineScript script = new EngineScript("mm-1", 1).trade(0, 10).loseTicks(4).health(us(10));
    LocalBuckets result = new LocalBuckets(SETTINGS).addAll(script.asAppended()).flush();
    assertThat(result.fire(100).whole("mm-1")).as("no later heartbeat").isEmpty();
    EngineScript later = script.health(us(20));
    List<dev.sluice.flink.RawRecord> heartbeats = later.topics.get(Kind.HEALTH);
    result.partials.add(heartbeats.get(heartbeats.size() - 1));
    assertThat(result.flush().whole("mm-1")).as("could still be on its way").isEmpty();
    assertThat(result.fire(20).whole("mm-1")).hasSize(1);
    assertThat(result.fire(100).whole("mm-1")).as("the second waits for a third").hasSize(1);
  }

  @Test
  void aSilentEngineClosesEmptyBucketsByTheVenuesClock() {
    EngineScript script = new EngineScript("mm-1", 1).trade(0, 20).health(us(20)).tick(us(20.5));
    LocalBuckets result = new LocalBuckets(SETTINGS).addAll(script.asAppended()).flush();
    assertThat(result.whole("mm-1")).hasSize(2);
    EngineScript venue = new EngineScript("mm-1", 2).waitMs(10_000);
    for (int second = 30; second <= 120; second += 10) {
      venue.ledger(us(second));
    }
    result.addAll(venue.asAppended()).flush();
    assertThat(result.whole("mm-1")).as("absence needs time").hasSize(2);
    result.fire(20);
    assertThat(result.whole("mm-1")).hasSize(11);
    assertThat(result.whole("mm-1").get(2).ticks()).isEqualTo(1);
    Bucket empty = result.whole("mm-1").get(10);
    assertThat(empty.events()).isZero();
    assertThat(empty.lastEventEverUs()).isEqualTo(us(20.5));
    assertThat(empty.rssBytes()).as("gauges of the last heartbeat").isPositive();
    assertThat(empty.healthRecords()).isZero();
    assertThat(empty.source()).isEqualTo(Source.SIMULATED);
  }

  @Test
  void aSlowEngineDoesNotHoldBackTheOthers() {
    EngineScript fast = new EngineScript("fast", 1).trade(0, 200).health(us(200));
    EngineScript slow = new EngineScript("slow", 2).trade(0, 30);
    LocalBuckets result = new LocalBuckets(SETTINGS);
    result.addAll(EngineScript.mixed(new Random(1), fast, slow)).flush();
    assertThat(result.whole("fast")).hasSize(20);
    assertThat(result.whole("slow")).hasSize(2);
  }

  @Test
  void lateEventsAreCountedInTheNextBucketAndNowhereElse() {
    EngineScript script = new EngineScript("mm-1", 1).trade(0, 30).health(us(30));
    LocalBuckets result = new LocalBuckets(SETTINGS).addAll(script.asAppended()).flush();
    script.topics.values().forEach(List::clear);
    script.tick(us(5)).trade(30, 40).health(us(40));
    result.addAll(script.asAppended()).end();
    assertThat(result.whole("mm-1")).extracting(Bucket::late).containsExactly(0L, 0L, 0L, 1L);
    assertThat(result.whole("mm-1")).extracting(Bucket::ticks).containsOnly(20L);
    assertThat(result.count(InputFault.LATE)).isEqualTo(1);
    assertThat(result.amendments).hasSize(1);
    Bucket amendment = result.amendments.get(0);
    assertThat(amendment.engineId()).isEqualTo("mm-1");
    assertThat(amendment.symbol()).isEqualTo(EngineScript.SYMBOL);
    assertThat(amendment.startUs()).isEqualTo(us(0));
    assertThat(amendment.amendedAtUs()).isEqualTo(us(30));
    assertThat(amendment.ticks()).isEqualTo(1);
    assertThat(amendment.firstEventUs()).isEqualTo(us(5));
    assertThat(amendment.market().quotes()).isEqualTo(1);
    assertThat(amendment.market().returns()).isZero();
    assertThat(result.buckets).extracting(Bucket::amendedAtUs).containsOnlyNulls();
  }

  @Test
  void everyLateEventIsSaidInOneAmendmentOfTheBucketThatCountsIt() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      EngineScript script = new EngineScript("mm-1", seed).tick(us(-400_000)).health(us(0));
      LocalBuckets result = new LocalBuckets(SETTINGS);
      long from = 0;
      for (int turn = 0; turn < 12; turn++) {
        if (random.nextInt(6) == 0) {
          from += 100_000; // more empty buckets than are closed at once
        }
        script.trade(from, from + 20).health(us(from + 20));
        from += 20;
        result.addAll(script.asAppended()).flush();
        script.topics.values().forEach(List::clear);
        for (int late = random.nextInt(4); late > 0; late--) {
          script.tick(us(random.nextInt((int) from))).fill(us(from - 15), Liquidity.MAKER);
        }
      }
      script.trade(from, from + 20).health(us(from + 20));
      result.addAll(script.asAppended()).end();
      List<Bucket> whole = result.whole("mm-1");
      long firstUs = whole.get(0).startUs();
      Map<Long, Long> said = new TreeMap<>();
      for (Bucket amendment : result.amendments) {
        assertThat(amendment.startUs()).isLessThan(amendment.amendedAtUs());
        assertThat(amendment.late() + amendment.seqGaps() + amendment.duplicates()).isZero();
        said.merge(amendment.amendedAtUs(), amendment.events(), Long::sum);
      }
      Map<Long, Long> counted = new TreeMap<>();
      whole.stream().filter(b -> b.late() > 0).forEach(b -> counted.put(b.startUs(), b.late()));
      assertThat(said).as("seed %d", seed).isEqualTo(counted).containsKey(firstUs);
      assertThat(said.values().stream().mapToLong(n -> n).sum())
          .isEqualTo(result.count(InputFault.LATE));
    }
  }

  @Test
  void aTickOneHourAheadIsQuarantinedAndNothingElseIsLost() {
    for (int seed = 0; seed < 20; seed++) {
      EngineScript script = new EngineScript("mm-1", 1).trade(0, 20);
      script.tick(us(3_620)).trade(20, 60).health(us(60));
      LocalBuckets result = run(EngineScript.mixed(new Random(seed), script));
      assertThat(result.deadLetters).singleElement().extracting("kind").isEqualTo("QUARANTINED");
      assertThat(result.whole("mm-1")).hasSize(6);
      assertThat(result.whole("mm-1")).extracting(Bucket::ticks).containsOnly(20L);
      assertThat(result.whole("mm-1").get(1).quarantined()).isEqualTo(1);
    }
  }

  @Test
  void aStreamThatLeapsAndStaysThereIsBelieved() {
    for (int seed = 0; seed < 20; seed++) {
      EngineScript script = new EngineScript("mm-1", 1).trade(0, 20);
      script.trade(4_000, 4_040).health(us(4_040));
      script.topics.get(Kind.LEDGER).clear();
      LocalBuckets result = run(EngineScript.mixed(new Random(seed), script));
      assertThat(result.deadLetters).isEmpty();
      long ticks = result.whole("mm-1").stream().mapToLong(Bucket::ticks).sum();
      assertThat(ticks).isEqualTo(120);
    }
  }

  @Test
  void aSparseFillAnHourAfterTheLastIsBelievedByTheNextHeartbeat() {
    for (int seed = 0; seed < 20; seed++) {
      EngineScript script = new EngineScript("mm-1", 1).fill(us(1), Liquidity.MAKER);
      for (int second = 0; second < 8_000; second += 10) {
        script.health(us(second)).tick(us(second + 1));
        if (second == 5_000) {
          script.fill(us(5_001), Liquidity.TAKER);
        }
      }
      LocalBuckets result = run(EngineScript.mixed(new Random(seed), script));
      assertThat(result.deadLetters).isEmpty();
      Bucket bucket = result.whole("mm-1").get(500);
      assertThat(bucket.takerFills()).isEqualTo(1);
      assertThat(bucket.events()).isEqualTo(3);
    }
  }

  @Test
  void aRecordFromThePastDoesNotMakeTheTimeSinceEmpty() {
    EngineScript script = new EngineScript("mm-1", 1).tick(us(-400_000)).trade(0, 30);
    LocalBuckets result = run(script.health(us(30)).asAppended());
    assertThat(result.whole("mm-1")).extracting(Bucket::ticks).containsExactly(20L, 20L, 20L);
    assertThat(result.whole("mm-1").get(0).late()).isEqualTo(1);
  }

  @Test
  void absurdNumbersAreQuarantinedOrBoundedAndNeverThrow() {
    EngineScript script = new EngineScript("mm-1", 1).trade(0, 20);
    script.loseTicks(Integer.MAX_VALUE).tick(us(20)).tick(5).tick(Long.MAX_VALUE - 1);
    LocalBuckets result = run(script.trade(20, 40).health(us(40)).asAppended());
    assertThat(result.count(InputFault.QUARANTINED)).isEqualTo(2);
    assertThat(result.whole("mm-1")).hasSize(4);
    assertThat(result.whole("mm-1").get(2).seqGaps()).isEqualTo((long) Integer.MAX_VALUE);
  }

  @Test
  void liveEventsAheadOfTheirAppendTimeAreQuarantined() {
    EngineScript script = new EngineScript("mm-1", 1).source(Source.LIVE);
    long appendedUs = START_US + 1_000_000_000_000L;
    script.tick(appendedUs - 1_000_000).tick(appendedUs + 3_000_000).tick(appendedUs);
    LocalBuckets result = new LocalBuckets(SETTINGS).addAll(script.asAppended());
    assertThat(result.count(InputFault.QUARANTINED)).isEqualTo(1);
    assertThat(result.deadLetters.get(0).reason()).contains("ahead of Kafka");
  }

  @Test
  void aLiveEngineOnTheRosterThatNeverSpokeClosesEmptyBucketsByTheWallClock() {
    LocalBuckets result =
        new LocalBuckets(SETTINGS.withRoster(List.of("ghost"), Source.LIVE))
            .at(START_US / 1_000 + 5_000)
            .fire(1_000);
    assertThat(result.whole("ghost")).hasSizeBetween(4, 6);
    assertThat(result.whole("ghost")).extracting(Bucket::source).containsOnly(Source.LIVE);
    assertThat(result.whole("ghost")).extracting(Bucket::lastEventEverUs).containsOnly(0L);
  }

  @Test
  void markoutsMatchTheFormulaComputedFromTheRawEvents() {
    EngineScript script = new EngineScript("mm-1", 9).trade(0, 200).health(us(200));
    LocalBuckets result = run(EngineScript.mixed(new Random(4), script));
    long[] sums = MarkoutOracle.sums(script, us(200));
    List<Bucket> whole = result.whole("mm-1");
    assertThat(whole.stream().mapToLong(b -> b.markout1s().sumE6()).sum()).isEqualTo(sums[0]);
    assertThat(whole.stream().mapToLong(b -> b.markout5s().sumE6()).sum()).isEqualTo(sums[1]);
    assertThat(whole.stream().mapToLong(b -> b.markout30s().sumE6()).sum()).isEqualTo(sums[2]);
    assertThat(whole.stream().mapToLong(b -> b.markout60s().sumE6()).sum()).isEqualTo(sums[3]);
    assertThat(sums[3]).isNotZero();
  }

  @Test
  void marketSumsMatchTheirFormulasComputedFromTheRawEvents() {
    EngineScript script = new EngineScript("mm-1", 9).trade(0, 100).health(us(100));
    LocalBuckets result = run(EngineScript.mixed(new Random(4), script));
    List<Bucket> symbols = result.buckets.stream().filter(b -> !b.wholeEngine()).toList();
    assertThat(symbols).hasSize(10);
    for (Bucket bucket : symbols) {
      assertThat(bucket.market()).isEqualTo(MarketOracle.sums(script, bucket));
      assertThat(bucket.market().returns()).isEqualTo(9);
    }
    assertThat(result.whole("mm-1")).extracting(Bucket::market).containsOnlyNulls();
  }

  @Test
  void armsThatShareABucketHaveTheReturnsOfTheirSymbol() {
    EngineScript script = new EngineScript("mm-1", 2).health(us(0));
    for (int tick = 0; tick < 20; tick++) {
      script.tick(us(tick * 0.5), tick < 8 ? Arm.A : Arm.B);
    }
    LocalBuckets result = run(script.health(us(10)).asAppended());
    MarketSums a = result.buckets.get(0).market();
    MarketSums b = result.buckets.get(1).market();
    assertThat(result.buckets).extracting(Bucket::arm).containsExactly(Arm.A, Arm.B, null);
    assertThat(List.of(a.quotes(), b.quotes())).containsExactly(8L, 12L);
    assertThat(a.returns()).isEqualTo(9).isEqualTo(b.returns());
    assertThat(a.squaredReturnsBps2E6()).isPositive().isEqualTo(b.squaredReturnsBps2E6());
    assertThat(a.returnUs()).isEqualTo(9_000_000).isEqualTo(b.returnUs());
  }

  @Test
  void everyKindOfBadInputIsADeadLetterAndACount() {
    LocalBuckets result =
        new LocalBuckets(SETTINGS.withRoster(List.of("mm-1"), Source.SIMULATED))
            .addAll(BadInput.withGood())
            .end();
    BadInput.check(result.deadLetters, result.whole("mm-1"));
    assertThat(result.count(InputFault.MALFORMED)).isEqualTo(BadInput.MALFORMED);
    assertThat(result.count(InputFault.QUARANTINED)).isEqualTo(BadInput.QUARANTINED);
    assertThat(result.count(InputFault.OVERSIZED)).isEqualTo(1);
    assertThat(result.count(InputFault.UNKNOWN_ENGINE)).isEqualTo(1);
  }
}
