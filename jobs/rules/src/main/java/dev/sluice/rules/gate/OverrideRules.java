// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import java.util.Comparator;
import java.util.List;

/** The end of overrides: what they held back and still stands acts at once. */
final class OverrideRules {
  private OverrideRules() {}

  /**
   * Ends what expires by the wall clock while the judges stand still. An engine that trades in real
   * time has the event time of the wall clock; where progress flows, event time alone decides, so
   * that a replay decides the same.
   */
  static void expireByClock(Draft draft) {
    boolean realTime =
        switch (draft.source) {
          case LIVE, PAPER -> true;
          case REPLAY, SIMULATED -> false;
        };
    long silentMs = draft.time.elapsedMs(draft.progressWallUs);
    if (realTime && silentMs > draft.policy.progressBudgetMs()) {
      expire(draft, draft.time.wallUs());
    }
  }

  /**
   * Ends what expires at this event time or before, and what no override may touch any more: a
   * criterion can become a hard cap between two lives of the gate.
   */
  static void expire(Draft draft, long nowUs) {
    List<ActiveOverride> expired =
        draft.overrides.stream()
            .filter(o -> o.expiresAtUs() <= nowUs || hardCap(draft, o))
            .toList();
    if (expired.isEmpty()) {
      return;
    }
    draft.overrides.removeAll(expired);
    expired.forEach(override -> draft.record(AuditWords.expired(draft, override)));
    List<Track> acting =
        draft.tracks.stream()
            .filter(Track::standing)
            .filter(track -> Lattice.overridden(track, expired))
            .filter(track -> !Lattice.overridden(track, draft.overrides))
            .sorted(Comparator.comparing(draft::demand, Comparator.naturalOrder()).reversed())
            .toList();
    for (Track track : acting) {
      draft.holdFor(track);
    }
    if (!acting.isEmpty()) {
      Track worst = acting.get(0);
      ActiveOverride override =
          expired.stream().filter(o -> o.covers(worst)).findFirst().orElseThrow();
      draft.settle(
          Trigger.raisedBy(
              worst,
              worst.episode() + "|expired|" + override.commandId(),
              hardCap(draft, override)
                  ? draft.watermarkUs
                  : Math.max(draft.watermarkUs, override.expiresAtUs())));
    }
  }

  private static boolean hardCap(Draft draft, ActiveOverride override) {
    return draft.policy.hardCaps().contains(override.criterionId());
  }
}
