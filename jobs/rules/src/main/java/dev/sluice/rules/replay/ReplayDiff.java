// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * What two versions of the criteria say differently of one history.
 *
 * @param onlyOld trips that the new version does not have
 * @param onlyNew trips that the old version does not have
 * @param moved trips of both, at another time or with another action
 * @param same how many are the same
 */
public record ReplayDiff(
    List<Episode> onlyOld, List<Episode> onlyNew, List<Moved> moved, long same) {
  /**
   * One trip in both versions.
   *
   * @param laterMs how much later the new version trips; below 0 earlier
   */
  public record Moved(Episode before, Episode after, long laterMs) {}

  /** Compares: a trip is the same one when criterion and key are, and the two overlap in time. */
  public static ReplayDiff of(List<Episode> before, List<Episode> after) {
    List<Episode> unmatched = new ArrayList<>(after);
    List<Episode> onlyOld = new ArrayList<>();
    List<Moved> moved = new ArrayList<>();
    long same = 0;
    for (Episode old : before) {
      Episode match =
          unmatched.stream()
              .filter(now -> sameKey(old, now) && old.overlaps(now))
              .findFirst()
              .orElse(null);
      if (match == null) {
        onlyOld.add(old);
        continue;
      }
      unmatched.remove(match);
      if (old.trippedUs() == match.trippedUs() && old.action() == match.action()) {
        same++;
      } else {
        moved.add(new Moved(old, match, (match.trippedUs() - old.trippedUs()) / 1_000));
      }
    }
    return new ReplayDiff(List.copyOf(onlyOld), List.copyOf(unmatched), List.copyOf(moved), same);
  }

  /** True when the versions trip alike. */
  public boolean empty() {
    return onlyOld.isEmpty() && onlyNew.isEmpty() && moved.isEmpty();
  }

  private static boolean sameKey(Episode one, Episode other) {
    return one.engineId().equals(other.engineId())
        && one.criterionId().equals(other.criterionId())
        && one.scopeKey().equals(other.scopeKey());
  }
}
