// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.app.PacedRunner;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigLoader;
import dev.sluice.engine.config.TrialPlan;
import dev.sluice.engine.config.TrialSetup;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.gate.EpochStore;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.GateClientSettings;
import dev.sluice.engine.gate.GateIdentity;
import dev.sluice.engine.market.MarketDataFeed;
import dev.sluice.engine.market.SimulatedFeed;
import dev.sluice.engine.sim.PaperVenue;
import dev.sluice.engine.sim.PaperVenueSettings;
import dev.sluice.engine.sim.ScenarioVenueFaults;
import dev.sluice.engine.sim.VenueIdentity;
import dev.sluice.engine.sim.VenuePublisher;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A whole engine in memory, with a simulated market and the paper exchange. */
public final class Sim {
  public static final long START_US = 1_767_571_200_000_000L;
  public static final long WALL_US = 1_790_000_000_000_000L;
  public static final long SECOND_US = 1_000_000L;

  public final MemorySink sink = new MemorySink();
  public final List<Ack> acks = new ArrayList<>();
  public final GateClient gate;
  public final List<Ledger> venueLedgers = new ArrayList<>();
  public final List<DropCopy> dropCopies = new ArrayList<>();
  public final EngineConfig config;
  public final PaperVenue venue;
  public final TradingEngine engine;
  public final PacedRunner runner;
  public final Markets markets;
  private long reachedUs = START_US;
  private long epoch;

  public Sim(String... settings) {
    this(FaultPlan.NONE, settings);
  }

  public Sim(FaultPlan faults, String... settings) {
    this(faults, null, START_US, START_US + 400 * 3_600L * SECOND_US, settings);
  }

  public Sim(FaultPlan faults, MarketDataFeed feed, long startUs, long endUs, String... settings) {
    this(true, null, faults, feed, startUs, endUs, settings);
  }

  /** An engine that knows a trial. */
  public static Sim of(TrialPlan plan, FaultPlan faults, String... settings) {
    return of(plan, faults, null, START_US, START_US + 400 * 3_600L * SECOND_US, settings);
  }

  /** An engine that knows a trial, on a recorded market. */
  public static Sim of(
      TrialPlan plan,
      FaultPlan faults,
      MarketDataFeed feed,
      long startUs,
      long endUs,
      String... settings) {
    return new Sim(true, plan, faults, feed, startUs, endUs, settings);
  }

  /** An engine that no judge has spoken to yet. */
  public static Sim withoutLease() {
    return new Sim(false, null, FaultPlan.NONE, null, START_US, START_US + 3_600L * SECOND_US);
  }

  private Sim(
      boolean leased,
      TrialPlan plan,
      FaultPlan faults,
      MarketDataFeed feed,
      long startUs,
      long endUs,
      String... settings) {
    config = EngineConfigLoader.parse("", "test", List.of(settings));
    MarketDataFeed market =
        feed != null ? feed : SimulatedFeed.ofDefaults(config.symbols(), config.seed(), startUs);
    markets = new Markets(market.symbols());
    reachedUs = startUs;
    venue =
        new PaperVenue(
            PaperVenueSettings.defaults(market.symbols()),
            new VenueIdentity(config.engineId(), "venue-1", Source.SIMULATED, config.account()),
            new VenuePublisher() {
              @Override
              public void dropCopy(DropCopy dropCopy) {
                dropCopies.add(dropCopy);
              }

              @Override
              public void ledger(Ledger ledger) {
                venueLedgers.add(ledger);
              }
            },
            ScenarioVenueFaults.of(faults, config.seed()),
            config.seed(),
            startUs);
    gate =
        new GateClient(
            new GateIdentity(config.engineId(), "run-1", Source.SIMULATED),
            GateClientSettings.defaults(),
            EpochStore.forgetful(),
            acks::add);
    gate.controlReadToEnd(WALL_US);
    if (leased) {
      lease(startUs);
    }
    engine =
        new TradingEngine(
            config,
            new RunIdentity(
                config.engineId(), "run-1", Source.SIMULATED, "test", "hash", startUs, 0),
            new TradingEngine.Edges(
                markets,
                venue,
                gate,
                sink,
                new StormTimer(
                    new ModelledTimer(config.latencyModel(), config.deadlineMs(), config.seed()),
                    faults,
                    config.seed()),
                new MemoryModel(config.memoryModel(), faults, startUs, config.seed()),
                faults,
                10 * SECOND_US),
            new MemoryJournal(),
            plan == null ? null : setup(plan, settings));
    runner =
        new PacedRunner(
            new PacedRunner.Parts(
                market, markets, venue, gate, client -> 0, () -> WALL_US, engine, faults),
            startUs,
            endUs);
  }

  /** A lease that lasts for ever. */
  public final void lease(long watermarkUs) {
    gate.onLease(
        new Lease(Lease.SCHEMA, config.engineId(), WALL_US, 1e12, watermarkUs, epoch, "judge"),
        WALL_US);
  }

  private static TrialSetup setup(TrialPlan plan, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(plan.settingsOfB());
    return new TrialSetup(plan, EngineConfigLoader.parse("", "arm_b", all));
  }

  /** The judge changes the mode; no trial. */
  public Sim order(Mode mode) {
    return order(mode, RolloutState.NONE);
  }

  /** The judge changes mode and stage. */
  public Sim order(Mode mode, RolloutState rollout) {
    return order(mode, rollout, null);
  }

  /** The judge changes mode and flags; no trial. */
  public Sim order(Mode mode, Map<String, Boolean> flags) {
    return order(mode, RolloutState.NONE, flags);
  }

  /** The judge changes mode, stage and flags. */
  public Sim order(Mode mode, RolloutState rollout, Map<String, Boolean> flags) {
    epoch++;
    gate.onControl(
        new Control(
            Control.SCHEMA,
            config.engineId(),
            epoch,
            mode,
            rollout,
            "decision-" + epoch,
            0L,
            List.of(),
            null,
            false,
            reachedUs,
            WALL_US,
            0L,
            Source.SIMULATED,
            "judge",
            flags,
            null),
        WALL_US);
    lease(reachedUs);
    return this;
  }

  /** Runs on for this much event time. */
  public Sim run(double seconds) {
    reachedUs += (long) (seconds * SECOND_US);
    runner.run(reachedUs, Integer.MAX_VALUE);
    return this;
  }

  public long nowUs() {
    return reachedUs;
  }
}
