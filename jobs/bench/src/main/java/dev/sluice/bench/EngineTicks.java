// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.engine.app.PacedRunner;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigLoader;
import dev.sluice.engine.core.EventSink;
import dev.sluice.engine.core.Markets;
import dev.sluice.engine.core.MemoryModel;
import dev.sluice.engine.core.ModelledTimer;
import dev.sluice.engine.core.RunIdentity;
import dev.sluice.engine.core.TradingEngine;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.gate.EpochStore;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.GateClientSettings;
import dev.sluice.engine.gate.GateIdentity;
import dev.sluice.engine.market.SimulatedFeed;
import dev.sluice.engine.sim.PaperVenue;
import dev.sluice.engine.sim.PaperVenueSettings;
import dev.sluice.engine.sim.ScenarioVenueFaults;
import dev.sluice.engine.sim.VenueIdentity;
import dev.sluice.engine.sim.VenuePublisher;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Tick;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a paper-trading engine says at full speed: no Kafka, no judge, a lease for ever. The same
 * engine gives the same ticks each time.
 */
final class EngineTicks {
  /** Event time at which every engine begins. */
  static final long START_US = 1_767_571_200_000_000L;

  /** Passes per second of event time: two symbols, twenty each. */
  static final int TICKS_PER_SECOND = 40;

  private static final long WALL_US = START_US;
  private static final long STEP_US = 60_000_000L;
  private static final List<String> SETTINGS =
      List.of("ticks_per_second=20", "symbols=[SIMUSDT, ALTUSDT]");

  private final String engineId;
  private final long most;
  private final Consumer<Tick> ticks;
  private long sent;

  private EngineTicks(String engineId, long most, Consumer<Tick> ticks) {
    this.engineId = engineId;
    this.most = most;
    this.ticks = ticks;
  }

  /** Name of an engine, from 0. */
  static String name(long engine) {
    return "mm-" + (engine + 1);
  }

  /** Plays an engine in this thread until it has said so many ticks. */
  static void play(long engine, long most, Consumer<Tick> ticks) {
    new EngineTicks(name(engine), most, ticks).play(42 + engine);
  }

  private void play(long seed) {
    EngineConfig config =
        EngineConfigLoader.parse(
            "engine_id: " + engineId + "\nseed: " + seed + "\n", "bench", SETTINGS);
    SimulatedFeed feed = SimulatedFeed.ofDefaults(config.symbols(), config.seed(), START_US);
    Markets markets = new Markets(feed.symbols());
    FaultPlan faults = FaultPlan.NONE;
    String runId = engineId + "-run-1";
    PaperVenue venue =
        new PaperVenue(
            PaperVenueSettings.defaults(feed.symbols()),
            new VenueIdentity(engineId, runId + "v", Source.SIMULATED, config.account()),
            new Unheard(),
            ScenarioVenueFaults.of(faults, seed),
            seed,
            START_US);
    GateClient gate =
        new GateClient(
            new GateIdentity(engineId, runId, Source.SIMULATED),
            GateClientSettings.defaults(),
            EpochStore.forgetful(),
            ack -> {});
    gate.controlReadToEnd(WALL_US);
    gate.onLease(new Lease(Lease.SCHEMA, engineId, WALL_US, 1e12, START_US, 0, "bench"), WALL_US);
    TradingEngine trading =
        new TradingEngine(
            config,
            new RunIdentity(engineId, runId, Source.SIMULATED, "bench", "none", START_US, 0),
            new TradingEngine.Edges(
                markets,
                venue,
                gate,
                new Heard(),
                new ModelledTimer(config.latencyModel(), config.deadlineMs(), seed),
                new MemoryModel(config.memoryModel(), faults, START_US, seed),
                faults,
                10_000_000L));
    PacedRunner runner =
        new PacedRunner(
            new PacedRunner.Parts(
                feed, markets, venue, gate, client -> 0, () -> WALL_US, trading, faults),
            START_US,
            Long.MAX_VALUE / 4);
    for (long limitUs = START_US; sent < most; limitUs += STEP_US) {
      runner.run(limitUs, Integer.MAX_VALUE);
    }
  }

  private final class Heard implements EventSink {
    @Override
    public void tick(Tick tick) {
      if (sent < most) {
        sent++;
        ticks.accept(tick);
      }
    }

    @Override
    public void order(Order order) {
      // Only ticks are measured.
    }

    @Override
    public void fill(Fill fill) {
      // Only ticks are measured.
    }

    @Override
    public void health(Health health) {
      // Only ticks are measured.
    }

    @Override
    public void ledger(Ledger ledger) {
      // Only ticks are measured.
    }

    @Override
    public long dropped() {
      return 0;
    }
  }

  private static final class Unheard implements VenuePublisher {
    @Override
    public void dropCopy(DropCopy dropCopy) {
      // Only ticks are measured.
    }

    @Override
    public void ledger(Ledger ledger) {
      // Only ticks are measured.
    }
  }
}
