// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Evidence;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Person;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;

/** Verdicts and decisions about mm-1 for tests; times in seconds. */
final class Words {
  static final long T = 1_767_571_200_000_000L;

  private Words() {}

  /** A word of cache-hit in force; {@code sinceS} names the episode. */
  static Verdict verdict(Phase phase, long atS, long sinceS) {
    return verdict(phase, atS, sinceS, Enforcement.ENFORCE, Severity.CRITICAL);
  }

  static Verdict verdict(Phase phase, long atS, long sinceS, Enforcement mode, Severity severity) {
    boolean clear = phase == Phase.CLEAR;
    return new Verdict(
        Verdict.SCHEMA,
        "v-" + phase + "-" + atS,
        "cache-hit",
        "hash",
        "mm-1",
        "",
        T + atS * 1_000_000,
        Source.SIMULATED,
        clear ? VerdictOutcome.PASS : VerdictOutcome.BREACH,
        phase,
        T + atS * 1_000_000,
        clear ? 0 : T + sinceS * 1_000_000,
        severity,
        phase == Phase.TRIPPED ? Action.PAUSE : null,
        mode,
        new Evidence(0.1, 0.5, "ratio", 60_000, 120, 1.0, 0, 0, null, "cache_hit_ratio is 0.1"));
  }

  /** A decision about mm-1; without {@code who} it is the gate's own. */
  static Control control(Mode mode, long epoch, long atS, String who) {
    return new Control(
        Control.SCHEMA,
        "mm-1",
        epoch,
        mode,
        RolloutState.NONE,
        "d-" + epoch,
        0,
        who == null
            ? List.of(new Cause("v", "cache-hit", 0.1, 0.5, "cache_hit_ratio is 0.1"))
            : List.of(),
        who == null ? null : new Person("c", who, "a drill"),
        false,
        T + atS * 1_000_000,
        T,
        0,
        Source.SIMULATED,
        "judge-1");
  }
}
