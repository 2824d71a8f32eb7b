// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Verdict;
import java.util.List;

/**
 * What is judged is what every judge waited for has judged: the slowest decides, and one that has
 * not spoken yet holds everything back.
 */
final class ProgressRules {
  private ProgressRules() {}

  /** Works the marker of a judge waited for in; true when the minimum has advanced. */
  static boolean advances(Draft draft, Verdict marker) {
    if (!remember(draft, marker)) {
      return false;
    }
    if (draft.progressWallUs == 0) {
      draft.progressWallUs = draft.time.wallUs(); // from here on the others are waited for
    }
    long minimumUs = minimumUs(draft);
    if (minimumUs <= draft.watermarkUs) {
      return false;
    }
    draft.watermarkUs = minimumUs;
    draft.progressWallUs = draft.time.wallUs();
    return true;
  }

  /** The judges that have not advanced for longer than the budget, and those never heard. */
  static List<String> laggards(Draft draft) {
    return draft.policy.judges().stream()
        .filter(
            judge -> {
              JudgeProgress known = of(draft, judge);
              return known == null
                  || draft.time.elapsedMs(known.wallUs()) > draft.policy.progressBudgetMs();
            })
        .toList();
  }

  private static boolean remember(Draft draft, Verdict marker) {
    String judge = marker.progressOf();
    JudgeProgress before = of(draft, judge);
    if (before != null && marker.eventTimeUs() <= before.watermarkUs()) {
      return false;
    }
    draft.judges.remove(before);
    draft.judges.add(new JudgeProgress(judge, marker.eventTimeUs(), draft.time.wallUs()));
    return true;
  }

  /** 0 while a judge has not spoken. */
  private static long minimumUs(Draft draft) {
    long minimumUs = Long.MAX_VALUE;
    for (String judge : draft.policy.judges()) {
      JudgeProgress known = of(draft, judge);
      minimumUs = Math.min(minimumUs, known == null ? 0 : known.watermarkUs());
    }
    return minimumUs;
  }

  private static JudgeProgress of(Draft draft, String judge) {
    for (JudgeProgress each : draft.judges) {
      if (each.judge().equals(judge)) {
        return each;
      }
    }
    return null;
  }
}
