// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Evidence;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;

/** Verdicts of mm-1 for tests. */
final class Verdicts {
  private Verdicts() {}

  static Verdict of(String criterion, Phase phase, Action action, long atUs, String reason) {
    boolean clear = phase == Phase.CLEAR;
    return new Verdict(
        Verdict.SCHEMA,
        criterion + "-" + phase + "-" + atUs,
        criterion,
        "hash",
        "mm-1",
        "",
        atUs,
        Source.SIMULATED,
        clear ? VerdictOutcome.PASS : VerdictOutcome.BREACH,
        phase,
        atUs,
        clear ? 0 : atUs,
        Severity.CRITICAL,
        action,
        Enforcement.ENFORCE,
        new Evidence(0.1, 0.05, "ratio", 60_000, 120, 1.0, 0, 0, null, reason));
  }
}
