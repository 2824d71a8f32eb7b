// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the acting criteria of one engine said, and when: whether a decision that relaxes had reason
 * to. A verdict counts from its event time on; of two with the same, the later one heard.
 */
final class Words {
  private final Map<String, List<Verdict>> byKey = new HashMap<>();
  private final Map<String, String> keyById = new HashMap<>();

  /** In the order of hearing. */
  Words(Iterable<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      if (verdict.mode() == Enforcement.ENFORCE) {
        String key = verdict.criterionId() + "|" + verdict.scopeKey();
        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(verdict);
        keyById.put(verdict.verdictId(), key);
      }
    }
  }

  /**
   * Why {@code control}, which relaxes without a command, must not have: its causes still demand
   * more, or another criterion does. Empty when it may.
   *
   * @param resumedUs event time of the last RESUME before it; the episodes that stood then are over
   */
  Optional<String> objection(Control control, long resumedUs) {
    if (control.cause().isEmpty()) {
      return Optional.of("relaxed without a cause");
    }
    for (Cause cause : control.cause()) {
      String key = keyById.get(cause.verdictId());
      Verdict word = key == null ? null : newest(key, control.eventTimeUs());
      if (word == null) {
        return Optional.of("no verdict of " + cause.criterionId() + " allows it");
      }
      if (demands(word, control.mode(), resumedUs)) {
        return Optional.of(stands(word));
      }
    }
    for (String key : byKey.keySet()) {
      Verdict before = newest(key, control.eventTimeUs() - 1);
      Verdict now = newest(key, control.eventTimeUs());
      // Words of the very moment may have been heard before the decision or after it.
      if (demands(before, control.mode(), resumedUs) && demands(now, control.mode(), resumedUs)) {
        return Optional.of(stands(now));
      }
    }
    return Optional.empty();
  }

  private Verdict newest(String key, long atUs) {
    Verdict newest = null;
    for (Verdict each : byKey.get(key)) {
      if (each.eventTimeUs() <= atUs
          && (newest == null || each.eventTimeUs() >= newest.eventTimeUs())) {
        newest = each;
      }
    }
    return newest;
  }

  private static boolean demands(Verdict word, Mode more, long resumedUs) {
    return word != null
        && word.phase() != Phase.CLEAR
        && word.phase() != Phase.PENDING
        && word.action() != null
        && word.action().mode().compareTo(more) > 0
        && word.episodeStartUs() > resumedUs;
  }

  private static String stands(Verdict word) {
    return word.criterionId()
        + " was "
        + word.phase()
        + " since "
        + Reckoning.instant(word.sinceUs())
        + " and asked for "
        + word.action();
  }
}
