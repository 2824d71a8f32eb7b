// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The journal's twin in memory: for runs that remember nothing, and for tests, where an engine that
 * is built anew on the same twin is an engine that was killed. Not thread-safe.
 */
public final class MemoryJournal implements Journal {
  private final Map<String, SavedOrder> orders = new LinkedHashMap<>();
  private final Map<String, List<String>> identities = new LinkedHashMap<>();
  private final Map<String, SavedPosition> positions = new TreeMap<>();
  private BigDecimal capital;
  private long intents;

  @Override
  public Memory load() {
    SavedAccount account =
        capital == null ? null : new SavedAccount(new ArrayList<>(positions.values()), capital);
    return new Memory(new ArrayList<>(orders.values()), identities, account);
  }

  @Override
  public long nextIntent() {
    return ++intents;
  }

  @Override
  public void save(SavedOrder order) {
    orders.put(order.clientOrderId(), order);
  }

  @Override
  public void saveReport(SavedOrder order, String identity, SavedAccount account) {
    save(order);
    identities.computeIfAbsent(order.clientOrderId(), id -> new ArrayList<>()).add(identity);
    if (account != null) {
      saveAccount(account);
    }
  }

  @Override
  public void saveAccount(SavedAccount account) {
    account.positions().forEach(position -> positions.put(position.symbol(), position));
    capital = account.capital();
  }

  @Override
  public int forgetEnded(long beforeUs) {
    int before = orders.size();
    orders.values().removeIf(order -> order.state().terminal() && order.changedUs() < beforeUs);
    identities.keySet().retainAll(orders.keySet());
    return before - orders.size();
  }
}
