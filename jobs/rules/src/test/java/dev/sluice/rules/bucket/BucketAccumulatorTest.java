// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.FillView;
import dev.sluice.schemas.codec.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BucketAccumulatorTest {
  private static final int ROUNDS = 200;

  private final BucketAccumulator scratch = new BucketAccumulator();

  private Bucket bucketOf(List<Consumer<BucketAccumulator>> events) {
    scratch.clear();
    events.forEach(event -> event.accept(scratch));
    return scratch.toBucket("mm-1", null, "SIMUSDT", Events.START_US, 10_000);
  }

  private Bucket merge(Bucket... buckets) {
    scratch.clear();
    for (Bucket bucket : buckets) {
      scratch.merge(bucket);
    }
    return scratch.toBucket("mm-1", null, "SIMUSDT", Events.START_US, 10_000);
  }

  private static List<Consumer<BucketAccumulator>> events(Random random) {
    List<Consumer<BucketAccumulator>> events = new ArrayList<>();
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      events.add(Events.any(random));
    }
    return events;
  }

  private static String json(Bucket bucket) {
    return new String(Json.write(bucket), StandardCharsets.UTF_8);
  }

  @Test
  void mergingIsCommutativeToTheBit() {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      Bucket one = bucketOf(events(random));
      Bucket other = bucketOf(events(random));
      assertThat(json(merge(one, other))).isEqualTo(json(merge(other, one)));
    }
  }

  @Test
  void mergingIsAssociativeToTheBit() {
    Random random = new Random(2);
    for (int round = 0; round < ROUNDS; round++) {
      Bucket a = bucketOf(events(random));
      Bucket b = bucketOf(events(random));
      Bucket c = bucketOf(events(random));
      assertThat(json(merge(merge(a, b), c))).isEqualTo(json(merge(a, merge(b, c))));
    }
  }

  @Test
  void aSplitWindowEqualsTheWholeInAnyOrder() {
    Random random = new Random(3);
    for (int round = 0; round < ROUNDS; round++) {
      List<Consumer<BucketAccumulator>> events = events(random);
      String whole = json(bucketOf(events));
      Collections.shuffle(events, random);
      int cut = events.isEmpty() ? 0 : random.nextInt(events.size());
      Bucket first = bucketOf(events.subList(0, cut));
      Bucket second = bucketOf(events.subList(cut, events.size()));
      assertThat(json(merge(first, second))).as("round %d", round).isEqualTo(whole);
    }
  }

  @Test
  void anEmptyBucketChangesNothing() {
    Random random = new Random(4);
    Bucket empty = bucketOf(List.of());
    for (int round = 0; round < ROUNDS; round++) {
      Bucket one = bucketOf(events(random));
      assertThat(json(merge(one, empty))).isEqualTo(json(one));
    }
  }

  @Test
  void clearedAccumulatorsKeepNothing() {
    Random random = new Random(5);
    String fresh =
        json(new BucketAccumulator().toBucket("mm-1", null, "SIMUSDT", Events.START_US, 10_000));
    for (int round = 0; round < 20; round++) {
      bucketOf(events(random));
      scratch.clear();
      assertThat(json(scratch.toBucket("mm-1", null, "SIMUSDT", Events.START_US, 10_000)))
          .isEqualTo(fresh);
      assertThat(scratch.isEmpty()).isTrue();
    }
  }

  @Test
  void theWeakestProvenanceWins() {
    Random random = new Random(6);
    scratch.clear();
    scratch.addTick(Events.tick(random, Events.START_US, "r", Source.LIVE));
    scratch.addTick(Events.tick(random, Events.START_US, "r", Source.REPLAY));
    scratch.addTick(Events.tick(random, Events.START_US, "r", Source.PAPER));
    Bucket bucket = scratch.toBucket("mm-1", null, null, Events.START_US, 10_000);
    assertThat(bucket.source()).isEqualTo(Source.REPLAY);
  }

  @Test
  void edgesFollowTheRegistry() {
    FillView fill = Events.fill(new Random(7), Events.START_US, "r", Source.PAPER);
    fill.side = dev.sluice.schemas.Side.BUY;
    fill.price = new BigDecimal("99");
    fill.qty = new BigDecimal("2");
    fill.midAtFill = 100;
    fill.quotePrice = 98;
    fill.fee = new BigDecimal("-0.198");
    scratch.clear();
    scratch.addFill(fill);
    Bucket bucket = scratch.toBucket("mm-1", null, null, Events.START_US, 10_000);
    assertThat(bucket.notionalE6()).isEqualTo(198_000_000L);
    assertThat(bps(bucket.capture())).isCloseTo(100, within(1e-6));
    assertThat(bps(bucket.slippage())).isCloseTo(1e4 / 98, within(1e-6));
    assertThat(bps(bucket.fee())).isCloseTo(-10, within(1e-6));
  }

  @Test
  void sumsAreBoundedInsteadOfOverflowing() {
    scratch.clear();
    for (int i = 0; i < 1_000; i++) {
      scratch.addMarkout(0, Double.POSITIVE_INFINITY, Long.MAX_VALUE);
      scratch.addMarkout(1, Double.NEGATIVE_INFINITY, Long.MAX_VALUE);
    }
    Bucket bucket = scratch.toBucket("mm-1", null, null, Events.START_US, 10_000);
    assertThat(bucket.markout1s().sumE6()).isEqualTo(1L << 49);
    assertThat(bucket.markout5s().sumE6()).isEqualTo(-(1L << 49));
    assertThat(merge(bucket, bucket).markout1s().weightE6()).isEqualTo(1L << 49);
  }

  @Test
  void aFeeInTheBaseAssetIsValuedAtTheFillPriceAndAThirdAssetIsLeftOut() {
    FillView fill = Events.fill(new Random(8), Events.START_US, "r", Source.PAPER);
    fill.symbol = "BTCUSDT";
    fill.price = new BigDecimal("50000");
    fill.qty = new BigDecimal("0.1");
    fill.fee = new BigDecimal("0.0001");
    fill.feeAsset = "BTC";
    assertThat(FillEdges.feeBps(fill)).isCloseTo(10, within(1e-9));
    fill.feeAsset = "BNB";
    assertThat(FillEdges.feeBps(fill)).isNaN();
  }

  private static double bps(dev.sluice.schemas.EdgeSum sum) {
    return (double) sum.sumE6() / sum.weightE6();
  }
}
