// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.gate;

import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.gate.RolloutPolicy;
import java.io.Serializable;
import java.util.List;

/**
 * Settings of the gate; all durations are wall-clock milliseconds.
 *
 * @param judgeId who signs control records and leases
 * @param receivedWithinMs an engine that has not said RECEIVED by then is SILENT
 * @param effectiveWithinMs an engine that has not said EFFECTIVE this long after RECEIVED is
 *     DISOBEYING and is escalated one mode up
 * @param leaseTtlMs how long a lease permits, from its receipt
 * @param leasePeriodMs how often a lease is renewed and waits are looked at
 * @param progressBudgetMs an engine not judged for longer than this gets no lease; in real time it
 *     is judged once per bucket (10 s), so this must be more
 * @param checkpointBudgetMs with a last checkpoint older than this nobody gets a lease; judged only
 *     while checkpoints are on
 * @param settleMs after a start: an engine that is ahead of the gate is doubted for so long, and
 *     replayed commands that loosen wait half of it. What came between the last checkpoint and a
 *     crash is judged again meanwhile
 * @param hardCaps criteria that no override touches
 * @param judges whose word a lease waits for: the slowest decides; a gate that runs beside fewer
 *     jobs waits for fewer. Names of {@link GatePolicy#JUDGES}, at least one, each once
 * @param signingKeyFile the key that control records and leases are signed with, read where the
 *     sinks run; empty to leave them unsigned
 * @param overrideMaxMs how far ahead, in event time, an override may expire
 */
public record GateSettings(
    String judgeId,
    long receivedWithinMs,
    long effectiveWithinMs,
    long leaseTtlMs,
    long leasePeriodMs,
    long progressBudgetMs,
    long checkpointBudgetMs,
    long settleMs,
    List<String> hardCaps,
    List<String> judges,
    String signingKeyFile,
    long overrideMaxMs)
    implements Serializable {

  public GateSettings {
    if (leasePeriodMs < 1 || leaseTtlMs < 2 * leasePeriodMs) {
      throw new IllegalArgumentException(
          "leaseTtlMs must be at least twice leasePeriodMs, above 0");
    }
    if (overrideMaxMs < 1) {
      throw new IllegalArgumentException("overrideMaxMs must be above 0");
    }
    hardCaps = List.copyOf(hardCaps);
    judges = List.copyOf(judges);
    if (judges.isEmpty() || judges.stream().distinct().count() != judges.size()) {
      throw new IllegalArgumentException("judges must name at least one judge, each once");
    }
    for (String judge : judges) {
      if (!GatePolicy.JUDGES.contains(judge)) {
        throw new IllegalArgumentException(
            "judges: '" + judge + "' is none of " + GatePolicy.JUDGES);
      }
    }
  }

  /** The figures of the control protocol. */
  public static GateSettings defaults() {
    return new GateSettings(
        "judge-1",
        5_000,
        10_000,
        10_000,
        1_000,
        15_000,
        60_000,
        30_000,
        List.of("daily-loss", "net-exposure", "concentration"),
        GatePolicy.JUDGES,
        "",
        24 * 3_600_000L);
  }

  /** The same settings, signed by another judge. */
  public GateSettings signedBy(String otherJudgeId) {
    return new GateSettings(
        otherJudgeId,
        receivedWithinMs,
        effectiveWithinMs,
        leaseTtlMs,
        leasePeriodMs,
        progressBudgetMs,
        checkpointBudgetMs,
        settleMs,
        hardCaps,
        judges,
        signingKeyFile,
        overrideMaxMs);
  }

  /** The same settings, waiting for other judges. */
  public GateSettings waitingFor(String... otherJudges) {
    return new GateSettings(
        judgeId,
        receivedWithinMs,
        effectiveWithinMs,
        leaseTtlMs,
        leasePeriodMs,
        progressBudgetMs,
        checkpointBudgetMs,
        settleMs,
        hardCaps,
        List.of(otherJudges),
        signingKeyFile,
        overrideMaxMs);
  }

  /** What the gate is allowed and waits for. */
  public GatePolicy policy(RolloutPolicy rollout) {
    return new GatePolicy(
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
        overrideMaxMs);
  }
}
