// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.app.WallClock;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.exchange.RemoteVenue;
import dev.sluice.engine.exchange.RemoteVenueSettings;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.gate.EpochStore;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.GateClientSettings;
import dev.sluice.engine.gate.GateIdentity;
import dev.sluice.engine.journal.SqliteJournal;
import dev.sluice.engine.market.Instrument;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The process the crash tests kill: the engine's orders with a journal on disk and a venue in
 * another process. It comes back from what the last one left, sends what that one was to send and
 * did not, says RECOVERED, and once told to go on sends the order of its own round, saying AT when
 * that has come to the point it is to be killed at.
 *
 * <p>Arguments: venue's URL, directory, round (0: only buy what later rounds sell), point, and
 * whether it stands still there.
 */
public final class CrashVictim {
  static final String SYMBOL = "SIMUSDT";
  private static final long RECOVERY_LIMIT_NANOS = 30_000_000_000L;

  private final WallClock clock = WallClock.start();
  private final CrashPoints points;
  private final Journal journal;
  private final CrashPoints.WatchedVenue venue;
  private final Account account;
  private final Orders orders;

  private CrashVictim(Journal journal, RemoteVenue remote, int round, CrashPoints points) {
    this.points = points;
    this.journal = points.watched(journal);
    Instrument instrument = Instrument.of(SYMBOL);
    EngineConfig config = EngineConfig.defaults();
    this.account = new Account(config.startEquity(), List.of(instrument), remote.balances());
    this.venue = points.watched(remote, account);
    RunIdentity run =
        new RunIdentity(
            config.engineId(),
            "r" + round,
            Source.PAPER,
            "test",
            "hash",
            clock.nowUs(),
            round == 0 ? 0 : 1);
    TrialSlots slots = new TrialSlots(null, Map.of());
    this.orders =
        new Orders(
            config,
            venue,
            new Publisher(run, config.account(), new MemorySink(), FaultPlan.NONE, slots),
            account,
            new Markets(List.of(SYMBOL)),
            gate(config, run),
            new CircuitBreaker(config.breaker(), clock.nowUs()),
            FaultPlan.NONE,
            this.journal,
            slots);
  }

  /** What a round is to send begins with this. */
  public static String prefix(int round) {
    return "w" + round + "-";
  }

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[1]);
    int round = Integer.parseInt(args[2]);
    CrashPoints points =
        new CrashPoints(CrashPoints.Point.valueOf(args[3]), Boolean.parseBoolean(args[4]));
    WallClock clock = WallClock.start();
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (SqliteJournal journal =
            new SqliteJournal(directory.resolve("journal.db"), SqliteJournal.Durability.FULL);
        RemoteVenue remote =
            RemoteVenue.connect(
                URI.create(args[0]),
                List.of(SYMBOL),
                clock::nowUs,
                RemoteVenueSettings.defaults())) {
      CrashVictim victim = new CrashVictim(journal, remote, round, points);
      int placed = victim.comeBack(journal, round - 1);
      CrashPoints.say(
          "RECOVERED " + victim.venue.agreed() + " " + victim.venue.resent() + " " + placed);
      String order = told.readLine();
      if (order != null && order.equals("go")) {
        victim.trade(round);
      }
    }
  }

  /** Recovers, and sees the last round through; returns how many orders that took. */
  private int comeBack(Journal saved, int lastRound) {
    work(orders::recovered);
    venue.recoveryIsOver();
    if (lastRound < 0) {
      settled(send(lastRound + 1, Side.BUY, OrderType.MARKET, Purpose.HEDGE, null, "4"));
      return 0;
    }
    boolean reached =
        saved.load().orders().stream()
            .filter(order -> order.clientOrderId().startsWith(prefix(lastRound)))
            .anyMatch(order -> order.state() != OrderState.REJECTED);
    if (!reached) {
      LiveOrder again = send(lastRound);
      work(() -> again.state().terminal() || again.resting());
      if (again.resting()) {
        orders.cancel(again, clock.nowUs(), "seen through");
      }
      settled(again);
      return 1;
    }
    return 0;
  }

  /** The round in which this process dies: forever, unless it is killed. */
  private void trade(int round) {
    points.arm(prefix(round));
    LiveOrder order = send(round);
    work(() -> order.state() != OrderState.SUBMITTED);
    if (order.resting()) {
      orders.cancel(order, clock.nowUs(), "seen through");
    }
    while (true) {
      work(() -> true);
    }
  }

  private LiveOrder send(int round) {
    return switch (round % 3) {
      case 0 -> send(round, Side.SELL, OrderType.MARKET, Purpose.HEDGE, null, "0.01");
      case 1 -> send(round, Side.SELL, OrderType.LIMIT, Purpose.HEDGE, "150.00", "0.01");
      default -> send(round, Side.BUY, OrderType.POST_ONLY, Purpose.QUOTE, "50.00", "1");
    };
  }

  private LiveOrder send(
      int round, Side side, OrderType type, Purpose purpose, String price, String qty) {
    LiveOrder order =
        orders.send(
            new LiveOrder.Intent(
                prefix(round) + "i" + journal.nextIntent(),
                1,
                SYMBOL,
                side,
                type,
                purpose,
                price == null ? null : new BigDecimal(price),
                new BigDecimal(qty),
                100.0,
                100.0),
            clock.nowUs());
    if (order == null) {
      throw new IllegalStateException("round " + round + " may not send");
    }
    return order;
  }

  private void settled(LiveOrder order) {
    work(() -> order.state().terminal());
  }

  /** The engine's loop, until something has come about. */
  private void work(BooleanSupplier reached) {
    long untilNanos = System.nanoTime() + RECOVERY_LIMIT_NANOS;
    do {
      venue.await(1_000L);
      long nowUs = clock.nowUs();
      orders.recover(nowUs);
      venue.poll(nowUs, points.listener(orders, nowUs));
      orders.poll(nowUs);
      if (System.nanoTime() > untilNanos) {
        throw new IllegalStateException("nothing comes of it");
      }
    } while (!reached.getAsBoolean());
  }

  /** A gate whose judge permits everything. */
  private GateClient gate(EngineConfig config, RunIdentity run) {
    long nowUs = clock.nowUs();
    GateClient gate =
        new GateClient(
            new GateIdentity(config.engineId(), run.runId(), run.source()),
            GateClientSettings.defaults(),
            EpochStore.forgetful(),
            ack -> {});
    gate.controlReadToEnd(nowUs);
    gate.onLease(
        new Lease(Lease.SCHEMA, config.engineId(), nowUs, 1e12, nowUs, 0L, "judge"), nowUs);
    return gate;
  }
}
