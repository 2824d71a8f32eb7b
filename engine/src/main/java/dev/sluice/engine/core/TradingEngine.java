// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.TrialSetup;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.gate.AppliedControl;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.OpenWork;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.engine.venue.Venue;
import dev.sluice.engine.venue.VenueListener;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A market maker: one thread calls {@link #doWork} with the event time, everything else follows
 * from what was handed in. The same input gives the same events and the same {@link #stateHash}.
 *
 * <p>Within one call: what the mode forbids is cancelled first; then health and ledger of a border
 * that has been reached, so that a health record at time T comes after everything before T; then,
 * at a border of a trial's slot, every quote is cancelled; then the venue's reports; then exits,
 * fast cancels and the passes that are due. Ticks flow in every mode.
 *
 * <p>Times are epoch microseconds of event time and must not fall.
 */
public final class TradingEngine {
  private static final long LEDGER_PERIOD_US = 10_000_000L;

  /**
   * What the engine is connected to.
   *
   * @param healthPeriodUs health at every multiple of it
   */
  public record Edges(
      Markets markets,
      Venue venue,
      GateClient gate,
      EventSink sink,
      StageTimer timer,
      ProcessGauges gauges,
      FaultPlan faults,
      long healthPeriodUs) {}

  private final EngineConfig config;
  private final Edges edges;
  private final Publisher publisher;
  private final Account account;
  private final CircuitBreaker breaker;
  private final Orders orders;
  private final Exits exits;
  private final PnlTracker pnl = new PnlTracker();
  private final Map<String, SymbolTrader> traders = new LinkedHashMap<>();
  private final HealthReport health;
  private final VenueListener inbox =
      new VenueListener() {
        @Override
        public void onReport(ExecutionReport report) {
          tell(orders.onReport(report, nowUs));
        }

        @Override
        public void onStatus(OrderStatus status) {
          tell(orders.onStatus(status, nowUs));
        }
      };
  private final TrialSlots slots;
  private final FlagSwitch flags;
  private final PassSchedule schedule;
  private final long statusPeriodUs;
  private long nextHealthUs;
  private long nextLedgerUs;
  private long nextStatusUs;
  private Mode mode = Mode.PAUSE;
  private long nowUs = Long.MIN_VALUE;

  /** An engine that remembers no order over its own end. */
  public TradingEngine(EngineConfig config, RunIdentity run, Edges edges) {
    this(config, run, edges, new MemoryJournal());
  }

  /** An engine that knows no trial. */
  public TradingEngine(EngineConfig config, RunIdentity run, Edges edges, Journal journal) {
    this(config, run, edges, journal, null);
  }

  /**
   * Builds an engine; it reads the journal and asks the venue from the first {@link #doWork} on.
   *
   * @param journal what an earlier process left, and where orders are kept
   * @param trial the one it can run, null for none
   */
  public TradingEngine(
      EngineConfig config, RunIdentity run, Edges edges, Journal journal, TrialSetup trial) {
    this.flags = new FlagSwitch(config, trial);
    this.slots = new TrialSlots(trial == null ? null : trial.plan(), flags.inForce());
    this.config = config;
    this.edges = edges;
    List<Instrument> instruments = new ArrayList<>();
    for (String symbol : edges.markets().symbols()) {
      instruments.add(Instrument.of(symbol));
    }
    this.publisher = new Publisher(run, config.account(), edges.sink(), edges.faults(), slots);
    this.account = new Account(config.startEquity(), instruments, edges.venue().balances());
    this.breaker = new CircuitBreaker(config.breaker(), run.startedAtUs());
    this.orders =
        new Orders(
            config,
            edges.venue(),
            publisher,
            account,
            edges.markets(),
            edges.gate(),
            breaker,
            edges.faults(),
            journal,
            slots);
    this.exits = new Exits(instruments, edges.markets(), orders, account);
    for (Instrument instrument : instruments) {
      traders.put(
          instrument.symbol(),
          new SymbolTrader(
              config,
              instrument,
              edges.markets().of(instrument.symbol()),
              edges.venue(),
              orders,
              account,
              publisher,
              edges.timer(),
              edges.faults(),
              slots,
              trial));
    }
    this.health =
        new HealthReport(
            publisher, account, breaker, orders, pnl, traders.values(), flags, edges, slots);
    this.schedule = new PassSchedule(config, run.startedAtUs());
    this.statusPeriodUs = config.breaker().statusPollMs() * 1_000L;
    this.nextHealthUs = Borders.ceil(run.startedAtUs(), edges.healthPeriodUs());
    this.nextLedgerUs = Borders.ceil(run.startedAtUs(), LEDGER_PERIOD_US);
  }

  /** Continues the trading day of an earlier run. */
  public void restoreDay(double dayStartEquity) {
    pnl.restore(publisher.run().startedAtUs(), dayStartEquity);
  }

  /** Does what is due; returns how much that was. */
  public int doWork(long timeUs) {
    if (timeUs < nowUs) {
      throw new IllegalArgumentException("event time fell from " + nowUs + " to " + timeUs);
    }
    nowUs = timeUs;
    int work = orders.recover(nowUs);
    work += obey();
    work += borders();
    for (SymbolTrader trader : traders.values()) {
      work += trader.turnSlot(nowUs);
    }
    work += edges.venue().poll(nowUs, inbox);
    work += status();
    if (mode == Mode.FLATTEN) {
      work += exits.flatten(nowUs);
    }
    for (SymbolTrader trader : traders.values()) {
      work += trader.fastCancel(nowUs);
    }
    return work + passes();
  }

  /** Obeys control and books reports, nothing else: after the end of a run. */
  public void obeyAndBook(long timeUs) {
    nowUs = Math.max(nowUs, timeUs);
    obey();
    edges.venue().poll(nowUs, inbox);
    if (mode == Mode.FLATTEN) {
      exits.flatten(nowUs);
    }
  }

  /** When this engine has something to do even if nothing happens. */
  public long nextWakeUs() {
    long border = Math.min(nextHealthUs, nextLedgerUs);
    return schedule.waits(versions()) ? border : Math.min(border, schedule.nextUs());
  }

  /** Publishes health as of {@code borderUs}: everything before it has been sent. */
  public void punctuate(long borderUs) {
    mark();
    health.publish(borderUs, mode);
  }

  /**
   * Cancels every order, as the last thing a run does: also the others when one cannot be cancelled
   * or published, and fails afterwards.
   */
  public void cancelAll(long timeUs, String reason) {
    RuntimeException failure = null;
    for (LiveOrder order : orders.all()) {
      try {
        orders.cancel(order, timeUs, reason);
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Mode in force at the last call. */
  public Mode mode() {
    return mode;
  }

  /** What the gate client needs to know of our orders, positions and trial. */
  public OpenWork openWork() {
    return orders.openWork();
  }

  /** Orders that are not terminal, as the engine knows them. */
  public List<OpenOrder> openOrders() {
    return orders.openOrders();
  }

  public List<Position> positions() {
    return account.positions();
  }

  public List<Balance> balances() {
    return account.balances(Map.of());
  }

  /** Whether it has come back from its journal: before that it sends nothing but cancels. */
  public boolean recovered() {
    return orders.recovered();
  }

  /** Equity marked to the last mids. */
  public double equity() {
    return account.equity();
  }

  public double dayStartEquity() {
    return pnl.dayStartEquity();
  }

  /** Everything that decides what comes next, and everything that was sent, in one number. */
  public long stateHash() {
    StateHash hash = new StateHash();
    publisher.hash(hash);
    account.hash(hash);
    orders.hash(hash);
    traders.values().forEach(trader -> trader.hash(hash));
    hash.add(breaker.state().name()).add(mode.name()).add(pnl.dayStartEquity());
    slots.hash(hash);
    flags.hash(hash);
    return hash.add(schedule.nextUs()).add(nextHealthUs).add(nextLedgerUs).value();
  }

  private int obey() {
    mode = edges.gate().mode();
    int work = 0;
    AppliedControl applied = edges.gate().applied();
    boolean trialRan = slots.running();
    if (slots.obey(applied, nowUs)) {
      for (SymbolTrader trader : traders.values()) {
        work += trader.endTreatment(nowUs);
      }
    }
    if (flags.obey(applied, trialRan && slots.running())) {
      for (SymbolTrader trader : traders.values()) {
        work += trader.reconfigure(flags.config(), flags.treated(), nowUs);
      }
    }
    slots.tell(flags.inForce(), flags.refusal());
    return mode == Mode.RUN ? work : work + orders.cancelForbidden(nowUs);
  }

  private int borders() {
    int work = 0;
    if (nowUs >= nextHealthUs) {
      long borderUs = Borders.floor(nowUs, edges.healthPeriodUs());
      punctuate(borderUs);
      nextHealthUs = borderUs + edges.healthPeriodUs();
      work++;
    }
    if (nowUs >= nextLedgerUs) {
      long borderUs = Borders.floor(nowUs, LEDGER_PERIOD_US);
      if (orders.recovered()) {
        publisher.ledger(
            borderUs, account.balances(orders.held()), account.positions(), orders.openOrders());
      }
      nextLedgerUs = borderUs + LEDGER_PERIOD_US;
      work++;
    }
    return work;
  }

  private void tell(LiveOrder order) {
    if (order != null && !order.recovered()) {
      traders.get(order.symbol()).onOrder(order);
    }
  }

  private int status() {
    if (nowUs < nextStatusUs) {
      return 0;
    }
    nextStatusUs = nowUs + statusPeriodUs;
    orders.poll(nowUs);
    if (breaker.admitsProbe(nowUs)) {
      if (edges.faults().apiFails(nowUs)) {
        orders.countApiError();
        breaker.onError(nowUs);
      } else {
        breaker.onSuccess(nowUs);
      }
    }
    return 1;
  }

  private int passes() {
    if (!schedule.take(nowUs, versions())) {
      return 0;
    }
    int passes = 0;
    mark();
    double equity = account.equity();
    pnl.update(equity, nowUs);
    boolean lossCapHit = pnl.dayLossRatio(equity) >= config.caps().maxDailyLossRatio();
    for (SymbolTrader trader : traders.values()) {
      if (trader.tradable()) {
        trader.pass(nowUs, mode, breaker.state(), pnl.recentLossBps(), lossCapHit);
        passes++;
      }
    }
    return passes;
  }

  private long versions() {
    long sum = 0;
    for (SymbolTrader trader : traders.values()) {
      sum += trader.version();
    }
    return sum;
  }

  private void mark() {
    for (Map.Entry<String, SymbolTrader> entry : traders.entrySet()) {
      if (entry.getValue().tradable()) {
        account.mark(entry.getKey(), entry.getValue().mid());
      }
    }
  }
}
