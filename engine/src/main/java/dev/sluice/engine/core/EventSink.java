// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Tick;

/**
 * Where the engine's events go. Never blocks. Only a tick may be dropped; what is dropped is
 * counted.
 */
public interface EventSink {
  void tick(Tick tick);

  void order(Order order);

  void fill(Fill fill);

  void health(Health health);

  void ledger(Ledger ledger);

  /** Events dropped since the start because there was no room for them. */
  long dropped();
}
