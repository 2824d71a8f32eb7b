// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Verdict;
import java.util.List;

/**
 * What one event led to.
 *
 * @param verdicts each evaluation's end with its word of progress
 * @param counts what was counted on the way, of this event alone
 * @param refused true when the event was not kept because too many wait
 */
public record Reconciled(
    List<Finding> findings,
    List<Drift> drifts,
    List<Verdict> verdicts,
    ReconcileCounts counts,
    boolean refused) {
  static final Reconciled NOTHING =
      new Reconciled(List.of(), List.of(), List.of(), ReconcileCounts.ZERO, false);
  static final Reconciled REFUSED =
      new Reconciled(List.of(), List.of(), List.of(), ReconcileCounts.ZERO, true);
}
