// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Tick;
import java.util.ArrayList;
import java.util.List;

/** Keeps every event in its order. */
public final class MemorySink implements EventSink {
  public final List<Record> all = new ArrayList<>();
  public final List<Tick> ticks = new ArrayList<>();
  public final List<Order> orders = new ArrayList<>();
  public final List<Fill> fills = new ArrayList<>();
  public final List<Health> healths = new ArrayList<>();
  public final List<Ledger> ledgers = new ArrayList<>();

  @Override
  public void tick(Tick tick) {
    all.add(tick);
    ticks.add(tick);
  }

  @Override
  public void order(Order order) {
    all.add(order);
    orders.add(order);
  }

  @Override
  public void fill(Fill fill) {
    all.add(fill);
    fills.add(fill);
  }

  @Override
  public void health(Health health) {
    all.add(health);
    healths.add(health);
  }

  @Override
  public void ledger(Ledger ledger) {
    all.add(ledger);
    ledgers.add(ledger);
  }

  @Override
  public long dropped() {
    return 0;
  }
}
