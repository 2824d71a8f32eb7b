// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Verdict;
import java.util.List;

/**
 * The gate's own limits; all durations are wall-clock milliseconds.
 *
 * @param judgeId who signs control records and leases
 * @param receivedWithinMs an engine that has not said RECEIVED by then is SILENT
 * @param effectiveWithinMs an engine that has not said EFFECTIVE this long after RECEIVED is
 *     DISOBEYING
 * @param leaseTtlMs how long a lease permits
 * @param progressBudgetMs without progress for longer than this the gate gives no lease
 * @param checkpointBudgetMs with a last checkpoint older than this the gate gives no lease
 * @param settleMs for so long after its start the gate doubts an engine that is ahead of it: what
 *     it decided after its last checkpoint it will decide again
 * @param hardCaps criteria that no override touches
 * @param judges whose word a lease waits for; names of {@link #JUDGES}
 * @param rollout what may be started and promoted
 * @param overrideMaxMs how far ahead, in event time, an override may expire
 */
public record GatePolicy(
    String judgeId,
    long receivedWithinMs,
    long effectiveWithinMs,
    long leaseTtlMs,
    long progressBudgetMs,
    long checkpointBudgetMs,
    long settleMs,
    List<String> hardCaps,
    List<String> judges,
    RolloutPolicy rollout,
    long overrideMaxMs) {
  /** Every judge there is, by the name under which it tells its progress. */
  public static final List<String> JUDGES =
      List.of("criteria", "integrity", "reconciliation", "risk", "trial");

  private static final long DAY_MS = 24 * 3_600_000L;

  /**
   * The policy of a gate that is told history: no wait ever ends, no lease is asked for, and every
   * trial's rollout stays where it is.
   *
   * @param hardCaps criteria that no override touches
   */
  public static GatePolicy ofHistory(List<String> hardCaps) {
    return new GatePolicy(
        "replay", DAY_MS, DAY_MS, DAY_MS, DAY_MS, DAY_MS, 0, hardCaps, JUDGES, RolloutPolicy.NONE);
  }

  /** A policy under which an override lasts a day at most. */
  public GatePolicy(
      String judgeId,
      long receivedWithinMs,
      long effectiveWithinMs,
      long leaseTtlMs,
      long progressBudgetMs,
      long checkpointBudgetMs,
      long settleMs,
      List<String> hardCaps,
      List<String> judges,
      RolloutPolicy rollout) {
    this(
        judgeId,
        receivedWithinMs,
        effectiveWithinMs,
        leaseTtlMs,
        progressBudgetMs,
        checkpointBudgetMs,
        settleMs,
        hardCaps,
        judges,
        rollout,
        DAY_MS);
  }

  /** Whether this progress marker is of a judge that is waited for. */
  public boolean waitsFor(Verdict marker) {
    return judges.contains(marker.progressOf());
  }
}
