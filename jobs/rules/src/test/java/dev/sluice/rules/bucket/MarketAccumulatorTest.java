// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.MarketSums;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.TickView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarketAccumulatorTest {
  private final BucketAccumulator scratch = new BucketAccumulator();

  private static TickView tick() {
    TickView tick = Events.tick(new Random(1), Events.START_US, "r", Source.PAPER);
    tick.bid = 99;
    tick.ask = 101;
    tick.bidSize = 2;
    tick.askSize = 4;
    tick.cacheAgeKnown = true;
    tick.cacheAgeMs = 12.5;
    tick.tradedKnown = true;
    tick.tradedQty = 0.25;
    tick.queueEtaKnown = true;
    tick.queueEtaMs = 1_500.25;
    tick.positionKnown = true;
    tick.position = -0.5;
    return tick;
  }

  private Bucket bucketOf(List<TickView> ticks) {
    scratch.clear();
    ticks.forEach(scratch::addTick);
    return toBucket();
  }

  private Bucket toBucket() {
    return scratch.toBucket("mm-1", null, "SIMUSDT", Events.START_US, 10_000);
  }

  private MarketSums merged(Bucket... buckets) {
    scratch.clear();
    for (Bucket bucket : buckets) {
      scratch.merge(bucket);
    }
    return toBucket().market();
  }

  private static List<TickView> ticks(Random random) {
    List<TickView> ticks = new ArrayList<>();
    for (int left = 1 + random.nextInt(40); left > 0; left--) {
      ticks.add(Events.tick(random, Events.START_US, "r", Source.PAPER));
    }
    return ticks;
  }

  @Test
  void sumsFollowTheirFormulas() {
    TickView other = tick();
    other.position = 2;
    MarketSums sums = bucketOf(List.of(tick(), other)).market();
    assertThat(sums)
        .isEqualTo(
            new MarketSums(
                2,
                2 * 200_000_000L,
                2 * 301_000_000L,
                2,
                2 * 12_500L,
                2,
                2 * 25_000_000L,
                2,
                2 * 1_500_250L,
                2,
                -50_000_000L + 200_000_000L,
                50_000_000L + 200_000_000L,
                0,
                0,
                0));
  }

  @Test
  void whatATickDoesNotSayIsInNeitherCountNorSum() {
    TickView silent = tick();
    silent.cacheAgeKnown = false;
    silent.tradedKnown = false;
    silent.queueEtaKnown = false;
    silent.positionKnown = false;
    MarketSums sums = bucketOf(List.of(silent)).market();
    assertThat(sums.quotes()).isEqualTo(1);
    assertThat(sums.cacheAges() + sums.tradedTicks() + sums.queueEtas() + sums.positions())
        .isZero();
    assertThat(sums.cacheAgeUs() + sums.tradedQuoteE6() + sums.queueEtaUs()).isZero();
    assertThat(sums.absoluteInventoryQuoteE6()).isZero();
  }

  @Test
  void thereIsNoneWithoutTicksAndNoneOfTheWholeEngine() {
    assertThat(bucketOf(List.of()).market()).isNull();
    scratch.clear();
    scratch.addFill(Events.fill(new Random(2), Events.START_US, "r", Source.PAPER));
    assertThat(toBucket().market()).isNull();
    scratch.merge(bucketOf(List.of(tick())));
    assertThat(scratch.toBucket("mm-1", null, null, Events.START_US, 10_000).market()).isNull();
  }

  @Test
  void splitEqualsWholeAndTheOrderOfMergingNeverShows() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      List<TickView> all = ticks(random);
      MarketSums whole = bucketOf(all).market();
      Collections.shuffle(all, random);
      int first = random.nextInt(all.size() + 1);
      int second = first + random.nextInt(all.size() + 1 - first);
      Bucket a = bucketOf(all.subList(0, first));
      Bucket b = bucketOf(all.subList(first, second));
      Bucket c = bucketOf(all.subList(second, all.size()));
      assertThat(merged(a, b, c)).as("round %d", round).isEqualTo(whole);
      assertThat(merged(c, a, b)).isEqualTo(whole);
      scratch.clear();
      scratch.merge(b);
      scratch.merge(c);
      assertThat(merged(toBucket(), a)).isEqualTo(whole);
    }
  }

  @Test
  void sumsAreBoundedInsteadOfOverflowing() {
    TickView huge = tick();
    huge.bidSize = 1e11;
    huge.position = -1e11;
    Bucket bucket = bucketOf(Collections.nCopies(1_000, huge));
    assertThat(bucket.market().depthQuoteE6()).isEqualTo(1L << 55);
    assertThat(bucket.market().inventoryQuoteE6()).isEqualTo(-(1L << 55));
    assertThat(merged(bucket, bucket).absoluteInventoryQuoteE6()).isEqualTo(1L << 55);
  }
}
