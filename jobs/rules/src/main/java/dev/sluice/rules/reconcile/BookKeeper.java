// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.SnapshotStatus;

/** Enters events into the books, one at a time, in their order. */
final class BookKeeper {
  private final ReconcileRules rules;
  private final Fills fills;
  private final Orders orders;
  private final VenueFigures venueFigures;

  BookKeeper(ReconcileRules rules) {
    this.rules = rules;
    this.fills = new Fills(rules);
    this.orders = new Orders(rules);
    this.venueFigures = new VenueFigures(rules);
  }

  void take(BookState books, EngineEvent event, Sight sight) {
    if (event.dropCopy() != null) {
      dropCopy(books, event, sight);
    } else if (event.order() != null) {
      Order order = event.order();
      hear(books.engine, order.eventTimeUs(), order.runId());
      orders.said(books, order, event.at());
    } else if (event.fill() != null) {
      fill(books, event, sight);
    } else if (event.ledger() != null) {
      ledger(books, event.ledger());
    } else if (event.health() != null) {
      Health health = event.health();
      hear(books.engine, health.eventTimeUs(), health.runId());
      books.equity = health.equity();
    }
  }

  private void dropCopy(BookState books, EngineEvent event, Sight sight) {
    DropCopy copy = event.dropCopy();
    hear(books.venue, copy.eventTimeUs(), copy.runId());
    orders.reported(books, event);
    if (copy.fillId() != null && copy.lastPrice() != null && copy.lastQty() != null) {
      mark(books, copy.symbol(), copy.lastPrice().doubleValue());
      venueFigures.executed(books, copy);
      fills.executed(books, copy.fillId(), Execution.of(copy, event.at()), sight);
    }
  }

  private void fill(BookState books, EngineEvent event, Sight sight) {
    Fill fill = event.fill();
    hear(books.engine, fill.eventTimeUs(), fill.runId());
    boolean mid = Double.isFinite(fill.midAtFill()) && fill.midAtFill() > 0;
    mark(books, fill.symbol(), mid ? fill.midAtFill() : fill.price().doubleValue());
    fills.booked(books, fill.fillId(), Execution.of(fill, event.at()), sight);
  }

  private void ledger(BookState books, Ledger ledger) {
    boolean venue = ledger.book() == Book.VENUE;
    hear(venue ? books.venue : books.engine, ledger.eventTimeUs(), ledger.runId());
    SnapshotPair.keep(books, ledger);
    if (venue && ledger.status() == SnapshotStatus.OK) {
      if (VenueFigures.startsAnew(books, ledger)) {
        fills.accountStartsAnew(books, ledger);
      }
      venueFigures.said(books, ledger);
    }
    ledger.positions().stream()
        .filter(position -> position.avgPrice() != null)
        .forEach(
            position ->
                books.marks.putIfAbsent(position.symbol(), position.avgPrice().doubleValue()));
  }

  private void hear(Voice voice, long timeUs, String runId) {
    voice.hear(timeUs, runId, rules.silentAfterUs());
  }

  private void mark(BookState books, String symbol, double price) {
    if (price > 0
        && (books.marks.size() < rules.maxRemembered() || books.marks.containsKey(symbol))) {
      books.marks.put(symbol, price);
    }
  }

  /** Keeps what is remembered within its limits. */
  void prune(BookState books, long endUs) {
    fills.prune(books);
    orders.prune(books);
    SnapshotPair.forget(books, endUs - rules.noPairAfterUs());
  }
}
