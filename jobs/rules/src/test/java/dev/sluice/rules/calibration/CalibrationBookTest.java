// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import static dev.sluice.rules.cases.EngineTape.histogram;
import static dev.sluice.rules.cases.EngineTape.part;
import static dev.sluice.rules.cases.EngineTape.startUs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.bucket.BucketAccumulator;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.CalibrationFilter;
import dev.sluice.schemas.EdgeSum;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalibrationBookTest {
  private static final CalibrationSettings SETTINGS = CalibrationSettings.defaults();

  /** Buckets of one interval. */
  private static final int INTERVAL = 30;

  private static Bucket whole(long index) {
    return whole(index, 0);
  }

  private static Bucket whole(long index, long late) {
    return part(index, null, null, Map.of("late", late));
  }

  private static Bucket amendment(long index, long atIndex) {
    return part(index, "BTCUSDT", null, Map.of("amended_at_us", startUs(atIndex)));
  }

  /** Buckets of one symbol and the whole engine. */
  private static List<Bucket> tape(long from, long until, Map<String, Object> own) {
    List<Bucket> tape = new ArrayList<>();
    for (long index = from; index < until; index++) {
      tape.add(part(index, "BTCUSDT", null, own));
      tape.add(whole(index));
    }
    return tape;
  }

  private static Calibration only(Map<String, Object> own) {
    CalibrationRun run = CalibrationRun.of(SETTINGS, tape(0, INTERVAL, own));
    assertThat(run.rows).hasSize(1);
    return run.rows.get(0);
  }

  /** An arm's last fill may have its markout in an interval in which the arm does nothing else. */
  @Test
  void anIntervalOfMarkoutsAloneHasItsProvenance() {
    BucketAccumulator sums = new BucketAccumulator();
    sums.addMarkout(3, 2.0, 1_000_000);
    Bucket due = sums.toBucket("mm-1", Arm.A, "BTCUSDT", startUs(0), 10_000, Source.REPLAY, 0, 0);
    List<Bucket> tape = new ArrayList<>(List.of(due));
    for (long index = 0; index < INTERVAL; index++) {
      tape.add(whole(index));
    }
    CalibrationRun run = CalibrationRun.of(SETTINGS, tape);

    assertThat(run.rows).hasSize(1);
    assertThat(run.rows.get(0).source()).isEqualTo(Source.REPLAY);
    assertThat(run.rows.get(0).markout60sBps()).isEqualTo(2.0);
    assertThat(run.rows.get(0).filters()).containsExactly(CalibrationFilter.FEW_TICKS);
  }

  @Test
  void anIntervalIsTheMergeOfItsBuckets() {
    Map<String, Object> own = new HashMap<>();
    own.put("fills", 2);
    own.put("taker_fills", 1);
    own.put("notional_e6", 200_000_000L);
    own.put("taker_notional_e6", 50_000_000L);
    own.put("capture", new EdgeSum(200_000_000, 400_000_000));
    own.put("markout5s", new EdgeSum(100_000_000, -50_000_000));
    own.put("fee", new EdgeSum(200_000_000, 20_000_000));
    own.put("orders_intended", 4);
    own.put("filled_intents", 1);
    Calibration row = only(own);

    assertThat(row.startUs()).isEqualTo(startUs(0));
    assertThat(row.widthMs()).isEqualTo(300_000);
    assertThat(row.version()).isEqualTo(1);
    assertThat(row.amendedAtUs()).isNull();
    assertThat(row.buckets()).isEqualTo(30);
    assertThat(row.coveredBuckets()).isEqualTo(30);
    assertThat(row.coverageRatio()).isEqualTo(1);
    assertThat(row.ticks()).isEqualTo(600);
    assertThat(row.fills()).isEqualTo(60);
    assertThat(row.notionalE6()).isEqualTo(6_000_000_000L);
    assertThat(row.captureBps()).isEqualTo(2.0);
    assertThat(row.markout5sBps()).isEqualTo(-0.5);
    assertThat(row.feeBps()).isEqualTo(0.1);
    assertThat(row.netBps()).isEqualTo(2.0 - 0.5 - 0.1);
    assertThat(row.takerShare()).isEqualTo(0.25);
    assertThat(row.fillRatio()).isEqualTo(0.25);
    assertThat(row.cacheHitRatio()).isEqualTo(0.9);
    assertThat(row.total().p99Ms()).isBetween(9.9, 10.1);
    assertThat(row.filters()).isEmpty();
  }

  @Test
  void anEmptyDenominatorIsNullAndNeverZero() {
    Calibration row = only(Map.of());

    assertThat(row.netBps()).isNull();
    assertThat(row.captureBps()).isNull();
    assertThat(row.markout60sBps()).isNull();
    assertThat(row.slippageBps()).isNull();
    assertThat(row.fillRatio()).isNull();
    assertThat(row.takerShare()).isNull();
    assertThat(row.emit()).isNull();
    assertThat(row.volatilityBps()).isNull();
    assertThat(row.tradeIntensityQuotePerS()).isNull();
    assertThat(row.inventoryQuote()).isNull();
    assertThat(row.queueEtaMs()).isNull();
    assertThat(row.deadlineMissRatio()).isZero();
  }

  @Test
  void coverageIsOfBucketsWithTicks() {
    List<Bucket> tape = new ArrayList<>(tape(0, 12, Map.of()));
    tape.addAll(tape(12, INTERVAL, Map.of("ticks", 0, "cache_lookups", 0, "cache_hits", 0)));
    Calibration row = CalibrationRun.of(SETTINGS, tape).rows.get(0);

    assertThat(row.coveredBuckets()).isEqualTo(12);
    assertThat(row.coverageRatio()).isEqualTo(0.4);
    assertThat(row.ticks()).isEqualTo(240);
  }

  @Test
  void symbolsAndArmsAreApartAndAnEmptyIntervalHasNoRow() {
    CalibrationRun run = new CalibrationRun(SETTINGS);
    run.addAll(
        List.of(
            part(3, "ETHUSDT", null, Map.of()),
            part(3, "BTCUSDT", "B", Map.of()),
            part(3, "BTCUSDT", "A", Map.of()),
            whole(3),
            whole(2 * INTERVAL - 1),
            part(2 * INTERVAL, "BTCUSDT", "A", Map.of()),
            whole(2 * INTERVAL),
            whole(3 * INTERVAL)));

    assertThat(run.rows)
        .extracting(Calibration::symbol)
        .containsExactly("BTCUSDT", "BTCUSDT", "ETHUSDT", "BTCUSDT");
    assertThat(run.rows).extracting(Calibration::arm).containsExactly(Arm.A, Arm.B, null, Arm.A);
    assertThat(run.rows.get(3).startUs()).isEqualTo(startUs(2 * INTERVAL));
  }

  @Test
  void eachFilterTripsAndDoesNot() {
    assertThat(only(Map.of("total_us_histogram", histogram(1_100, 20))).filters())
        .containsExactly(CalibrationFilter.SLOW);
    assertThat(only(Map.of("total_us_histogram", histogram(950, 20))).filters()).isEmpty();
    assertThat(only(Map.of("cache_hits", 5)).filters())
        .containsExactly(CalibrationFilter.COLD_CACHE);
    assertThat(only(Map.of("cache_hits", 6)).filters()).isEmpty();
    assertThat(only(Map.of("cache_lookups", 0, "cache_hits", 0)).filters()).isEmpty();
    assertThat(ofTicks(9).filters()).containsExactly(CalibrationFilter.FEW_TICKS);
    assertThat(ofTicks(10).filters()).isEmpty();
  }

  private static Calibration ofTicks(int ticks) {
    List<Bucket> tape = new ArrayList<>();
    tape.add(part(0, "BTCUSDT", null, Map.of("ticks", ticks)));
    tape.add(whole(0));
    tape.add(whole(INTERVAL - 1));
    return CalibrationRun.of(SETTINGS, tape).rows.get(0);
  }

  @Test
  void whatIsNoNumberIsLeftOutAndFiltered() {
    Set<CalibrationFilter> filters = EnumSet.noneOf(CalibrationFilter.class);
    assertThat(CalibrationRow.value(Measurement.NONE, filters)).isNull();
    assertThat(CalibrationRow.value(new Measurement(0, 7), filters)).isZero();
    assertThat(filters).isEmpty();
    assertThat(CalibrationRow.value(new Measurement(Double.NaN, 7), filters)).isNull();
    assertThat(filters).containsExactly(CalibrationFilter.NOT_A_NUMBER);
    assertThat(CalibrationRow.value(new Measurement(Double.NEGATIVE_INFINITY, 7), filters))
        .isNull();
    assertThat(filters).containsExactly(CalibrationFilter.NOT_A_NUMBER, CalibrationFilter.INFINITE);
  }

  @Test
  void lateEventsOfAnOpenIntervalAreInItsFirstVersion() {
    List<Bucket> tape = new ArrayList<>(tape(0, 4, Map.of()));
    tape.add(amendment(2, 4));
    tape.add(whole(4, 21));
    tape.addAll(tape(5, INTERVAL, Map.of()));
    CalibrationRun run = CalibrationRun.of(SETTINGS, tape);

    assertThat(run.rows).hasSize(1);
    assertThat(run.rows.get(0).version()).isEqualTo(1);
    assertThat(run.rows.get(0).amendedAtUs()).isNull();
    assertThat(run.rows.get(0).lateEvents()).isEqualTo(21);
    assertThat(run.rows.get(0).ticks()).isEqualTo(30 * 20);
    assertThat(run.rows.get(0).coveredBuckets()).isEqualTo(29);
  }

  @Test
  void lateEventsOfAClosedIntervalAreANewVersionOfEveryKeyTheyTouch() {
    List<Bucket> tape = new ArrayList<>(tape(0, INTERVAL + 2, Map.of()));
    tape.add(amendment(2, INTERVAL + 2));
    tape.add(amendment(3, INTERVAL + 2));
    tape.add(whole(INTERVAL + 2, 42));
    CalibrationRun run = CalibrationRun.of(SETTINGS, tape);

    assertThat(run.rows).extracting(Calibration::version).containsExactly(1L, 2L);
    Calibration second = run.rows.get(1);
    assertThat(second.startUs()).isEqualTo(startUs(0));
    assertThat(second.amendedAtUs()).isEqualTo(startUs(INTERVAL + 2));
    assertThat(second.lateEvents()).isEqualTo(42);
    assertThat(second.ticks()).isEqualTo(640);
    assertThat(second.coveredBuckets()).isEqualTo(30);
  }

  @Test
  void aBucketWaitsForTheAmendmentsItAnnounces() {
    List<Bucket> tape = new ArrayList<>(tape(0, INTERVAL, Map.of()));
    tape.set(tape.size() - 1, whole(INTERVAL - 1, 42));
    tape.addAll(tape(INTERVAL, 2 * INTERVAL, Map.of()));
    CalibrationRun run = CalibrationRun.of(SETTINGS, tape);
    assertThat(run.rows).isEmpty();

    run.addAll(List.of(amendment(2, INTERVAL - 1)));
    assertThat(run.rows).isEmpty();
    run.addAll(List.of(amendment(4, INTERVAL - 1)));
    assertThat(run.rows).extracting(Calibration::version).containsExactly(1L, 1L);
    assertThat(run.rows.get(0).lateEvents()).isEqualTo(42);
    assertThat(run.faults).isEmpty();
  }

  @Test
  void whatNeverComesIsNotWaitedForForEver() {
    CalibrationSettings impatient =
        new CalibrationSettings(
            300_000, 21_600_000, 1_000, 0.3, 10, 1_000, 5, 10_000, 86_400_000, 43_200_000, 0.1);
    List<Bucket> tape = new ArrayList<>(tape(0, INTERVAL, Map.of()));
    tape.set(tape.size() - 1, whole(INTERVAL - 1, 42));
    tape.addAll(tape(INTERVAL, INTERVAL + 5, Map.of()));
    CalibrationRun run = CalibrationRun.of(impatient, tape);
    assertThat(run.rows).hasSize(1);
    assertThat(run.faults).containsExactly(Map.entry(CalibrationFault.AMENDMENTS_MISSED, 1L));

    run.addAll(List.of(amendment(2, INTERVAL - 1)));
    assertThat(run.rows).hasSize(1);
    assertThat(run.faults).containsEntry(CalibrationFault.LATE_EVENTS_GIVEN_UP, 21L);

    CalibrationRun ended = CalibrationRun.of(SETTINGS, tape).end();
    assertThat(ended.rows).hasSize(1);
    assertThat(ended.faults).containsEntry(CalibrationFault.AMENDMENTS_MISSED, 1L);
  }

  @Test
  void tooLateIsCountedAndForgotten() {
    long after = 6 * 360 + INTERVAL;
    List<Bucket> tape = new ArrayList<>(tape(0, INTERVAL, Map.of()));
    tape.add(whole(after - 1));
    CalibrationRun run = CalibrationRun.of(SETTINGS, tape);
    assertThat(run.memory.intervals()).containsExactly(startUs(0));

    run.addAll(List.of(amendment(2, after), whole(after, 21)));
    assertThat(run.rows).hasSize(1);
    assertThat(run.faults).containsExactly(Map.entry(CalibrationFault.LATE_EVENTS_GIVEN_UP, 21L));
    run.addAll(List.of(whole(after + INTERVAL)));
    assertThat(run.memory.intervals()).isEmpty();
    assertThat(run.memory.starts()).isEmpty();
  }

  @Test
  void eventsBeforeTheFirstBucketBelongToIt() {
    Bucket early = LateHistory.with(amendment(0, 0), Map.of("amended_at_us", 0));
    List<Bucket> tape = new ArrayList<>(List.of(early, whole(1, 21)));
    tape.addAll(tape(2, INTERVAL, Map.of()));
    CalibrationRun run = CalibrationRun.of(SETTINGS, tape);

    assertThat(run.rows).hasSize(1);
    assertThat(run.rows.get(0).lateEvents()).isEqualTo(21);
    assertThat(run.memory.state().heldAmendments).isZero();
  }

  @Test
  void rowsAreAFunctionOfBucketsAndAmendmentsWhateverTheInterleaving() {
    int amended = 0;
    for (int seed = 0; seed < 12; seed++) {
      LateHistory history = new LateHistory("mm-1", seed, 5 * INTERVAL, 4 * INTERVAL);
      Random random = new Random(seed);
      CalibrationRun first = null;
      for (int round = 0; round < 6; round++) {
        List<Bucket> late = new ArrayList<>(history.amendments);
        if (round > 2) {
          Collections.shuffle(late, random);
        }
        List<Bucket> inputs = LateHistory.interleaved(history.buckets, late, random);
        if (round == 5) {
          inputs = repeated(inputs, random);
        }
        CalibrationRun run = CalibrationRun.of(SETTINGS, inputs);
        first = first == null ? run : first;
        assertThat(run.json()).as("seed %d, round %d", seed, round).isEqualTo(first.json());
      }
      amended += (int) first.rows.stream().filter(row -> row.version() > 1).count();
      assertThat(last(first)).isEqualTo(last(CalibrationRun.of(SETTINGS, history.inTime)));
    }
    assertThat(amended).isGreaterThan(200);
  }

  /** Some records twice, as a topic has them after a crash. */
  private static List<Bucket> repeated(List<Bucket> inputs, Random random) {
    List<Bucket> again = new ArrayList<>();
    for (Bucket input : inputs) {
      again.add(input);
      if (random.nextInt(10) == 0) {
        again.add(input);
      }
    }
    return again;
  }

  /** The rows that count, without what says that something was late. */
  private static List<String> last(CalibrationRun run) {
    CalibrationSet set = new CalibrationSet();
    run.rows.forEach(set::add);
    return set.rows().stream()
        .map(row -> new String(Json.write(row), StandardCharsets.UTF_8))
        .map(json -> json.replaceAll("\"(version|late_events|amended_at_us)\":\\d+,", ""))
        .toList();
  }

  @Test
  void limitsAreCounted() {
    CalibrationSettings small =
        new CalibrationSettings(
            300_000, 21_600_000, 1_000, 0.3, 10, 1, 720, 1, 86_400_000, 43_200_000, 0.1);
    CalibrationRun run = new CalibrationRun(small);
    run.addAll(
        List.of(
            part(0, "ETHUSDT", null, Map.of()),
            part(0, "BTCUSDT", null, Map.of()),
            whole(0),
            amendment(0, 2),
            amendment(1, 2),
            whole(2, 21),
            whole(INTERVAL - 1)));

    assertThat(run.rows).extracting(Calibration::symbol).containsExactly("BTCUSDT");
    assertThat(run.faults)
        .containsEntry(CalibrationFault.KEYS_LEFT_OUT, 1L)
        .containsEntry(CalibrationFault.LATE_EVENTS_GIVEN_UP, 21L);
  }

  @Test
  void aStartThatIsNeverClosedIsCounted() {
    CalibrationRun run = new CalibrationRun(SETTINGS);
    run.addAll(List.of(part(0, "BTCUSDT", null, Map.of()), whole(1), whole(INTERVAL - 1)));

    assertThat(run.rows).isEmpty();
    assertThat(run.faults).containsExactly(Map.entry(CalibrationFault.NEVER_CLOSED, 1L));
  }

  @Test
  void anIntervalIsMadeOfWholeBuckets() {
    Bucket wide = part(0, "BTCUSDT", null, Map.of("width_ms", 7_000));
    assertThatThrownBy(() -> CalibrationRun.of(SETTINGS, List.of(wide)))
        .hasMessageContaining("no multiple of a bucket of 7000 ms");
  }
}
