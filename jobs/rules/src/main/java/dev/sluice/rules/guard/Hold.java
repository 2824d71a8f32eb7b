// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.guard;

import dev.sluice.rules.criterion.Outcome;
import dev.sluice.rules.spec.GapPolicy;

/**
 * A running hold, or none when {@code sinceUs} is 0. Pure: each step gives the next hold. How holes
 * count is said at {@link GapPolicy}.
 *
 * @param sinceUs first breach
 * @param frozenUs holes taken out
 * @param recentBreaches newest evaluations for {@code at_least}, bit 0 the newest, 1 = breach
 */
record Hold(long sinceUs, long frozenUs, long recentBreaches) {
  private static final Hold NONE = new Hold(0, 0, 0);

  static Hold of(GuardState state) {
    return new Hold(state.holdSinceUs(), state.frozenUs(), state.recentBreaches());
  }

  Hold step(GuardState before, Outcome outcome, long nowUs, GuardSpec spec) {
    return switch (outcome.verdict()) {
      case BREACH ->
          afterAbsence(before, nowUs, spec)
              .begunBy(nowUs)
              .shifted(outcome.breachUntilUs() > before.lastUs(), spec);
      case NO_DATA -> afterHole(before, nowUs, spec);
      case PASS -> afterPass(spec);
    };
  }

  /** True when the guard may trip on it: on a breach only, never within a hole. */
  boolean met(Outcome outcome, GuardSpec spec) {
    if (!outcome.breach()) {
      return false;
    }
    if (spec.atLeast() > 0) {
      return Long.bitCount(recentBreaches) >= spec.atLeast();
    }
    return spec.holdUs() == 0 || heldUs(outcome) >= spec.holdUs();
  }

  String why(Outcome outcome, GuardSpec spec) {
    if (spec.atLeast() > 0) {
      return Long.bitCount(recentBreaches)
          + " of the last "
          + spec.outOf()
          + " evaluations in breach";
    }
    return spec.holdUs() == 0
        ? ""
        : "held " + Guard.span(heldUs(outcome)) + ", " + Guard.span(spec.holdUs()) + " allowed";
  }

  private long heldUs(Outcome outcome) {
    return outcome.breachUntilUs() - sinceUs - frozenUs;
  }

  private Hold begunBy(long nowUs) {
    return sinceUs == 0 ? new Hold(nowUs, 0, 0) : this;
  }

  /** Evaluations that the cadence asked for and that never happened are a hole too. */
  private Hold afterAbsence(GuardState before, long nowUs, GuardSpec spec) {
    long absentUs = nowUs - before.lastUs() - spec.everyUs();
    if (sinceUs == 0 || spec.everyUs() == 0 || absentUs <= 0) {
      return this;
    }
    if (ends(nowUs - before.lastDataUs() - spec.everyUs(), spec)) {
      return NONE;
    }
    return spec.gapPolicy() == GapPolicy.FREEZE
        ? new Hold(sinceUs, frozenUs + absentUs, recentBreaches)
        : this;
  }

  private Hold afterHole(GuardState before, long nowUs, GuardSpec spec) {
    if (sinceUs == 0 || ends(nowUs - before.lastDataUs(), spec)) {
      return NONE;
    }
    return spec.gapPolicy() == GapPolicy.FREEZE
        ? new Hold(sinceUs, frozenUs + nowUs - before.lastUs(), recentBreaches)
        : shifted(true, spec);
  }

  private Hold afterPass(GuardSpec spec) {
    Hold next = shifted(false, spec);
    return next.recentBreaches == 0 ? NONE : next;
  }

  private static boolean ends(long holeUs, GuardSpec spec) {
    return spec.gapPolicy() == GapPolicy.RESET || holeUs > spec.gapMaxUs();
  }

  private Hold shifted(boolean breach, GuardSpec spec) {
    if (spec.atLeast() == 0) {
      return this;
    }
    long mask = (1L << spec.outOf()) - 1;
    return new Hold(sinceUs, frozenUs, ((recentBreaches << 1) | (breach ? 1 : 0)) & mask);
  }
}
