// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

/**
 * What was counted on the way.
 *
 * @param lateFills matched long after the venue made them
 * @param forgottenFills given up because too many waited for their other side
 * @param forgottenIds of fills and orders, because too many were remembered
 * @param droppedDifferences not told apart because there were too many
 * @param unmatchableFills of before both sides were heard, or of an account that has started anew
 */
public record ReconcileCounts(
    long lateFills,
    long forgottenFills,
    long forgottenIds,
    long droppedDifferences,
    long unmatchableFills) {
  static final ReconcileCounts ZERO = new ReconcileCounts(0, 0, 0, 0, 0);

  /** All so far. */
  static ReconcileCounts of(BookState books) {
    return new ReconcileCounts(
        books.lateFills,
        books.forgottenFills,
        books.forgottenIds,
        books.droppedDifferences,
        books.unmatchableFills);
  }

  ReconcileCounts since(ReconcileCounts before) {
    return new ReconcileCounts(
        lateFills - before.lateFills,
        forgottenFills - before.forgottenFills,
        forgottenIds - before.forgottenIds,
        droppedDifferences - before.droppedDifferences,
        unmatchableFills - before.unmatchableFills);
  }
}
