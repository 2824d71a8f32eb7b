// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.app.WallClock;
import dev.sluice.engine.market.SimulatedFeed;
import dev.sluice.engine.sim.PaperVenue;
import dev.sluice.engine.sim.PaperVenueSettings;
import dev.sluice.engine.sim.VenueIdentity;
import dev.sluice.engine.sim.VenueLatency;
import dev.sluice.engine.sim.VenuePublisher;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A venue server in this JVM with a simulated market around 100, and everything it published. */
final class TestVenue implements AutoCloseable {
  static final String SYMBOL = "SIMUSDT";

  final WallClock clock = WallClock.start();
  final List<DropCopy> dropCopies = new CopyOnWriteArrayList<>();
  final List<Ledger> ledgers = new CopyOnWriteArrayList<>();
  final VenueServer server;

  TestVenue(String runId, VenueSettings settings) throws IOException {
    VenuePublisher publisher =
        new VenuePublisher() {
          @Override
          public void dropCopy(DropCopy dropCopy) {
            dropCopies.add(dropCopy);
          }

          @Override
          public void ledger(Ledger ledger) {
            ledgers.add(ledger);
          }
        };
    long startUs = clock.nowUs();
    PaperVenue venue =
        new PaperVenue(
            PaperVenueSettings.defaults(List.of(SYMBOL))
                .withBehaviour(VenueLatency.fixed(0), VenueLatency.fixed(0), 2_000, 0),
            new VenueIdentity("mm-1", runId, Source.PAPER, "paper"),
            publisher,
            1,
            startUs);
    server =
        VenueServer.start(
            venue,
            SimulatedFeed.ofDefaults(List.of(SYMBOL), 1, startUs),
            runId,
            "paper",
            clock::nowUs,
            settings);
  }

  static TestVenue start() throws IOException {
    return new TestVenue("v1", VenueSettings.on("127.0.0.1", 0));
  }

  int port() {
    return server.url().getPort();
  }

  /** An order that rests far from the market. */
  static NewOrder resting(String id) {
    return new NewOrder(
        id, SYMBOL, Side.BUY, OrderType.POST_ONLY, new BigDecimal("50.00"), new BigDecimal("1"));
  }

  /** An order that fills at once. */
  static NewOrder taking(String id) {
    return new NewOrder(id, SYMBOL, Side.BUY, OrderType.MARKET, null, new BigDecimal("1"));
  }

  @Override
  public void close() {
    server.close();
  }
}
