// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.Journal;
import dev.sluice.engine.core.Markets;
import dev.sluice.engine.core.MeasuredTimer;
import dev.sluice.engine.core.MemoryJournal;
import dev.sluice.engine.core.MemoryModel;
import dev.sluice.engine.core.ModelledTimer;
import dev.sluice.engine.core.ProcessGauges;
import dev.sluice.engine.core.RunIdentity;
import dev.sluice.engine.core.StageTimer;
import dev.sluice.engine.core.StormTimer;
import dev.sluice.engine.core.TradingEngine;
import dev.sluice.engine.exchange.RemoteMarket;
import dev.sluice.engine.exchange.RemoteVenue;
import dev.sluice.engine.exchange.RemoteVenueSettings;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.gate.EpochStore;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.GateClientSettings;
import dev.sluice.engine.gate.GateIdentity;
import dev.sluice.engine.gate.edge.FileEpochStore;
import dev.sluice.engine.gate.edge.KafkaControlLink;
import dev.sluice.engine.journal.SqliteJournal;
import dev.sluice.engine.kafka.KafkaEventSink;
import dev.sluice.engine.market.CaptureFeed;
import dev.sluice.engine.market.MarketDataFeed;
import dev.sluice.engine.market.SimulatedFeed;
import dev.sluice.engine.metrics.EngineMetrics;
import dev.sluice.engine.metrics.MeteredSink;
import dev.sluice.engine.sim.PaperVenue;
import dev.sluice.engine.sim.PaperVenueSettings;
import dev.sluice.engine.sim.ScenarioVenueFaults;
import dev.sluice.engine.sim.VenueIdentity;
import dev.sluice.engine.venue.DrivenVenue;
import dev.sluice.schemas.Source;
import java.io.IOException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles one process: who it is, where it starts, which clocks and edges it has. */
final class EngineRun {
  private static final Logger LOG = LoggerFactory.getLogger(EngineRun.class);
  private static final long BORDER_US = 10_000_000L;
  private static final long SECOND_US = 1_000_000L;
  private static final long FOR_EVER_US = Long.MAX_VALUE / 4;

  private final RunPlan plan;
  private final PrintWriter out;

  EngineRun(RunPlan plan, PrintWriter out) {
    this.plan = plan;
    this.out = out;
  }

  /** Plays the run to its end or to a signal; returns the exit code. */
  int play() throws IOException {
    WallClock wall = WallClock.start();
    EngineConfig config = plan.config();
    boolean realtime = plan.pace().kind() == Pace.Kind.REALTIME;
    try (MarketDataFeed data = plan.data().isEmpty() ? null : new CaptureFeed(plan.data());
        RemoteVenue remote = remoteVenue(wall);
        RemoteMarket watched = watchedMarket(wall)) {
      RunSpan span = RunSpan.of(plan, data, wall.nowUs());
      MarketDataFeed feed =
          data != null
              ? data
              : remote != null
                  ? remote.feed()
                  : watched != null
                      ? watched.feed()
                      : SimulatedFeed.ofDefaults(config.symbols(), config.seed(), span.originUs());
      Source source = data != null ? Source.REPLAY : realtime ? Source.PAPER : Source.SIMULATED;
      RunIdentity run =
          new RunIdentity(
              config.engineId(),
              span.runId(),
              source,
              config.buildId(),
              ConfigHash.of(config),
              span.startUs(),
              span.restarts());
      FaultPlan faults = new FaultPlan(span.originUs(), plan.faults());
      try (KafkaEventSink kafka =
              new KafkaEventSink(plan.kafka(), config.engineId(), config.outbox());
          KafkaControlLink link =
              new KafkaControlLink(plan.kafka(), config.engineId(), plan.trust(), wall::nowUs)) {
        EpochStore epochs = epochs();
        Journal journal = null;
        MeteredSink metered = plan.metricsPort() == null ? null : new MeteredSink(kafka);
        EngineMetrics metrics = null;
        try {
          metrics = metrics(metered);
          journal = journal(realtime);
          CountingSink sink = new CountingSink(metered == null ? kafka : metered);
          GateClient gate =
              new GateClient(
                  new GateIdentity(config.engineId(), run.runId(), source),
                  GateClientSettings.defaults(),
                  epochs,
                  link);
          Markets markets = new Markets(feed.symbols());
          DrivenVenue venue =
              remote != null
                  ? remote
                  : new PaperVenue(
                      PaperVenueSettings.defaults(feed.symbols()),
                      new VenueIdentity(
                          config.engineId(), run.runId() + "v", source, config.account()),
                      kafka,
                      ScenarioVenueFaults.of(faults, config.seed()),
                      plan.venueSeed(),
                      span.startUs());
          TradingEngine engine =
              new TradingEngine(
                  span.continued(config),
                  run,
                  new TradingEngine.Edges(
                      markets,
                      venue,
                      gate,
                      sink,
                      timer(config, realtime, faults),
                      gauges(config, realtime, faults, span.startUs()),
                      faults,
                      realtime ? SECOND_US : BORDER_US),
                  journal,
                  plan.trial());
          span.restoreDay(engine);
          PacedRunner runner =
              new PacedRunner(
                  new PacedRunner.Parts(
                      feed, markets, venue, gate, link::poll, wall::nowUs, engine, faults),
                  span.startUs(),
                  span.endUs() < 0 ? FOR_EVER_US : span.endUs());
          RunLoop loop =
              new RunLoop(
                  plan,
                  span,
                  new RunLoop.Parts(runner, engine, gate, link, sink, kafka, wall),
                  out);
          return loop.play();
        } finally {
          if (metrics != null) {
            metrics.close();
          }
          if (journal instanceof SqliteJournal file) {
            file.close();
          }
          if (epochs instanceof FileEpochStore file) {
            file.close();
          }
        }
      }
    }
  }

  /** Null when nobody asked for them. */
  private EngineMetrics metrics(MeteredSink metered) throws IOException {
    if (metered == null) {
      return null;
    }
    EngineMetrics metrics =
        new EngineMetrics(metered, plan.config().engineId(), plan.metricsPort());
    LOG.info("metrics at http://127.0.0.1:{}/metrics", metrics.port());
    return metrics;
  }

  private RemoteVenue remoteVenue(WallClock wall) {
    return plan.venue() == null || plan.shadow()
        ? null
        : RemoteVenue.connect(
            plan.venue(), plan.config().symbols(), wall::nowUs, RemoteVenueSettings.defaults());
  }

  /** A shadow reads the market of the venue where the other engine trades, and sends nothing. */
  private RemoteMarket watchedMarket(WallClock wall) {
    return plan.venue() == null || !plan.shadow()
        ? null
        : RemoteMarket.connect(
            plan.venue(), plan.config().symbols(), wall::nowUs, RemoteVenueSettings.defaults());
  }

  private EpochStore epochs() {
    return plan.stateDir() == null
        ? EpochStore.forgetful()
        : new FileEpochStore(plan.stateDir().resolve("epoch"));
  }

  /** After the epoch store, whose lock keeps a second engine out of the directory. */
  private Journal journal(boolean realtime) {
    return plan.stateDir() == null
        ? new MemoryJournal()
        : new SqliteJournal(
            plan.stateDir().resolve("journal.db"),
            realtime ? SqliteJournal.Durability.FULL : SqliteJournal.Durability.NORMAL);
  }

  private static StageTimer timer(EngineConfig config, boolean realtime, FaultPlan faults) {
    StageTimer timer =
        realtime
            ? new MeasuredTimer(System::nanoTime)
            : new ModelledTimer(config.latencyModel(), config.deadlineMs(), config.seed());
    return new StormTimer(timer, faults, config.seed());
  }

  private static ProcessGauges gauges(
      EngineConfig config, boolean realtime, FaultPlan faults, long startUs) {
    return realtime
        ? new MeasuredGauges()
        : new MemoryModel(config.memoryModel(), faults, startUs, config.seed());
  }
}
