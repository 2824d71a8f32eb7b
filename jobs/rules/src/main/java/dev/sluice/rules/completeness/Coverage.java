// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import java.util.List;

/**
 * Which minutes of an engine are covered: those with at least one of its ticks. Heartbeats cover
 * nothing, so an idle bus does not either.
 *
 * @param minutes from the first to the last
 * @param covered of these
 * @param longest minutes of the longest run of covered ones, one after another
 * @param longestFrom where it begins, minutes since the epoch; 0 without one
 * @param current minutes of the run that reaches the end; 0 when none does
 * @param last minutes since the epoch
 * @param lastCovered minutes since the epoch; 0 when none is
 */
public record Coverage(
    String engineId,
    long minutes,
    long covered,
    long longest,
    long longestFrom,
    long current,
    long last,
    long lastCovered) {
  /** The last minute may be one just begun, or hold the heartbeats of a wind-down. */
  private static final long END_SLACK_MINUTES = 1;

  /**
   * Adds up.
   *
   * @param runs ascending, apart from each other
   * @param first minute of the engine's first record
   * @param last minute of its last record
   */
  public static Coverage of(String engineId, List<MinuteRun> runs, long first, long last) {
    MinuteRun longest = new MinuteRun(0, -1);
    long covered = 0;
    for (MinuteRun run : runs) {
      covered += run.minutes();
      longest = run.minutes() > longest.minutes() ? run : longest;
    }
    MinuteRun newest = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    boolean reaches = newest != null && newest.last() >= last - END_SLACK_MINUTES;
    return new Coverage(
        engineId,
        last - first + 1,
        covered,
        longest.minutes(),
        longest.first(),
        reaches ? newest.minutes() : 0,
        last,
        newest == null ? 0 : newest.last());
  }

  /** Covered minutes per minute from the first to the last, 0 to 1. */
  public double ratio() {
    return minutes <= 0 ? 0 : (double) covered / minutes;
  }
}
