// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import java.util.List;
import java.util.TreeSet;

/**
 * A dead judge never means a running engine: no quote reaches Kafka later after the last lease than
 * that lease permits, and the engine never says RUN without one. Pure.
 */
final class LeaseSafety {
  /** From a lease's append to its receipt, and from a quote's sending to its append. */
  static final long SLACK_MS = 3_000;

  private static final String WHAT = "no lease, no quotes";

  private LeaseSafety() {}

  /** Time without a broker, the broker's clock: what was sent in it is appended after it. */
  record Outage(long fromMs, long toMs) {
    /** After its return for so long, appended is not sent. */
    private static final long BACKLOG_MS = 15_000;

    boolean touches(long sinceMs, long untilMs) {
      return sinceMs <= toMs + BACKLOG_MS && untilMs >= fromMs;
    }
  }

  /**
   * @param leasesMs when leases were appended, the broker's clock
   * @param quotesMs when quotes of the engine were
   * @param lines of the engine's progress
   */
  static DrillCheck of(
      List<Long> leasesMs, List<Long> quotesMs, List<EngineLine> lines, List<Outage> outages) {
    TreeSet<Long> leases = new TreeSet<>(leasesMs);
    long limitMs = DrillPlan.LEASE_TTL_MS + SLACK_MS;
    long longestMs = 0;
    for (long quoteMs : quotesMs) {
      Long leaseMs = leases.floor(quoteMs);
      long sinceMs = leaseMs == null ? quoteMs - limitMs - 1 : leaseMs;
      if (outages.stream().anyMatch(outage -> outage.touches(sinceMs, quoteMs))) {
        continue;
      }
      if (leaseMs == null) {
        return DrillCheck.fail(WHAT, "a quote came before the first lease");
      }
      longestMs = Math.max(longestMs, quoteMs - leaseMs);
    }
    if (longestMs > limitMs) {
      return DrillCheck.fail(
          WHAT, "a quote came %,d ms after the last lease; %,d are allowed", longestMs, limitMs);
    }
    for (EngineLine line : lines) {
      if (line.mode().equals("RUN") && line.leaseLeftMs() < -SLACK_MS) {
        return DrillCheck.fail(
            WHAT, "the engine was in RUN %,.0f ms after its lease", -line.leaseLeftMs());
      }
    }
    return DrillCheck.pass(
        WHAT,
        "%,d quotes under %,d leases, the latest %,d ms after its lease",
        quotesMs.size(),
        leasesMs.size(),
        longestMs);
  }
}
