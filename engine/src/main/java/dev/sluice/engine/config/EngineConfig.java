// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.config;

import java.util.List;

/**
 * Everything an engine can be told, typed. Defaults stand beside the fields in {@code defaults()}
 * of each record; {@code config/engine.yaml} shows them all. Amounts are quote currency, {@code
 * …Bps} basis points of the mid, {@code …Ratio} and {@code …Share} fractions 0..1.
 *
 * @param account the account at the venue
 * @param buildId what is running, as published in the health stream
 * @param ticksPerSecond passes of the pipeline per second of event time and symbol
 * @param cadence TIMER: at fixed times; BOOK: when the book changed, at most {@code ticksPerSecond}
 * @param deadlineMs a pass that takes longer has missed its deadline
 * @param startEquity quote currency at the start of a fresh run
 * @param symbols what to trade in a simulated run; a replay trades what its files hold
 */
public record EngineConfig(
    String engineId,
    String account,
    String buildId,
    long seed,
    double ticksPerSecond,
    Cadence cadence,
    long deadlineMs,
    double startEquity,
    List<String> symbols,
    Flags flags,
    MdCache mdCache,
    Spread spread,
    Inventory inventory,
    QueueAware queueAware,
    Quotes quotes,
    Taker taker,
    Guards guards,
    Caps caps,
    Breaker breaker,
    LatencyModel latencyModel,
    MemoryModel memoryModel,
    Outbox outbox) {

  /** When a pass of the pipeline is due. */
  public enum Cadence {
    TIMER,
    BOOK
  }

  public EngineConfig {
    Check.that(!engineId.isBlank(), "engine_id must not be blank");
    Check.that(
        ticksPerSecond > 0 && ticksPerSecond <= 1000, "ticks_per_second must be in (0, 1000]");
    Check.that(deadlineMs > 0, "deadline must be positive");
    Check.that(startEquity > 0, "start_equity must be positive");
    Check.that(!symbols.isEmpty() && symbols.size() <= 64, "symbols must hold 1 to 64 names");
    symbols = List.copyOf(symbols);
  }

  /** The shipped defaults. */
  public static EngineConfig defaults() {
    return new EngineConfig(
        "mm-1",
        "paper",
        "dev",
        42L,
        2.0,
        Cadence.TIMER,
        150L,
        100_000.0,
        List.of("SIMUSDT"),
        Flags.defaults(),
        MdCache.defaults(),
        Spread.defaults(),
        Inventory.defaults(),
        QueueAware.defaults(),
        Quotes.defaults(),
        Taker.defaults(),
        Guards.defaults(),
        Caps.defaults(),
        Breaker.defaults(),
        LatencyModel.defaults(),
        MemoryModel.defaults(),
        Outbox.defaults());
  }

  /** The same with other feature flags. */
  public EngineConfig withFlags(Flags otherFlags) {
    return with(startEquity, otherFlags);
  }

  /** The same with another capital at the start. */
  public EngineConfig withStartEquity(double equity) {
    return with(equity, flags);
  }

  private EngineConfig with(double equity, Flags otherFlags) {
    return new EngineConfig(
        engineId,
        account,
        buildId,
        seed,
        ticksPerSecond,
        cadence,
        deadlineMs,
        equity,
        symbols,
        otherFlags,
        mdCache,
        spread,
        inventory,
        queueAware,
        quotes,
        taker,
        guards,
        caps,
        breaker,
        latencyModel,
        memoryModel,
        outbox);
  }

  /** Feature flags; see {@code config/engine.yaml} for what each switches. */
  public record Flags(
      boolean pipeline,
      boolean mdCache,
      boolean adaptiveSpread,
      boolean queueAware,
      boolean inventorySkew,
      boolean takerCap,
      boolean asyncBatch,
      boolean fastCancel,
      boolean queueEta) {
    public static Flags defaults() {
      return new Flags(true, true, true, true, true, true, true, true, false);
    }
  }

  /**
   * @param ttlMs an entry this old or younger is a hit
   * @param pricingLimitMs data older than this is never priced on; up to it a stale entry is served
   *     while a refresh runs
   * @param refreshMs how long a background refresh takes
   * @param invalidateMoveBps a top of book this far from the entry makes the entry a miss
   */
  public record MdCache(long ttlMs, long pricingLimitMs, long refreshMs, double invalidateMoveBps) {
    public MdCache {
      Check.that(
          ttlMs > 0 && pricingLimitMs >= ttlMs, "pricing_limit must be at least ttl, ttl positive");
    }

    public static MdCache defaults() {
      return new MdCache(5_000, 8_000, 20, 1.5);
    }
  }

  /**
   * Half spread in bps: fixed, or base plus weights times volatility (bps per square root of a
   * minute), missing liquidity (0..1), used deadline (0..1) and recent loss (bps of equity).
   */
  public record Spread(
      double fixedHalfBps,
      double baseHalfBps,
      double minHalfBps,
      double maxHalfBps,
      double volatilityWeight,
      double liquidityWeight,
      double latencyWeight,
      double lossWeight,
      double referenceDepth) {
    public Spread {
      Check.that(
          0 < minHalfBps && minHalfBps <= maxHalfBps, "0 < min_half_bps <= max_half_bps expected");
    }

    public static Spread defaults() {
      return new Spread(3.0, 1.5, 1.0, 50.0, 0.15, 0.5, 0.5, 0.2, 5_000.0);
    }
  }

  /**
   * @param maxSkewBps shift of both quotes against a full position
   * @param sizeDecay share of the quote size taken from the growing side at a full position
   */
  public record Inventory(double maxSkewBps, double sizeDecay) {
    public static Inventory defaults() {
      return new Inventory(3.0, 0.9);
    }
  }

  /**
   * @param keepRatio an order with at most this share of the queue it joined ahead keeps its price
   * @param keepWithinBps as long as the target is this near
   * @param nudgeRatio an order with more than this many of its own sizes ahead is moved a tick
   *     inward
   * @param nudgeAfterMs but not before it has rested this long
   * @param maxEtaMs an order that would be reached later than this is moved a tick inward (flag
   *     queue_eta)
   */
  public record QueueAware(
      double keepRatio, double keepWithinBps, double nudgeRatio, long nudgeAfterMs, long maxEtaMs) {
    public QueueAware {
      Check.that(maxEtaMs > 0, "max_eta must be positive");
    }

    public static QueueAware defaults() {
      return new QueueAware(0.5, 4.0, 20.0, 30_000, 120_000);
    }
  }

  /**
   * @param notional size of one quote, quote currency
   * @param requoteBps a live quote this near to its target is kept
   * @param minLifeMs a quote younger than this is kept unless the market moves through it
   * @param maxAgeMs an older quote is replaced
   */
  public record Quotes(double notional, double requoteBps, long minLifeMs, long maxAgeMs) {
    public static Quotes defaults() {
      return new Quotes(500.0, 2.0, 5_000, 240_000);
    }
  }

  /**
   * Own taking of liquidity: hedges when the position passes {@code hedgeTrigger} (share of the
   * maximum) down to {@code hedgeTarget}.
   *
   * @param maxShare of own volume over the window (flag taker_cap)
   */
  public record Taker(
      double maxShare, long windowMs, double hedgeTrigger, double hedgeTarget, long cooldownMs) {
    public static Taker defaults() {
      return new Taker(0.08, 3_600_000, 0.3, 0.1, 10_000);
    }
  }

  /**
   * @param staleAfterMs market data older than this stops quoting
   * @param maxLatencyMs a moving average of the pass time above this stops quoting
   * @param moveThroughBps the mid moving this far against a resting quote cancels it (fast_cancel)
   */
  public record Guards(long staleAfterMs, long maxLatencyMs, double moveThroughBps) {
    public static Guards defaults() {
      return new Guards(60_000, 500, 6.0);
    }
  }

  /** Hard caps of the engine itself; no judge is needed for them and none can lift them. */
  public record Caps(double maxPosition, double maxDailyLossRatio, int maxOrdersPerSecond) {
    public Caps {
      Check.that(maxPosition > 0, "max_position must be positive");
      Check.that(
          maxDailyLossRatio > 0 && maxDailyLossRatio <= 1,
          "max_daily_loss_ratio must be in (0, 1]");
      Check.that(maxOrdersPerSecond > 0, "max_orders_per_second must be positive");
    }

    public static Caps defaults() {
      return new Caps(5_000.0, 0.05, 20);
    }
  }

  /** Opens after some API errors or rejects within a window; probes after the cool-down. */
  public record Breaker(int errors, long windowMs, long coolDownMs, long statusPollMs) {
    public static Breaker defaults() {
      return new Breaker(5, 10_000, 30_000, 1_000);
    }
  }

  /** Medians per stage and the share of passes with a spike beyond the deadline. */
  public record LatencyModel(
      double fetchHitMs,
      double fetchMissMs,
      double spreadMs,
      double guardsMs,
      double inventoryMs,
      double queueAwareMs,
      double emitMs,
      double sigma,
      double spikeRatio) {
    public static LatencyModel defaults() {
      return new LatencyModel(4.0, 18.0, 6.0, 2.0, 2.0, 4.0, 9.0, 0.25, 0.005);
    }
  }

  /**
   * Resident memory of a simulated run: a ramp of {@code ramp} over about three times {@code tau}.
   */
  public record MemoryModel(double baseMb, double rampMb, long rampTauMs, double noiseMb) {
    public static MemoryModel defaults() {
      return new MemoryModel(220.0, 90.0, 600_000, 1.0);
    }
  }

  /**
   * @param tickCapacity a new tick is dropped when this many events wait
   * @param hardCapacity room for orders, fills and health; when it is full the engine stops
   */
  public record Outbox(int tickCapacity, int hardCapacity, long lingerMs, String compression) {
    public Outbox {
      Check.that(
          tickCapacity > 0 && hardCapacity > tickCapacity,
          "0 < tick_capacity < hard_capacity expected");
      Check.that(
          List.of("none", "lz4", "zstd", "snappy", "gzip").contains(compression),
          "compression must be none, lz4, zstd, snappy or gzip");
    }

    public static Outbox defaults() {
      return new Outbox(50_000, 100_000, 1, "lz4");
    }
  }
}
