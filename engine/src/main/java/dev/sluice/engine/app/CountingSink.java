// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.core.EventSink;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Tick;

/** Counts what passes, for progress lines and the summary. Not thread-safe. */
final class CountingSink implements EventSink {
  private final EventSink next;
  private long ticks;
  private long orders;
  private long fills;
  private long healths;
  private long ledgers;

  CountingSink(EventSink next) {
    this.next = next;
  }

  @Override
  public void tick(Tick tick) {
    ticks++;
    next.tick(tick);
  }

  @Override
  public void order(Order order) {
    orders++;
    next.order(order);
  }

  @Override
  public void fill(Fill fill) {
    fills++;
    next.fill(fill);
  }

  @Override
  public void health(Health health) {
    healths++;
    next.health(health);
  }

  @Override
  public void ledger(Ledger ledger) {
    ledgers++;
    next.ledger(ledger);
  }

  @Override
  public long dropped() {
    return next.dropped();
  }

  long ticks() {
    return ticks;
  }

  long orders() {
    return orders;
  }

  long fills() {
    return fills;
  }

  long healths() {
    return healths;
  }

  long ledgers() {
    return ledgers;
  }

  long total() {
    return ticks + orders + fills + healths + ledgers;
  }
}
