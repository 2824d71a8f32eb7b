// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.market.MarketEvent.BookDelta;
import dev.sluice.engine.market.MarketEvent.BookSnapshot;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A venue with one symbol, a market moved by hand and everything it said. */
final class VenueHarness implements VenuePublisher {
  static final long START_US = 1_767_571_200_000_000L;
  static final String SYMBOL = "SIMUSDT";
  static final VenueIdentity IDENTITY =
      new VenueIdentity("mm-1", "run-1", Source.SIMULATED, "paper-1");

  final PaperVenue venue;
  final List<DropCopy> dropCopies = new ArrayList<>();
  final List<Ledger> ledgers = new ArrayList<>();
  long nowUs = START_US;
  private long updateId = 100;
  private long tradeId;

  /** No latency, no random rejects, a clock without offset, maker fee 1 bp, taker 5 bp. */
  VenueHarness() {
    this(settings(), VenueFaults.NONE);
  }

  VenueHarness(PaperVenueSettings settings, VenueFaults faults) {
    venue = new PaperVenue(settings, IDENTITY, this, faults, 1, START_US);
    venue.onMarket(
        new BookSnapshot(
            SYMBOL,
            nowUs,
            nowUs,
            updateId,
            new double[] {99.99, 99.98, 99.97},
            new double[] {5, 6, 7},
            new double[] {100.01, 100.02, 100.03},
            new double[] {3, 4, 5}));
  }

  static PaperVenueSettings settings() {
    return PaperVenueSettings.defaults(List.of(SYMBOL))
        .withFees(new BigDecimal("0.0001"), new BigDecimal("0.0005"))
        .withBehaviour(VenueLatency.fixed(0), VenueLatency.fixed(0), 0, 0);
  }

  static NewOrder order(String id, Side side, OrderType type, String price, String qty) {
    return new NewOrder(
        id, SYMBOL, side, type, price == null ? null : new BigDecimal(price), new BigDecimal(qty));
  }

  /** Sends an order and returns everything that came of it. */
  List<ExecutionReport> send(String id, Side side, OrderType type, String price, String qty) {
    venue.submit(order(id, side, type, price, qty), nowUs);
    return reports();
  }

  List<ExecutionReport> reports() {
    List<ExecutionReport> reports = new ArrayList<>();
    venue.poll(nowUs, reports::add);
    return reports;
  }

  List<OrderState> states() {
    return reports().stream().map(ExecutionReport::state).toList();
  }

  void trade(double price, double size, boolean buyerIsMaker) {
    nowUs += 1_000;
    venue.onMarket(new TradePrint(SYMBOL, nowUs, nowUs, ++tradeId, price, size, buyerIsMaker));
  }

  void bid(double price, double size) {
    level(new double[] {price}, new double[] {size}, new double[0], new double[0]);
  }

  void ask(double price, double size) {
    level(new double[0], new double[0], new double[] {price}, new double[] {size});
  }

  private void level(double[] bids, double[] bidSizes, double[] asks, double[] askSizes) {
    nowUs += 1_000;
    updateId++;
    venue.onMarket(
        new BookDelta(
            SYMBOL, nowUs, nowUs, updateId, updateId, -1, bids, bidSizes, asks, askSizes));
  }

  @Override
  public void dropCopy(DropCopy dropCopy) {
    dropCopies.add(dropCopy);
  }

  @Override
  public void ledger(Ledger ledger) {
    ledgers.add(ledger);
  }
}
