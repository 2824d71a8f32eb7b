// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.config.TrialPlan;
import dev.sluice.engine.config.TrialPlan.Kind;
import dev.sluice.engine.gate.AppliedControl;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.TrialState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialSlotsTest {
  static final TrialPlan PLAN =
      new TrialPlan(
          "t",
          "a trial",
          Kind.AB,
          "salt",
          60_000,
          10_000,
          List.of(0.1, 0.5, 1.0),
          Map.of("flags.adaptive_spread", "false"));
  private static final Map<String, Boolean> FLAGS = Map.of("pipeline", true);
  private static final String ARM_B = TrialState.armBHash(Map.of("flags.adaptive_spread", "false"));
  private static final String SYMBOL = "SIMUSDT";
  private static final long SECOND_US = 1_000_000L;
  private static final long MINUTE_US = 60 * SECOND_US;
  private static final long T = Sim.START_US;

  private final TrialSlots slots = new TrialSlots(PLAN, FLAGS);
  private long epoch;

  @Test
  void stageBeginsAtTheNextBorderAndAssignsEverySlotFromThere() {
    assertThat(order(RolloutState.running("t", 0.5), T + 20 * SECOND_US)).isFalse();
    assertThat(slots.takenUp().rollout()).isEqualTo(RolloutState.running("t", 0.5));
    assertThat(slots.takenUp().fromUs()).isEqualTo(T + MINUTE_US);
    assertThat(slots.at(SYMBOL, T + 59 * SECOND_US)).isNull();
    assertThat(slots.state(T + 59 * SECOND_US)).isNull();
    for (int minute = 1; minute < 40; minute++) {
      long atUs = T + minute * MINUTE_US;
      long number = SlotAssignment.slot(atUs, 60_000);
      Arm arm = SlotAssignment.arm("salt", SYMBOL, number, 0.5);
      assertThat(slots.at(SYMBOL, atUs)).isEqualTo(new Slot(arm, number, true));
      assertThat(slots.at(SYMBOL, atUs + 10 * SECOND_US)).isEqualTo(new Slot(arm, number, false));
    }
    assertThat(slots.state(T + MINUTE_US))
        .isEqualTo(new TrialState("t", "50", 0.5, T + MINUTE_US, "salt", 60_000, 10_000, ARM_B));
  }

  @Test
  void orderExactlyAtABorderTakesEffectAtTheNextOne() {
    order(RolloutState.running("t", 0.1), T);
    assertThat(slots.takenUp().fromUs()).isEqualTo(T + MINUTE_US);
  }

  @Test
  void promotionGoesOnWithTheOldStageUpToTheBorder() {
    order(RolloutState.running("t", 0.1), T);
    order(RolloutState.running("t", 1.0), T + 5 * MINUTE_US + SECOND_US);
    assertThat(slots.state(T + 6 * MINUTE_US - 1).stage()).isEqualTo("10");
    assertThat(slots.state(T + 6 * MINUTE_US).stage()).isEqualTo("100");
    assertThat(slots.state(T + 6 * MINUTE_US).sinceUs()).isEqualTo(T + 6 * MINUTE_US);
    for (int minute = 6; minute < 30; minute++) {
      assertThat(slots.at(SYMBOL, T + minute * MINUTE_US).arm()).isEqualTo(Arm.B);
    }
  }

  @Test
  void rollbackIsAtOnceAndTheRestOfTheSlotIsWarmUpOfA() {
    order(RolloutState.running("t", 1.0), T);
    long nowUs = T + 3 * MINUTE_US + 30 * SECOND_US;
    assertThat(slots.at(SYMBOL, nowUs)).isEqualTo(new Slot(Arm.B, number(nowUs), false));
    assertThat(order(RolloutState.rolledBack("t"), nowUs)).isTrue();
    assertThat(slots.at(SYMBOL, nowUs)).isEqualTo(new Slot(Arm.A, number(nowUs), true));
    assertThat(slots.warmup(T + 4 * MINUTE_US - 1)).isTrue();
    assertThat(slots.at(SYMBOL, T + 4 * MINUTE_US)).isNull();
    assertThat(slots.warmup(T + 4 * MINUTE_US)).isFalse();
    assertThat(slots.state(nowUs))
        .isEqualTo(new TrialState("t", "rolled-back", 0.0, nowUs, "salt", 60_000, 10_000, ARM_B));
    assertThat(slots.takenUp().fromUs()).isEqualTo(nowUs);
  }

  @Test
  void rollbackBeforeTheBorderCutsNothing() {
    order(RolloutState.running("t", 0.5), T + SECOND_US);
    assertThat(order(RolloutState.rolledBack("t"), T + 2 * SECOND_US)).isFalse();
    assertThat(slots.at(SYMBOL, T + 3 * SECOND_US)).isNull();
    assertThat(slots.at(SYMBOL, T + 2 * MINUTE_US)).isNull();
  }

  @Test
  void sameStageUnderANewEpochChangesNothing() {
    order(RolloutState.running("t", 0.5), T);
    order(RolloutState.running("t", 0.5), T + 5 * MINUTE_US);
    assertThat(slots.state(T + 9 * MINUTE_US).sinceUs()).isEqualTo(T + MINUTE_US);
    assertThat(slots.takenUp().epoch()).isEqualTo(2);
  }

  @Test
  void trialThatIsNotConfiguredIsNotTakenUpAndEndsTheOneInForce() {
    order(RolloutState.running("t", 1.0), T);
    assertThat(order(RolloutState.running("other", 0.1), T + 5 * MINUTE_US)).isTrue();
    assertThat(slots.takenUp().rollout()).isEqualTo(RolloutState.NONE);
    assertThat(slots.takenUp().refusal()).isEqualTo("trial other is not configured");
    assertThat(slots.state(T + 6 * MINUTE_US)).isNull();
    order(RolloutState.running("t", 0.123), T + 7 * MINUTE_US);
    assertThat(slots.takenUp().refusal()).contains("no fraction of at most 20 slots");
    TrialSlots none = new TrialSlots(null, FLAGS);
    none.obey(applied(1, RolloutState.running("t", 0.1), null), T);
    assertThat(none.takenUp().refusal()).isEqualTo("trial t is not configured");
    assertThat(none.at(SYMBOL, T + 5 * MINUTE_US)).isNull();
    none.obey(applied(2, RolloutState.rolledBack("t"), null), T);
    assertThat(none.takenUp().refusal()).isNull();
    assertThat(none.takenUp().rollout().rolledBack()).isTrue();
  }

  @Test
  void restartedEngineIsInTheSameStageAtOnce() {
    slots.obey(applied(7, RolloutState.running("t", 1.0), T), T + 90 * SECOND_US);
    assertThat(slots.at(SYMBOL, T + 90 * SECOND_US).arm()).isEqualTo(Arm.B);
    assertThat(slots.state(T + 90 * SECOND_US).sinceUs()).isEqualTo(T);
    TrialSlots ahead = new TrialSlots(PLAN, FLAGS);
    ahead.obey(applied(7, RolloutState.running("t", 1.0), T + MINUTE_US), T + SECOND_US);
    assertThat(ahead.at(SYMBOL, T + SECOND_US)).isNull();
    assertThat(ahead.takenUp().fromUs()).isEqualTo(T + MINUTE_US);
    TrialSlots cut = new TrialSlots(PLAN, FLAGS);
    cut.obey(applied(8, RolloutState.rolledBack("t"), T + SECOND_US), T + 5 * SECOND_US);
    assertThat(cut.at(SYMBOL, T + 5 * SECOND_US)).isEqualTo(new Slot(Arm.A, number(T), true));
    assertThat(cut.at(SYMBOL, T + MINUTE_US)).isNull();
  }

  private boolean order(RolloutState rollout, long nowUs) {
    return slots.obey(applied(++epoch, rollout, null), nowUs);
  }

  private static AppliedControl applied(long epoch, RolloutState rollout, Long fromUs) {
    return new AppliedControl(epoch, "d" + epoch, Mode.RUN, rollout, fromUs);
  }

  private static long number(long timeUs) {
    return SlotAssignment.slot(timeUs, 60_000);
  }
}
