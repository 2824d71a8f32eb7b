// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;
import java.util.List;
import java.util.Map;

/** The venue's clock is two seconds ahead of the engine's, and later two seconds behind. */
final class ClockSkew implements Fault {
  private static final long AHEAD_AT_MS = 546_000;
  private static final long BEHIND_AT_MS = AHEAD_AT_MS + 300_000;

  // The clock is bad at the next heartbeat, four seconds on, so that it is judged; and good again
  // before the pause can be there, so that the cancels of the pause show it. One that was ahead is
  // made good at half speed, and is within the limit three seconds after its end.
  private static final long AHEAD_FOR_MS = 1_200;
  private static final long BEHIND_FOR_MS = 4_200;

  @Override
  public String name() {
    return "clock-skew";
  }

  @Override
  public String about() {
    return "the venue's clock is two seconds ahead, then two seconds behind: found, paused, healed,"
        + " once each";
  }

  @Override
  public long lengthMs() {
    return 2 * DrillPlan.SLOT_MS;
  }

  @Override
  public long atMs() {
    return AHEAD_AT_MS;
  }

  @Override
  public void prepare(DrillPlan plan) {
    List<Scenario.Expectation> pause =
        List.of(new Scenario.Expectation("venue-clock", Action.PAUSE, "4s"));
    List<Scenario.ExpectedFinding> skew =
        List.of(
            new Scenario.ExpectedFinding(
                FindingKind.CLOCK_SKEW, 1, "20s", "20s", FindingStatus.HEALED));
    plan.scenario(
        FaultKind.CLOCK_SKEWED,
        AHEAD_AT_MS,
        AHEAD_FOR_MS,
        Map.of("take", "1", "skew_ms", "2000"),
        pause,
        skew);
    plan.scenario(
        FaultKind.CLOCK_BACKWARD,
        BEHIND_AT_MS,
        BEHIND_FOR_MS,
        Map.of("take", "1", "back_ms", "2000"),
        pause,
        skew);
  }

  @Override
  public void inject(DrillStage stage) {
    // the scenario does it: the venue is in the engine's process
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    long found =
        stage.seen().findings().lives().stream()
            .filter(life -> life.first().kind() == FindingKind.CLOCK_SKEW)
            .count();
    return List.of(
        DrillCheck.of(found == 2, "each is found once", "%d findings of CLOCK_SKEW, of 2", found));
  }
}
