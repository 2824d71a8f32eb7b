// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.Book;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.SnapshotStatus;

/** The two books as of one time, each on its own clock. */
record SnapshotPair(Ledger engine, Ledger venue) {

  long asOfUs() {
    return engine.asOfUs();
  }

  boolean good() {
    return engine.status() == SnapshotStatus.OK && venue.status() == SnapshotStatus.OK;
  }

  /** Keeps a snapshot; the newest of one time replaces the others. */
  static void keep(BookState books, Ledger ledger) {
    books.snapshots.removeIf(
        kept ->
            kept.book() == ledger.book()
                && kept.asOfUs() == ledger.asOfUs()
                && kept.account().equals(ledger.account()));
    books.snapshots.add(ledger);
  }

  /** The newest two of one account and one time, null when there are none. */
  static SnapshotPair newest(BookState books, ReconcileRules rules) {
    SnapshotPair newest = null;
    for (Ledger engine : books.snapshots) {
      if (engine.book() == Book.ENGINE && (newest == null || engine.asOfUs() > newest.asOfUs())) {
        Ledger venue = nearest(books, engine, rules.pairWithinUs());
        newest = venue == null ? newest : new SnapshotPair(engine, venue);
      }
    }
    return newest;
  }

  static void forget(BookState books, long beforeUs) {
    books.snapshots.removeIf(kept -> kept.asOfUs() < beforeUs);
  }

  private static Ledger nearest(BookState books, Ledger engine, long withinUs) {
    Ledger nearest = null;
    long best = withinUs + 1;
    for (Ledger venue : books.snapshots) {
      long apartUs = Math.abs(venue.asOfUs() - engine.asOfUs());
      boolean candidate = venue.book() == Book.VENUE && venue.account().equals(engine.account());
      if (candidate && apartUs < best) {
        nearest = venue;
        best = apartUs;
      }
    }
    return nearest;
  }
}
