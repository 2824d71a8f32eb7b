// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.market.Instrument;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafeguardsTest {
  private static final long SECOND_US = 1_000_000L;

  @Test
  void breakerOpensAfterErrorsWithinTheWindowProbesAndCloses() {
    CircuitBreaker breaker = new CircuitBreaker(EngineConfig.Breaker.defaults(), 0);
    for (int i = 0; i < 4; i++) {
      breaker.onError(i * SECOND_US);
    }
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    breaker.onError(4 * SECOND_US);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.admitsProbe(33 * SECOND_US)).isFalse();
    assertThat(breaker.admitsProbe(34 * SECOND_US)).isTrue();
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    breaker.onError(34 * SECOND_US);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.sinceUs()).as("kept through failed probes").isEqualTo(4 * SECOND_US);
    assertThat(breaker.admitsProbe(64 * SECOND_US)).isTrue();
    breaker.onSuccess(64 * SECOND_US);
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    assertThat(breaker.sinceUs()).isEqualTo(64 * SECOND_US);
  }

  @Test
  void breakerForgetsErrorsOutsideItsWindow() {
    CircuitBreaker breaker = new CircuitBreaker(EngineConfig.Breaker.defaults(), 0);
    for (int i = 0; i < 20; i++) {
      breaker.onError(i * 3L * SECOND_US);
    }
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void takerCapCountsTheRollingHour() {
    TakerCap cap = new TakerCap(0.10, 3_600_000);
    assertThat(cap.allows(1.0, 0)).as("nothing made yet").isFalse();
    cap.add(1_000, false, 0);
    assertThat(cap.allows(111, 0)).isTrue();
    assertThat(cap.allows(112, 0)).isFalse();
    cap.add(100, true, 0);
    assertThat(cap.allows(50, SECOND_US)).isFalse();
    assertThat(cap.allows(50, 3_700 * SECOND_US)).as("the maker volume has gone too").isFalse();
    cap.add(1_000, false, 3_700 * SECOND_US);
    assertThat(cap.allows(100, 3_700 * SECOND_US)).isTrue();
  }

  @Test
  void orderRateIsCappedPerSecond() {
    OrderRate rate = new OrderRate(3);
    assertThat(rate.tryTake(0)).isTrue();
    assertThat(rate.tryTake(10)).isTrue();
    assertThat(rate.tryTake(20)).isTrue();
    assertThat(rate.tryTake(999_999)).isFalse();
    assertThat(rate.tryTake(SECOND_US)).isTrue();
    assertThat(rate.tryTake(SECOND_US)).isFalse();
  }

  @Test
  void orderTableIsClosedAndTerminalStatesAbsorb() {
    for (OrderState from : OrderState.values()) {
      for (OrderState to : OrderState.values()) {
        if (from.terminal()) {
          assertThat(from.mayBecome(to)).as(from + " -> " + to).isFalse();
        }
      }
    }
    assertThat(OrderState.INTENDED.mayBecome(OrderState.ACKED)).isFalse();
    assertThat(OrderState.SUBMITTED.mayBecome(OrderState.CANCELLED)).isFalse();
    assertThat(OrderState.CANCEL_REQUESTED.mayBecome(OrderState.FILLED)).isTrue();
    assertThat(OrderState.UNKNOWN.mayBecome(OrderState.REJECTED)).isTrue();
  }

  @Test
  void accountBooksAverageCostFeesAndReversal() {
    Account account =
        new Account(
            1_000.0,
            List.of(Instrument.of("SIMUSDT")),
            List.of(new Balance("USDT", new BigDecimal("500"), new BigDecimal("500"))));
    fill(account, Side.BUY, "100", "2", "0.1");
    fill(account, Side.BUY, "103", "1", "0.1");
    assertThat(account.positions().get(0).avgPrice()).isEqualByComparingTo("101");
    account.mark("SIMUSDT", 102.0);
    assertThat(account.unrealisedPnl()).isCloseTo(3.0, within(1e-9));
    fill(account, Side.SELL, "104", "4", "0.2");
    assertThat(account.position("SIMUSDT")).isEqualByComparingTo("-1");
    assertThat(account.positions().get(0).avgPrice()).isEqualByComparingTo("104");
    assertThat(account.realisedPnl()).isCloseTo(9.0 - 0.4, within(1e-9));
    account.mark("SIMUSDT", 104.0);
    assertThat(account.equity()).isCloseTo(1_008.6, within(1e-9));
    assertThat(account.balances(Map.of()))
        .anySatisfy(
            balance -> {
              assertThat(balance.asset()).isEqualTo("USDT");
              assertThat(balance.total()).isEqualByComparingTo("612.6");
            });
  }

  @Test
  void dayStartRollsAtUtcMidnightAndRecentLossForgets() {
    long midnightUs = 1_767_571_200L * SECOND_US;
    PnlTracker pnl = new PnlTracker();
    pnl.update(1_000, midnightUs - 20 * SECOND_US);
    pnl.update(900, midnightUs - 10 * SECOND_US);
    assertThat(pnl.dayStartEquity()).isEqualTo(1_000);
    assertThat(pnl.dayLossRatio(900)).isCloseTo(0.1, within(1e-12));
    assertThat(pnl.recentLossBps()).isCloseTo(1_000.0, within(1e-9));
    pnl.update(900, midnightUs);
    assertThat(pnl.dayStartEquity()).isEqualTo(900);
    assertThat(pnl.dayLossRatio(900)).isZero();
    for (int i = 1; i <= 70; i++) {
      pnl.update(900, midnightUs + i * 10L * SECOND_US);
    }
    assertThat(pnl.recentLossBps()).isZero();
  }

  @Test
  void illegalMoveThrows() {
    LiveOrder order =
        new LiveOrder(
            new LiveOrder.Intent(
                "i", 1, "SIMUSDT", Side.BUY, null, null, null, BigDecimal.ONE, 1.0, 1.0));
    assertThatThrownBy(() -> order.moveTo(OrderState.FILLED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("i-1: INTENDED -> FILLED");
  }

  private static void fill(Account account, Side side, String price, String qty, String fee) {
    account.fill("SIMUSDT", side, new BigDecimal(price), new BigDecimal(qty), new BigDecimal(fee));
  }
}
