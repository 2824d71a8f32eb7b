// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.release;

import dev.sluice.rules.spec.Operator;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.text.Durations;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What stands between a stage and GO, and when each can be out of the way at the earliest. */
public final class WayToGreen {
  private static final Map<String, Long> US_BY_UNIT =
      Map.of("min", 60_000_000L, "h", 3_600_000_000L, "days", 86_400_000_000L);

  private WayToGreen() {}

  /**
   * One gate that is shut.
   *
   * @param waits what has to pass, one sentence
   * @param earliestUs event time from which on it can be open when nothing more goes wrong; null
   *     where time alone mends nothing
   */
  public record Step(
      String gateId, String reason, String mend, String waits, @Nullable Long earliestUs) {}

  /** Those that are shut, the one that takes longest first; what time does not mend before all. */
  public static List<Step> of(List<GateResult> results, long nowUs) {
    return results.stream()
        .filter(result -> !result.open())
        .map(result -> step(result, nowUs))
        .sorted(
            (a, b) ->
                Long.compare(
                    b.earliestUs() == null ? Long.MAX_VALUE : b.earliestUs(),
                    a.earliestUs() == null ? Long.MAX_VALUE : a.earliestUs()))
        .toList();
  }

  /** When all of those that wait for time can be open; null when none does. */
  public static Long earliestUs(List<Step> steps) {
    return steps.stream()
        .map(Step::earliestUs)
        .filter(Objects::nonNull)
        .max(Long::compare)
        .orElse(null);
  }

  private static Step step(GateResult result, long nowUs) {
    ReleaseGate gate = result.gate();
    Reading reading = result.reading();
    Long unitUs = US_BY_UNIT.get(gate.unit());
    String waits =
        "a person; what time mends is out of the window after " + Durations.format(gate.windowMs());
    Long earliest = null;
    if (unitUs != null && reading.growing() != null && atLeast(gate)) {
      double lacking = Math.max(gate.pass().value() - reading.growing(), 0);
      earliest = nowUs + Math.round(lacking * unitUs);
      waits = span(earliest - nowUs) + " more without a fault";
    } else if (result.outcome() == GateOutcome.FAIL && reading.lastAtUs() != null) {
      earliest = Math.max(nowUs, reading.lastAtUs() + gate.windowMs() * 1_000);
      waits = "the newest fault leaves the window in " + span(earliest - nowUs);
    } else if (result.outcome() == GateOutcome.NO_DATA
        && reading.samples() > 0
        && reading.samples() < gate.minSamples()) {
      double perUs = reading.samples() / (gate.windowMs() * 1_000.0);
      earliest = nowUs + Math.round((gate.minSamples() - reading.samples()) / perUs);
      waits =
          (gate.minSamples() - reading.samples())
              + " more samples, at the present rate "
              + span(earliest - nowUs);
    } else if (result.outcome() == GateOutcome.NO_DATA) {
      waits = "evidence";
    }
    return new Step(gate.id(), result.reason(), gate.mend(), waits, earliest);
  }

  private static boolean atLeast(ReleaseGate gate) {
    Operator operator = gate.pass().operator();
    return operator == Operator.GREATER_OR_EQUAL || operator == Operator.GREATER;
  }

  private static String span(long us) {
    return Durations.format(us / 1_000_000 * 1_000);
  }
}
