// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.Health;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Safeguards;
import java.util.Collection;

/** Gathers the health record of a border: counters, gauges, equity. Not thread-safe. */
final class HealthReport {
  private final Publisher publisher;
  private final Account account;
  private final CircuitBreaker breaker;
  private final Orders orders;
  private final PnlTracker pnl;
  private final Collection<SymbolTrader> traders;
  private final TradingEngine.Edges edges;
  private final FlagSwitch flags;
  private final TrialSlots slots;

  HealthReport(
      Publisher publisher,
      Account account,
      CircuitBreaker breaker,
      Orders orders,
      PnlTracker pnl,
      Collection<SymbolTrader> traders,
      FlagSwitch flags,
      TradingEngine.Edges edges,
      TrialSlots slots) {
    this.publisher = publisher;
    this.account = account;
    this.breaker = breaker;
    this.orders = orders;
    this.pnl = pnl;
    this.traders = traders;
    this.edges = edges;
    this.flags = flags;
    this.slots = slots;
  }

  /** Publishes health as of {@code borderUs}, with positions at their newest marks. */
  void publish(long borderUs, Mode mode) {
    double equity = account.equity();
    pnl.update(equity, borderUs);
    long staleMarks = 0;
    long guardTriggers = 0;
    for (SymbolTrader trader : traders) {
      staleMarks += trader.staleMarks();
      guardTriggers += trader.guardTriggers();
    }
    RunIdentity run = publisher.run();
    publisher.health(
        new Health(
            Health.SCHEMA,
            run.engineId(),
            run.runId(),
            publisher.nextHealth(),
            borderUs,
            run.source(),
            run.buildId(),
            run.configHash(),
            run.startedAtUs(),
            edges.gauges().rssBytes(borderUs),
            edges.gauges().heapBytes(borderUs),
            edges.gauges().gcPauseMsTotal(borderUs),
            breaker.state(),
            breaker.sinceUs(),
            0L,
            orders.apiErrors(),
            staleMarks,
            guardTriggers,
            run.restarts(),
            orders.unfilledCount(borderUs),
            orders.openCount(),
            equity,
            account.realisedPnl(),
            account.unrealisedPnl(),
            pnl.dayStartEquity(),
            mode,
            edges.gate().applied().epoch(),
            edges.gate().leaseLeftMs(),
            publisher.dropped(),
            publisher.sent(),
            flags.inForce(),
            safeguards(),
            slots.state(borderUs)));
  }

  private Safeguards safeguards() {
    SafeguardCounts counts = orders.counts();
    return new Safeguards(
        counts.duplicateReports(),
        counts.quarantinedReports(),
        counts.lateFills(),
        counts.hedgeEscalations(),
        orders.clock().skewMs());
  }
}
