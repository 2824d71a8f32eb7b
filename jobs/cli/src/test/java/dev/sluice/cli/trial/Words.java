// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import dev.sluice.schemas.Delta;
import dev.sluice.schemas.DeltaRole;
import dev.sluice.schemas.Rollout;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;

/** Words on a trial, for tests. */
public final class Words {
  public static final long START_US = 1_767_571_200_000_000L;
  public static final long MINUTE_US = 60_000_000L;
  public static final String TRIAL = "wider";

  private Words() {}

  /** At a minute from the start, in the stage with this share since another minute. */
  public static TrialStatus at(long minute, double share, long sinceMinute, Delta... deltas) {
    return at(minute, share, sinceMinute, "net_bps: lower bound not above 0", deltas);
  }

  /** The same with a reason. */
  public static TrialStatus at(
      long minute, double share, long sinceMinute, String reason, Delta... deltas) {
    return new TrialStatus(
        TrialStatus.SCHEMA,
        "mm-1",
        TRIAL,
        "sha256:1",
        RolloutState.stageOf(share),
        share,
        START_US + minute * MINUTE_US,
        Source.SIMULATED,
        START_US + sinceMinute * MINUTE_US,
        (minute - sinceMinute) * 60_000,
        7_200_000,
        9 * (minute - sinceMinute) / 10,
        (minute - sinceMinute) / 10,
        0.84,
        List.of(deltas),
        Rollout.HOLD,
        VerdictOutcome.BREACH,
        reason);
  }

  /** The difference of a metric; null bounds for none. */
  public static Delta delta(
      String metric, DeltaRole role, Double estimate, Double lower, Double upper) {
    return new Delta(
        metric,
        "bps",
        role,
        estimate,
        lower,
        upper,
        1.0,
        1.5,
        12,
        10,
        0.05,
        120,
        14,
        VerdictOutcome.BREACH,
        metric + " says why");
  }
}
