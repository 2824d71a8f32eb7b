// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gate and the engine complained about, sorted: a problem fails the run, a note does not.
 * An engine that does not act on what it was told is a problem; one that does not answer is, unless
 * the scenario has silenced it.
 */
public record Alarms(List<String> problems, List<String> notes) {
  private static final String ACK = "gate.ack";

  /** How the gate's reason tells an engine that answers and does not act. */
  private static final String DISOBEYS = "not EFFECTIVE";

  /**
   * Sorts.
   *
   * @param startUs event time of the run's start
   * @param verdicts of the gate, breaches only
   * @param droppedEvents by the engine's last heartbeats
   */
  public static Alarms of(
      Scenario scenario, long startUs, List<Verdict> verdicts, long droppedEvents) {
    List<String> problems = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      String reason = verdict.evidence().reason();
      String line =
          verdict.criterionId() + " at " + Reckoning.instant(verdict.eventTimeUs()) + ": " + reason;
      boolean excused =
          !verdict.criterionId().equals(ACK)
              || (!reason.contains(DISOBEYS) && silenced(scenario, startUs, verdict));
      (excused ? notes : problems).add(line);
    }
    if (droppedEvents > 0) {
      problems.add("the engine dropped " + droppedEvents + " events");
    }
    return new Alarms(problems, notes);
  }

  /** The judge's event time is a bucket or so behind the engine's. */
  private static boolean silenced(Scenario scenario, long startUs, Verdict verdict) {
    return scenario.faults().stream()
        .filter(fault -> fault.kind() == FaultKind.SILENCE)
        .anyMatch(
            fault -> {
              long fromUs = startUs + fault.atMs() * 1000 - Reckoning.TOLERANCE_US;
              long untilUs = startUs + (fault.atMs() + fault.forMs()) * 1000;
              return verdict.eventTimeUs() >= fromUs
                  && verdict.eventTimeUs() <= untilUs + Reckoning.TOLERANCE_US;
            });
  }
}
