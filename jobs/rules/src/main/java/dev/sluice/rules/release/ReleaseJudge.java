// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.release;

import dev.sluice.rules.spec.Limit;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.text.Durations;
import java.util.Collection;
import java.util.List;

/**
 * Judges release gates. Evidence that is missing, too little, too old, of the future, of unknown
 * provenance or of a weaker kind than asked for is NO_DATA, which blocks.
 */
public final class ReleaseJudge {
  private ReleaseJudge() {}

  /**
   * Judges one gate.
   *
   * @param provenance the weakest source that is accepted
   * @param nowUs the time of the judgement, epoch microseconds
   * @param waivers of any gate; those not in force are void, and hard gates take none
   */
  public static GateResult judge(
      ReleaseGate gate,
      Reading reading,
      Source provenance,
      long nowUs,
      Collection<Waiver> waivers) {
    Long ageMs = reading.asOfUs() == null ? null : (nowUs - reading.asOfUs()) / 1_000;
    String missing = missing(gate, reading, ageMs, provenance);
    boolean holds = missing == null && gate.pass().holds(reading.value());
    GateOutcome outcome =
        missing != null ? GateOutcome.NO_DATA : holds ? GateOutcome.PASS : GateOutcome.FAIL;
    String reason =
        missing != null
            ? missing
            : value(gate, reading.value()) + (holds ? ", as wanted: " : ", wanted: ") + gate.pass();
    return new GateResult(
        gate,
        outcome,
        reading,
        ageMs,
        reason + (reading.note().isEmpty() ? "" : ": " + reading.note()),
        outcome == GateOutcome.PASS || gate.hard() ? null : waiver(gate, nowUs, waivers));
  }

  /** GO: there is a gate, and none is shut. */
  public static boolean go(List<GateResult> results) {
    return !results.isEmpty() && results.stream().allMatch(GateResult::open);
  }

  private static Waiver waiver(ReleaseGate gate, long nowUs, Collection<Waiver> waivers) {
    return waivers.stream()
        .filter(waiver -> waiver.gateId().equals(gate.id()) && waiver.inForce(nowUs))
        .findFirst()
        .orElse(null);
  }

  private static String missing(ReleaseGate gate, Reading reading, Long ageMs, Source provenance) {
    if (reading.value() == null || !Double.isFinite(reading.value())) {
      return "nothing was measured";
    }
    if (reading.samples() < gate.minSamples()) {
      return reading.samples() + " samples, " + gate.minSamples() + " needed";
    }
    if (ageMs == null) {
      return "nobody knows how old the evidence is";
    }
    if (ageMs < 0) {
      return "the evidence is of the future";
    }
    if (ageMs > gate.maxAgeMs()) {
      return "the newest evidence is "
          + Durations.format(ageMs / 1_000 * 1_000)
          + " old, at most "
          + Durations.format(gate.maxAgeMs())
          + " is allowed";
    }
    if (reading.unsourced()) {
      return "nobody knows what the evidence comes from, " + provenance + " is needed";
    }
    if (reading.weakest() != null && weaker(reading.weakest(), provenance)) {
      return "the evidence is " + reading.weakest() + ", " + provenance + " is needed";
    }
    return null;
  }

  /** The constants are in the order of their strength, the weakest first. */
  private static boolean weaker(Source source, Source than) {
    return source.compareTo(than) < 0;
  }

  private static String value(ReleaseGate gate, double value) {
    String number = Limit.number(Math.round(value * 1e6) / 1e6);
    return gate.unit().equals("1") || gate.unit().equals("ratio")
        ? number
        : number + " " + gate.unit();
  }
}
