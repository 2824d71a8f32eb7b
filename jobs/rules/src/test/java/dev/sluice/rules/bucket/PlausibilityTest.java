// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.FillView;
import dev.sluice.schemas.codec.OrderView;
import dev.sluice.schemas.codec.TickView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PlausibilityTest {
  private static final double[] IMPOSSIBLE = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, 1e300
  };

  private static TickView tick() {
    return Events.tick(new Random(1), Events.START_US, "r", Source.LIVE);
  }

  private static FillView fill() {
    return Events.fill(new Random(1), Events.START_US, "r", Source.LIVE);
  }

  private static OrderView order() {
    return Events.order(new Random(1), Events.START_US, "r", Source.LIVE);
  }

  @Test
  void ordinaryEventsArePlausible() {
    Random random = new Random(2);
    for (int i = 0; i < 1_000; i++) {
      assertThat(Plausibility.of(Events.tick(random, Events.START_US, "r", Source.LIVE))).isNull();
      assertThat(Plausibility.of(Events.fill(random, Events.START_US, "r", Source.LIVE))).isNull();
      assertThat(Plausibility.of(Events.order(random, Events.START_US, "r", Source.LIVE))).isNull();
      assertThat(Plausibility.of(Events.health(random, Events.START_US, "r", Source.LIVE)))
          .isNull();
    }
  }

  @Test
  void everyNumberOfATickIsChecked() {
    List<BiConsumer<TickView, Double>> fields =
        List.of(
            (t, v) -> t.bid = v,
            (t, v) -> t.ask = v,
            (t, v) -> t.bidSize = v,
            (t, v) -> t.askSize = v,
            (t, v) -> t.totalMs = v,
            (t, v) -> t.deadlineMs = v,
            (t, v) -> t.fetchMdMs = v,
            (t, v) -> t.spreadMs = v,
            (t, v) -> t.guardsMs = v,
            (t, v) -> t.inventoryMs = v,
            (t, v) -> t.queueAwareMs = v,
            (t, v) -> t.emitMs = v,
            (t, v) -> t.cacheAgeMs = v,
            (t, v) -> t.tradedQty = v,
            (t, v) -> t.queueEtaMs = v);
    for (BiConsumer<TickView, Double> field : fields) {
      for (double value : IMPOSSIBLE) {
        TickView tick = tick();
        field.accept(tick, value);
        assertThat(Plausibility.of(tick)).as("value %s", value).isNotNull();
      }
    }
  }

  @Test
  void aPositionMayBeShortButNotImpossible() {
    TickView tick = tick();
    tick.position = -3.5;
    assertThat(Plausibility.of(tick)).isNull();
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e300, -1e300}) {
      tick.position = value;
      assertThat(Plausibility.of(tick)).isEqualTo("position " + value + " is impossible");
    }
  }

  @Test
  void theReasonNamesTheField() {
    TickView tick = tick();
    tick.tradedQty = -1;
    assertThat(Plausibility.of(tick)).isEqualTo("traded_qty -1.0 is impossible");
    tick.tradedQty = 0;
    tick.queueEtaMs = Double.NaN;
    assertThat(Plausibility.of(tick)).isEqualTo("queue_eta_ms NaN is impossible");
  }

  @Test
  void aCrossedBookNamesBothPrices() {
    TickView tick = tick();
    tick.bid = 101;
    tick.ask = 100;
    assertThat(Plausibility.of(tick)).isEqualTo("bid 101.0 is above ask 100.0");
  }

  @Test
  void identityAndTimeMustBePossible() {
    for (long seq : new long[] {0, -1, Long.MAX_VALUE}) {
      TickView tick = tick();
      tick.seq = seq;
      assertThat(Plausibility.ofIdentity(tick)).contains("seq");
    }
    for (long timeUs : new long[] {0, -5, 1_767_571_200L, Long.MAX_VALUE}) {
      assertThat(Plausibility.ofTime(timeUs)).contains("event_time_us");
    }
    assertThat(Plausibility.ofIdentity(tick())).isNull();
    assertThat(Plausibility.ofTime(Events.START_US)).isNull();
  }

  @Test
  void impossibleFillsAreNamedWithoutAffordingTheirArithmetic() {
    List<Consumer<FillView>> wrongs =
        List.of(
            f -> f.price = new BigDecimal("0"),
            f -> f.price = new BigDecimal("1e999999999"),
            f -> f.price = new BigDecimal("-1"),
            f -> f.qty = new BigDecimal("1e-999999999"),
            f -> f.qty = new BigDecimal("1e20"),
            f -> f.fee = new BigDecimal("1e500000000"),
            f -> f.fee = new BigDecimal("1e15"),
            f -> f.quotePrice = Double.NaN,
            f -> f.quotePrice = 1e-9,
            f -> f.midAtFill = 0,
            f -> f.midAtQuote = -1,
            f -> f.quoteToFillMs = Double.POSITIVE_INFINITY);
    for (int i = 0; i < wrongs.size(); i++) {
      FillView fill = fill();
      wrongs.get(i).accept(fill);

      assertThat(Plausibility.of(fill)).as("wrong %d", i).isNotNull();
    }
  }

  @Test
  void anOrderMayHaveNoPriceButNoNegativeQuantity() {
    OrderView order = order();
    order.price = 0;
    assertThat(Plausibility.of(order)).isNull();
    order.cumQty = -1;
    assertThat(Plausibility.of(order)).contains("cum_qty");
  }
}
