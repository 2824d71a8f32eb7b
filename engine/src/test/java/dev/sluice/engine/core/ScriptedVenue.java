// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.venue.NewOrder;
import dev.sluice.engine.venue.Venue;
import dev.sluice.engine.venue.VenueListener;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Position;
import java.util.ArrayList;
import java.util.List;

/** Takes everything, remembers it, and answers nothing: what it says is the test's business. */
final class ScriptedVenue implements Venue {
  final List<NewOrder> submits = new ArrayList<>();
  final List<String> cancels = new ArrayList<>();
  final List<String> queries = new ArrayList<>();
  final List<OpenOrder> open = new ArrayList<>();
  final List<Position> positions = new ArrayList<>();
  final List<Balance> balances = new ArrayList<>();
  Runnable beforeSubmit = () -> {};

  @Override
  public void submit(NewOrder order, long nowUs) {
    beforeSubmit.run();
    submits.add(order);
  }

  @Override
  public void cancel(String clientOrderId, long nowUs) {
    cancels.add(clientOrderId);
  }

  @Override
  public void query(String clientOrderId, long nowUs) {
    queries.add(clientOrderId);
  }

  @Override
  public int poll(long nowUs, VenueListener listener) {
    return 0;
  }

  @Override
  public List<OpenOrder> openOrders() {
    return open;
  }

  @Override
  public double queueAhead(String clientOrderId) {
    return Double.NaN;
  }

  @Override
  public List<Position> positions() {
    return positions;
  }

  @Override
  public List<Balance> balances() {
    return balances;
  }
}
