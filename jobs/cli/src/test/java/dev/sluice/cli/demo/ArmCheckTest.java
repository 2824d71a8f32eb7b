// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static dev.sluice.cli.demo.TrialEvents.PLAN;
import static dev.sluice.cli.demo.TrialEvents.SLOT_US;
import static dev.sluice.cli.demo.TrialEvents.START_US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.SlotAssignment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Arms and warm-ups of the raw events against the assignment; and what is left after a rollback.
 */
class ArmCheckTest {
  private static final long FIRST_SLOT = SlotAssignment.slot(START_US, 60_000);
  private static final RolloutState HALF = RolloutState.running("wider", 0.5);

  @TempDir private Path directory;
  private final TrialEvents events = new TrialEvents();

  @Test
  void acceptsEveryTickInTheArmOfItsSlot() {
    events.play(0, 5, 0, place -> 1);
    events.play(5, 45, 0.5, place -> 1);
    Check check = assignment(started(5));
    assertThat(check.problem()).isNull();
    assertThat(check.found()).isEqualTo("540 ticks, 240 of arm B");
  }

  @Test
  void failsWhenATickIsInTheOtherArm() {
    events.play(0, 20, 0.5, place -> 1);
    Arm right = TrialEvents.arm("SIMAUSDT", FIRST_SLOT + 7, 0.5);
    events.tick("SIMAUSDT", FIRST_SLOT + 7, 25_000_000L, right == Arm.A ? Arm.B : Arm.A, false);
    assertThat(assignment(started(0)).problem())
        .startsWith("1 groups are not, first 1 ticks of SIMAUSDT in slot " + (FIRST_SLOT + 7));
  }

  @Test
  void failsWhenAWarmUpIsNotMarked() {
    events.play(0, 20, 0.5, place -> 1);
    Arm arm = TrialEvents.arm("SIMBUSDT", FIRST_SLOT + 3, 0.5);
    events.tick("SIMBUSDT", FIRST_SLOT + 3, 5_000_000L, arm, false);
    assertThat(assignment(started(0)).problem()).contains("1 ticks of SIMBUSDT");
  }

  @Test
  void failsWhenAnArmIsTreatedBeforeTheTrialIsInForce() {
    events.play(0, 20, 0.5, place -> 1);
    assertThat(assignment(started(10)).problem()).isNotNull();
  }

  @Test
  void acceptsARollbackThatLeavesNothingOfB() {
    events.play(0, 20, 0.5, place -> 1);
    events.play(20, 30, 0, place -> 1);
    long backUs = START_US + 20 * SLOT_US;
    events.order("b-1", "SUBMITTED", Arm.B, backUs - 5_000_000L);
    events.order("b-1", "CANCELLED", Arm.B, backUs);
    assertThat(afterRollback(backUs, backUs)).allMatch(Check::ok).hasSize(2);
  }

  @Test
  void failsWhenBTradesOnAfterTheRollbackOrHasAnOrderLeft() {
    events.play(0, 30, 0.5, place -> 1);
    long backUs = START_US + 20 * SLOT_US;
    events.order("b-1", "SUBMITTED", Arm.B, backUs - 5_000_000L);
    events.order("b-1", "CANCELLED", Arm.B, backUs + 1);
    List<Check> checks = afterRollback(backUs, backUs);
    assertThat(checks.get(0).problem()).endsWith("ticks, orders and fills are");
    assertThat(checks.get(1).problem()).isEqualTo("1 orders of arm B were open");
  }

  private Check assignment(RolloutReckoning.Stage stage) {
    events.write(directory);
    try (Datasets datasets = new Datasets(directory)) {
      return new ArmCheck(datasets, "mm-1", PLAN, List.of(stage)).assignment();
    }
  }

  private List<Check> afterRollback(long decidedUs, long inForceUs) {
    events.write(directory);
    try (Datasets datasets = new Datasets(directory)) {
      return new ArmCheck(
              datasets,
              "mm-1",
              PLAN,
              List.of(
                  started(0),
                  TrialEvents.stage(RolloutState.rolledBack("wider"), decidedUs, inForceUs)))
          .afterRollbacks();
    }
  }

  private static RolloutReckoning.Stage started(long slot) {
    return TrialEvents.stage(HALF, START_US, START_US + slot * SLOT_US);
  }
}
