// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigLoader;
import dev.sluice.engine.core.GuardStage.Block;
import dev.sluice.engine.core.GuardStage.Permission;
import dev.sluice.engine.core.QueueAwareStage.Advice;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagesTest {
  private static final long NOW_US = 1_000_000_000L;
  private static final MarketData CALM = data(99.99, 100.01, 100, 2.0);

  @Test
  void spreadWidensWithVolatilityThinBookLatencyAndLoss() {
    SpreadStage stage = new SpreadStage(EngineConfig.defaults().spread(), true);
    double calm = stage.halfBps(CALM, 0.2, 0.0);
    assertThat(stage.halfBps(data(99.99, 100.01, 100, 20.0), 0.2, 0.0)).isGreaterThan(calm);
    assertThat(stage.halfBps(data(99.99, 100.01, 1, 2.0), 0.2, 0.0)).isGreaterThan(calm);
    assertThat(stage.halfBps(CALM, 2.0, 0.0)).isGreaterThan(calm);
    assertThat(stage.halfBps(CALM, 0.2, 10.0)).isGreaterThan(calm);
    assertThat(stage.halfBps(data(99.99, 100.01, 100, 1e6), 0.2, 0.0)).isEqualTo(50.0);
  }

  @Test
  void fixedSpreadIgnoresTheMarket() {
    SpreadStage stage = new SpreadStage(EngineConfig.defaults().spread(), false);
    assertThat(stage.halfBps(data(99.99, 100.01, 1, 500.0), 3.0, 99.0)).isEqualTo(3.0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, CLOSED, 10, false, RUN, true, true, NONE",
    "61, CLOSED, 10, false, RUN, false, false, STALE_DATA",
    "60, CLOSED, 10, false, RUN, true, true, NONE",
    "0, OPEN, 10, false, RUN, false, false, BREAKER",
    "0, HALF_OPEN, 10, false, RUN, false, false, BREAKER",
    "0, CLOSED, 501, false, RUN, false, false, LATENCY",
    "0, CLOSED, 10, true, RUN, false, true, DAILY_LOSS",
    "0, CLOSED, 10, false, REDUCE_ONLY, false, true, CONTROL",
    "0, CLOSED, 10, false, PAUSE, false, false, CONTROL",
    "0, CLOSED, 10, false, HALT, false, false, CONTROL",
    "0, CLOSED, 10, false, FLATTEN, false, false, CONTROL",
  })
  void guardsSayWhoMayQuoteAndWhyNot(
      long dataAgeS,
      BreakerState breaker,
      double passMs,
      boolean lossCapHit,
      Mode mode,
      boolean mayOpen,
      boolean mayReduce,
      Block block) {
    GuardStage stage = new GuardStage(EngineConfig.defaults().guards());
    assertThat(stage.check(CALM, NOW_US + dataAgeS * 1_000_000L, breaker, passMs, lossCapHit, mode))
        .isEqualTo(new Permission(mayOpen, mayReduce, block));
  }

  @Test
  void positionShiftsBothQuotesAgainstItselfAndShrinksTheGrowingSide() {
    InventoryStage stage = new InventoryStage(EngineConfig.defaults());
    Quotes flat = stage.quotes(CALM, 2.0, 0.0, Permission.FREE);
    Quotes full = stage.quotes(CALM, 2.0, 50.0, Permission.FREE);
    assertThat(flat.bidPrice()).isCloseTo(99.98, within(1e-9));
    assertThat(flat.askPrice()).isCloseTo(100.02, within(1e-9));
    assertThat(full.bidPrice()).isCloseTo(flat.bidPrice() - 0.03, within(1e-3));
    assertThat(full.askPrice()).isCloseTo(flat.askPrice() - 0.03, within(1e-3));
    assertThat(full.bidSize()).isCloseTo(0.1 * flat.bidSize(), within(1e-9));
    assertThat(full.askSize()).isEqualTo(flat.askSize());
  }

  @Test
  void withoutLeaveToOpenOnlyTheReducingSideIsQuotedAndNotPastFlat() {
    InventoryStage stage = new InventoryStage(EngineConfig.defaults());
    Permission reduce = new Permission(false, true, Block.CONTROL);
    Quotes longQuotes = stage.quotes(CALM, 2.0, 1.5, reduce);
    assertThat(longQuotes.bidSize()).isZero();
    assertThat(longQuotes.askSize()).isEqualTo(1.5);
    Quotes shortQuotes = stage.quotes(CALM, 2.0, -9.0, reduce);
    assertThat(shortQuotes.askSize()).isZero();
    assertThat(shortQuotes.bidSize()).isEqualTo(5.0);
    assertThat(stage.quotes(CALM, 2.0, 0.0, reduce).askSize()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "100.00, 100.00, 4, 10, 1, 60000, KEEP",
    "100.00, 100.00, 9, 10, 1, 60000, NONE",
    "100.00, 100.00, 30, 40, 1, 60000, NUDGE",
    "100.00, 100.00, 30, 40, 1, 20000, NONE",
    "100.00, 100.05, 0, 10, 1, 60000, NONE",
    "100.00, 100.00, NaN, 10, 1, 60000, NONE",
  })
  void goodPlaceInTheQueueIsKeptAndABadOneMoved(
      double target,
      double live,
      double ahead,
      double joined,
      double size,
      double ageMs,
      Advice advice) {
    assertThat(
            new QueueAwareStage(EngineConfig.defaults())
                .advise(target, live, ahead, joined, size, ageMs, 0, Double.NaN))
        .isEqualTo(advice);
    EngineConfig off = EngineConfigLoader.parse("", "off", List.of("flags.queue_aware=false"));
    assertThat(
            new QueueAwareStage(off)
                .advise(target, live, ahead, joined, size, ageMs, 0, Double.NaN))
        .isEqualTo(Advice.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "true, 100.00, NONE, 10, KEEP",
    "true, 100.05, NONE, 10, CANCEL",
    "true, 100.05, KEEP, 10, KEEP",
    "true, 100.05, NONE, 4, KEEP",
    "true, 100.01, NONE, 10, KEEP",
    "true, 100.00, NUDGE, 10, CANCEL",
    "true, 100.00, KEEP, 241, CANCEL",
    "false, 100.00, KEEP, 1, CANCEL",
  })
  void liveQuoteIsKeptOrCancelledBeforeItIsReplaced(
      boolean wanted, double target, Advice advice, long ageS, EmitStage.Move move) {
    EmitStage stage = new EmitStage(EngineConfig.defaults().quotes());
    LiveOrder live = order();
    live.submitted(NOW_US);
    assertThat(stage.decide(wanted, target, live, advice, NOW_US + ageS * 1_000_000L))
        .as("not before it is acknowledged")
        .isEqualTo(EmitStage.Move.KEEP);
    live.moveTo(OrderState.ACKED);
    assertThat(stage.decide(wanted, target, live, advice, NOW_US + ageS * 1_000_000L))
        .isEqualTo(move);
    live.moveTo(OrderState.CANCEL_REQUESTED);
    assertThat(stage.decide(wanted, target, live, advice, NOW_US + ageS * 1_000_000L))
        .as("a cancel is waited for")
        .isEqualTo(EmitStage.Move.KEEP);
  }

  @Test
  void nothingLiveMeansPlaceWhenWanted() {
    EmitStage stage = new EmitStage(EngineConfig.defaults().quotes());
    assertThat(stage.decide(true, 100.0, null, Advice.NONE, NOW_US))
        .isEqualTo(EmitStage.Move.PLACE);
    assertThat(stage.decide(false, 0.0, null, Advice.NONE, NOW_US)).isEqualTo(EmitStage.Move.KEEP);
  }

  private static LiveOrder order() {
    return new LiveOrder(
        new LiveOrder.Intent(
            "i1",
            1,
            "SIMUSDT",
            Side.SELL,
            OrderType.POST_ONLY,
            Purpose.QUOTE,
            new BigDecimal("100.00"),
            BigDecimal.ONE,
            100.0,
            99.99));
  }

  private static MarketData data(double bid, double ask, double size, double volatilityBps) {
    return new MarketData(bid, ask, size, size, volatilityBps, NOW_US, NOW_US);
  }
}
