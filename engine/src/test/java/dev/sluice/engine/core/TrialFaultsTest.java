// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.config.TrialPlan;
import dev.sluice.engine.config.TrialPlan.Kind;
import dev.sluice.engine.fault.FaultKind;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.RolloutState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Faults that hit arm B alone: the arms are alike otherwise. */
class TrialFaultsTest {
  private static final TrialPlan ALIKE =
      new TrialPlan("alike", "A and A", Kind.AA, "salt", 60_000, 10_000, List.of(0.5), Map.of());

  private static Sim faulty(FaultKind kind, String param, String value, String... settings) {
    Sim sim =
        Sim.of(ALIKE, Faults.of(kind, 60_000, 36_000_000, Map.of(param, value)), settings).run(1);
    return sim.order(Mode.RUN, RolloutState.running("alike", 0.5)).run(14_400);
  }

  @Test
  void slippageSendsTheQuotesOfBThroughThePriceMeantAndNeverAcross() {
    Sim sim = faulty(FaultKind.ARM_B_SLIPPAGE, "bps", "1.5");
    assertThat(slippageBps(sim, Arm.B)).isBetween(0.3, 1.6);
    assertThat(slippageBps(sim, Arm.A)).isCloseTo(0.0, within(1e-9));
    assertThat(sim.sink.orders)
        .noneMatch(o -> o.state() == OrderState.REJECTED && o.reason().startsWith("post-only"));
  }

  @Test
  void slownessAddsToEveryPassOfB() {
    Sim sim = faulty(FaultKind.ARM_B_SLOW, "extra_ms", "40");
    assertThat(meanPassMs(sim, Arm.B) - meanPassMs(sim, Arm.A)).isCloseTo(40, within(3.0));
  }

  @Test
  void takerFlowCrossesTheSpreadInSlotsOfBAlone() {
    Sim sim = faulty(FaultKind.ARM_B_TAKER, "every_s", "15", "taker.hedge_trigger=1");
    assertThat(taken(sim, Arm.B)).isGreaterThan(100);
    assertThat(taken(sim, Arm.A)).isZero();
  }

  @Test
  void slownessOfBChangesNothingOfTheSpreadOfA() {
    String[] alone = {"flags.inventory_skew=false", "spread.loss_weight=0"};
    Sim slow = faulty(FaultKind.ARM_B_SLOW, "extra_ms", "300", alone);
    Sim healthy = faulty(FaultKind.ARM_B_SLOW, "extra_ms", "0.001", alone);
    assertThat(firstHalfBps(slow, Arm.A)).isCloseTo(firstHalfBps(healthy, Arm.A), within(0.05));
    assertThat(firstHalfBps(slow, Arm.B) - firstHalfBps(healthy, Arm.B))
        .as("half a bps for each deadline of 150 ms used")
        .isCloseTo(1.0, within(0.1));
  }

  /** Mean distance from the mid of an arm's quotes of the first two seconds of its slots, bps. */
  private static double firstHalfBps(Sim sim, Arm arm) {
    return sim.sink.orders.stream()
        .filter(o -> o.state() == OrderState.INTENDED && o.price() != null && o.arm() == arm)
        .filter(o -> o.eventTimeUs() % 60_000_000L < 2_000_000L)
        .mapToDouble(o -> Math.abs(o.price().doubleValue() / o.mid() - 1) * 1e4)
        .average()
        .orElseThrow();
  }

  private static long taken(Sim sim, Arm arm) {
    return sim.sink.fills.stream()
        .filter(f -> f.arm() == arm && f.liquidity() == Liquidity.TAKER)
        .count();
  }

  private static double meanPassMs(Sim sim, Arm arm) {
    return sim.sink.ticks.stream()
        .filter(t -> t.arm() == arm)
        .mapToDouble(t -> t.totalMs())
        .average()
        .orElseThrow();
  }

  private static double slippageBps(Sim sim, Arm arm) {
    return sim.sink.fills.stream()
        .filter(f -> f.arm() == arm && f.liquidity() == Liquidity.MAKER)
        .mapToDouble(TrialFaultsTest::slippageBps)
        .average()
        .orElseThrow();
  }

  private static double slippageBps(Fill fill) {
    return fill.side().sign() * (fill.price().doubleValue() / fill.quotePrice() - 1.0) * 1e4;
  }
}
