// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigLoader;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.gate.EpochStore;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.GateClientSettings;
import dev.sluice.engine.gate.GateIdentity;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.SeededRandom;
import dev.sluice.engine.market.SimulatedFeed;
import dev.sluice.engine.sim.PaperVenue;
import dev.sluice.engine.sim.PaperVenueSettings;
import dev.sluice.engine.sim.VenueIdentity;
import dev.sluice.engine.sim.VenuePublisher;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.engine.venue.Venue;
import dev.sluice.engine.venue.VenueListener;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An engine that dies, again and again, at one point of an order's life, and comes back to a venue
 * that lived on. The reports that were under way to it are lost with it.
 */
class CrashTest {
  private static final long SECOND_US = 1_000_000L;
  private static final int CRASHES = 25;

  /** Where in an order's life the process ends. */
  private enum Point {
    BEFORE_PERSIST,
    AFTER_PERSIST,
    AFTER_VENUE_ACCEPTED,
    AFTER_LINKING
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final EngineConfig config = EngineConfigLoader.parse("", "test", List.of("seed=11"));
  private final List<DropCopy> dropCopies = new ArrayList<>();
  private final SimulatedFeed feed =
      SimulatedFeed.ofDefaults(config.symbols(), config.seed(), Sim.START_US);
  private final Markets markets = new Markets(feed.symbols());
  private final PaperVenue venue =
      new PaperVenue(
          PaperVenueSettings.defaults(feed.symbols()),
          new VenueIdentity(config.engineId(), "venue", Source.SIMULATED, config.account()),
          new VenuePublisher() {
            @Override
            public void dropCopy(DropCopy dropCopy) {
              dropCopies.add(dropCopy);
            }

            @Override
            public void ledger(Ledger ledger) {
              // Not looked at.
            }
          },
          config.seed(),
          Sim.START_US);
  private final MemoryJournal journal = new MemoryJournal();
  private final MemorySink sink = new MemorySink();
  private final SeededRandom random = SeededRandom.of(5, "crashes");
  private long nowUs = Sim.START_US;
  private Point point;
  private long stepsToLive;

  @ParameterizedTest
  @EnumSource(Point.class)
  void everyIntentIsAtMostOneVenueOrderAndTheBooksAgreeInTheEnd(Point crashPoint) {
    point = crashPoint;
    for (int restarts = 0; restarts < CRASHES; restarts++) {
      stepsToLive = 1L + random.nextInt(12);
      assertThat(runUntilItDies(engine(restarts), 3_600)).as("it dies").isTrue();
      venue.poll(nowUs + SECOND_US, report -> {});
      nowUs += SECOND_US;
    }
    stepsToLive = Long.MAX_VALUE;
    TradingEngine last = engine(CRASHES);
    runUntilItDies(last, 120);
    last.cancelAll(nowUs, "end");
    settle(last);

    assertThat(last.recovered()).isTrue();
    assertThat(venue.openOrders()).as("no orphan").isEmpty();
    assertThat(last.openOrders()).isEmpty();
    assertThat(last.positions()).hasSameSizeAs(venue.positions());
    for (int i = 0; i < last.positions().size(); i++) {
      assertThat(last.positions().get(i).qty())
          .isEqualByComparingTo(venue.positions().get(i).qty());
    }
    assertThat(
            dropCopies.stream()
                .filter(copy -> copy.state() == OrderState.ACKED)
                .map(DropCopy::clientOrderId))
        .as("venue orders")
        .hasSizeGreaterThan(CRASHES / 2)
        .doesNotHaveDuplicates();
    List<String> executions =
        dropCopies.stream().filter(copy -> copy.fillId() != null).map(DropCopy::fillId).toList();
    List<String> published = sink.fills.stream().map(Fill::fillId).toList();
    assertThat(published).doesNotHaveDuplicates().isSubsetOf(executions);
    if (point != Point.AFTER_LINKING) {
      // There the process dies between the journal and the judge, and the event is never sent.
      assertThat(published).as("executions booked").hasSameSizeAs(executions);
    }
    assertThat(dropCopies).as("no id is used twice").noneMatch(CrashTest::duplicateId);
  }

  private static boolean duplicateId(DropCopy copy) {
    return copy.reason() != null && copy.reason().startsWith("duplicate");
  }

  private boolean runUntilItDies(TradingEngine engine, long seconds) {
    try {
      for (long untilUs = nowUs + seconds * SECOND_US; nowUs < untilUs; nowUs += 50_000) {
        market();
        engine.doWork(nowUs);
      }
      return false;
    } catch (Killed e) {
      return true;
    }
  }

  private void settle(TradingEngine engine) {
    for (int i = 0; i < 200; i++) {
      nowUs += 5_000;
      market();
      engine.obeyAndBook(nowUs);
    }
  }

  private void market() {
    for (MarketEvent event = feed.poll(nowUs); event != null; event = feed.poll(nowUs)) {
      markets.apply(event);
      venue.onMarket(event);
    }
    venue.doWork(nowUs);
  }

  private void pass(Point here) {
    if (point == here && --stepsToLive <= 0) {
      throw new Killed();
    }
  }

  private TradingEngine engine(long restarts) {
    GateClient gate =
        new GateClient(
            new GateIdentity(config.engineId(), "run-" + restarts, Source.SIMULATED),
            GateClientSettings.defaults(),
            EpochStore.forgetful(),
            ack -> {});
    gate.controlReadToEnd(Sim.WALL_US);
    gate.onLease(
        new Lease(Lease.SCHEMA, config.engineId(), Sim.WALL_US, 1e12, nowUs, 0, "judge"),
        Sim.WALL_US);
    return new TradingEngine(
        config,
        new RunIdentity(
            config.engineId(), "run-" + restarts, Source.SIMULATED, "t", "h", nowUs, restarts),
        new TradingEngine.Edges(
            markets,
            new MortalVenue(),
            gate,
            sink,
            new ModelledTimer(config.latencyModel(), config.deadlineMs(), config.seed()),
            new MemoryModel(config.memoryModel(), FaultPlan.NONE, nowUs, config.seed()),
            FaultPlan.NONE,
            10 * SECOND_US),
        new MortalJournal());
  }

  /** The journal of a process that may die in it. */
  private final class MortalJournal implements Journal {
    @Override
    public Memory load() {
      return journal.load();
    }

    @Override
    public long nextIntent() {
      return journal.nextIntent();
    }

    @Override
    public void save(SavedOrder order) {
      boolean intent = order.state() == OrderState.SUBMITTED;
      if (intent) {
        pass(Point.BEFORE_PERSIST);
      }
      journal.save(order);
      if (intent) {
        pass(Point.AFTER_PERSIST);
      }
    }

    @Override
    public void saveReport(SavedOrder order, String identity, SavedAccount account) {
      journal.saveReport(order, identity, account);
      pass(Point.AFTER_LINKING);
    }

    @Override
    public void saveAccount(SavedAccount account) {
      journal.saveAccount(account);
    }

    @Override
    public int forgetEnded(long beforeUs) {
      return journal.forgetEnded(beforeUs);
    }
  }

  /** The venue as seen by a process that may die once its order has been accepted. */
  private final class MortalVenue implements Venue {
    @Override
    public void submit(NewOrder order, long atUs) {
      venue.submit(order, atUs);
      pass(Point.AFTER_VENUE_ACCEPTED);
    }

    @Override
    public void cancel(String clientOrderId, long atUs) {
      venue.cancel(clientOrderId, atUs);
    }

    @Override
    public void query(String clientOrderId, long atUs) {
      venue.query(clientOrderId, atUs);
    }

    @Override
    public int poll(long atUs, VenueListener listener) {
      return venue.poll(atUs, listener);
    }

    @Override
    public List<OpenOrder> openOrders() {
      return venue.openOrders();
    }

    @Override
    public double queueAhead(String clientOrderId) {
      return venue.queueAhead(clientOrderId);
    }

    @Override
    public List<Position> positions() {
      return venue.positions();
    }

    @Override
    public List<Balance> balances() {
      return venue.balances();
    }
  }
}
