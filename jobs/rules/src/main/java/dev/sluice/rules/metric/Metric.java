// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

import static dev.sluice.rules.metric.Direction.BOTH_ARE_BAD;
import static dev.sluice.rules.metric.Direction.HIGH_IS_BAD;
import static dev.sluice.rules.metric.Direction.LOW_IS_BAD;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.MarketSums;

/**
 * The registry: every metric with its one name, unit, formula, direction and percentile method. An
 * empty denominator has no value; it is never 0. Those of the family BUCKETS are computed here; the
 * others are measured by the job of their {@link Family}.
 */
public enum Metric {
  // pipeline
  DEADLINE_MISS_RATIO(
      "deadline_miss_ratio",
      "ratio",
      HIGH_IS_BAD,
      "ticks with total_ms > deadline_ms / ticks",
      Formula.ratio(Bucket::deadlineMisses, Bucket::ticks)),
  CACHE_HIT_RATIO(
      "cache_hit_ratio",
      "ratio",
      LOW_IS_BAD,
      "hits / lookups; a stale-served read is a miss",
      Formula.ratio(Bucket::cacheHits, Bucket::cacheLookups)),
  STALE_SERVED_RATIO(
      "stale_served_ratio",
      "ratio",
      HIGH_IS_BAD,
      "used_stale / ticks",
      Formula.ratio(Bucket::staleServed, Bucket::ticks)),
  TICK_TOTAL_P50_MS(
      "tick_total_p50_ms",
      "ms",
      HIGH_IS_BAD,
      "median of total_ms",
      Formula.percentile(Bucket::totalUsHistogram, 50)),
  TICK_TOTAL_P95_MS(
      "tick_total_p95_ms",
      "ms",
      HIGH_IS_BAD,
      "95th percentile of total_ms",
      Formula.percentile(Bucket::totalUsHistogram, 95)),
  TICK_TOTAL_P99_MS(
      "tick_total_p99_ms",
      "ms",
      HIGH_IS_BAD,
      "99th percentile of total_ms",
      Formula.percentile(Bucket::totalUsHistogram, 99)),
  FETCH_MD_P95_MS(
      "fetch_md_p95_ms",
      "ms",
      HIGH_IS_BAD,
      "95th percentile of stage fetch_md",
      Formula.percentile(Bucket::fetchMdUsHistogram, 95)),
  SPREAD_P95_MS(
      "spread_p95_ms",
      "ms",
      HIGH_IS_BAD,
      "95th percentile of stage spread",
      Formula.percentile(Bucket::spreadUsHistogram, 95)),
  GUARDS_P95_MS(
      "guards_p95_ms",
      "ms",
      HIGH_IS_BAD,
      "95th percentile of stage guards",
      Formula.percentile(Bucket::guardsUsHistogram, 95)),
  INVENTORY_P95_MS(
      "inventory_p95_ms",
      "ms",
      HIGH_IS_BAD,
      "95th percentile of stage inventory",
      Formula.percentile(Bucket::inventoryUsHistogram, 95)),
  QUEUE_AWARE_P95_MS(
      "queue_aware_p95_ms",
      "ms",
      HIGH_IS_BAD,
      "95th percentile of stage queue_aware",
      Formula.percentile(Bucket::queueAwareUsHistogram, 95)),
  EMIT_P95_MS(
      "emit_p95_ms",
      "ms",
      HIGH_IS_BAD,
      "95th percentile of stage emit",
      Formula.percentile(Bucket::emitUsHistogram, 95)),
  TICK_RATE("tick_rate", "1/s", LOW_IS_BAD, "ticks / covered seconds", Formula.per(Bucket::ticks)),
  // execution
  TAKER_SHARE(
      "taker_share",
      "ratio",
      HIGH_IS_BAD,
      "Σw over taker fills / Σw, w = price·qty",
      Formula.share()),
  TAKER_SHARE_COUNT(
      "taker_share_count",
      "ratio",
      HIGH_IS_BAD,
      "taker fills / fills",
      Formula.ratio(Bucket::takerFills, Bucket::fills)),
  CAPTURE_BPS(
      "capture_bps",
      "bps",
      LOW_IS_BAD,
      "s·(mid_at_fill − price)/mid_at_fill·10⁴, w-weighted",
      Formula.edge(Bucket::capture)),
  MARKOUT_1S_BPS(
      "markout_1s_bps",
      "bps",
      LOW_IS_BAD,
      "s·(mid(t+1 s) − mid_at_fill)/mid_at_fill·10⁴, w-weighted",
      Formula.edge(Bucket::markout1s)),
  MARKOUT_5S_BPS(
      "markout_5s_bps",
      "bps",
      LOW_IS_BAD,
      "s·(mid(t+5 s) − mid_at_fill)/mid_at_fill·10⁴, w-weighted",
      Formula.edge(Bucket::markout5s)),
  MARKOUT_30S_BPS(
      "markout_30s_bps",
      "bps",
      LOW_IS_BAD,
      "s·(mid(t+30 s) − mid_at_fill)/mid_at_fill·10⁴, w-weighted",
      Formula.edge(Bucket::markout30s)),
  MARKOUT_60S_BPS(
      "markout_60s_bps",
      "bps",
      LOW_IS_BAD,
      "s·(mid(t+60 s) − mid_at_fill)/mid_at_fill·10⁴, w-weighted",
      Formula.edge(Bucket::markout60s)),
  SLIPPAGE_BPS(
      "slippage_bps",
      "bps",
      HIGH_IS_BAD,
      "s·(price − quote_price)/quote_price·10⁴, w-weighted, cost positive",
      Formula.edge(Bucket::slippage)),
  FEE_BPS(
      "fee_bps",
      "bps",
      HIGH_IS_BAD,
      "fee/(price·qty)·10⁴, w-weighted, cost positive",
      Formula.edge(Bucket::fee)),
  NET_BPS(
      "net_bps",
      "bps",
      LOW_IS_BAD,
      "capture_bps + markout_5s_bps − fee_bps",
      Formula.window(Formula.Kind.PER_BUCKET, Edges::net)),
  FILL_RATIO(
      "fill_ratio",
      "ratio",
      LOW_IS_BAD,
      "filled intents / actionable intents",
      Formula.ratio(Bucket::filledIntents, Bucket::ordersIntended)),
  REJECT_RATIO(
      "reject_ratio",
      "ratio",
      HIGH_IS_BAD,
      "rejected / submitted",
      Formula.ratio(Bucket::ordersRejected, Bucket::ordersSubmitted)),
  ORDER_AGE_P95_MS(
      "order_age_p95_ms",
      "ms",
      HIGH_IS_BAD,
      "95th percentile of submit to terminal state",
      Formula.percentile(Bucket::orderAgeUsHistogram, 95)),
  // market, as the ticks saw it
  VOLATILITY_BPS(
      "volatility_bps",
      "bps/√s",
      HIGH_IS_BAD,
      "√(Σ r² / Σ Δt) of the mid from one second's first tick to the next",
      MarketFormulas.volatility()),
  SPREAD_BPS(
      "spread_bps",
      "bps",
      HIGH_IS_BAD,
      "mean of (ask − bid)/mid·10⁴",
      MarketFormulas.mean(MarketSums::spreadBpsE6, 1e6, MarketSums::quotes)),
  DEPTH_QUOTE(
      "depth_quote",
      "quote",
      LOW_IS_BAD,
      "mean of (bid·bid_size + ask·ask_size)/2 at the best prices",
      MarketFormulas.mean(MarketSums::depthQuoteE6, 1e6, MarketSums::quotes)),
  TRADE_INTENSITY_QUOTE_PER_S(
      "trade_intensity_quote_per_s",
      "quote/s",
      BOTH_ARE_BAD,
      "Σ traded_qty·mid / covered seconds",
      MarketFormulas.tradeIntensity()),
  CACHE_AGE_MS(
      "cache_age_ms",
      "ms",
      HIGH_IS_BAD,
      "mean age of the market data used",
      MarketFormulas.mean(MarketSums::cacheAgeUs, 1e3, MarketSums::cacheAges)),
  // inventory and queue
  INVENTORY_QUOTE(
      "inventory_quote",
      "quote",
      BOTH_ARE_BAD,
      "mean of position·mid, signed",
      MarketFormulas.mean(MarketSums::inventoryQuoteE6, 1e6, MarketSums::positions)),
  ABSOLUTE_INVENTORY_QUOTE(
      "absolute_inventory_quote",
      "quote",
      HIGH_IS_BAD,
      "mean of |position·mid|",
      MarketFormulas.mean(MarketSums::absoluteInventoryQuoteE6, 1e6, MarketSums::positions)),
  QUEUE_ETA_MS(
      "queue_eta_ms",
      "ms",
      HIGH_IS_BAD,
      "mean expected time until the quotes fill",
      MarketFormulas.mean(MarketSums::queueEtaUs, 1e3, MarketSums::queueEtas)),
  // process
  EVENT_AGE_S(
      "event_age_s",
      "s",
      HIGH_IS_BAD,
      "end of the bucket − last event of the engine",
      Formula.gauge(Formula.Kind.AT_BUCKET_END, Gauges::eventAgeSeconds)),
  RSS_SLOPE_MB_PER_H(
      "rss_slope_mb_per_h",
      "MB/h",
      HIGH_IS_BAD,
      "Theil-Sen slope of the one-minute medians of rss (10⁶ bytes) over the window, after warm-up, of the newest process",
      Formula.window(Formula.Kind.PROCESS_WINDOW, RssSeries::slopePerHour)),
  RSS_DRIFT_RATIO(
      "rss_drift_ratio",
      "ratio",
      HIGH_IS_BAD,
      "median rss of the last hour / median of the first hour after warm-up − 1, both within the window",
      Formula.window(Formula.Kind.PROCESS_WINDOW, RssSeries::drift)),
  BREAKER_OPEN_S(
      "breaker_open_s",
      "s",
      HIGH_IS_BAD,
      "now − breaker_since while OPEN, through silence too; else 0; no value when CLOSED was said more than 60 s ago",
      Formula.gauge(Formula.Kind.AT_HEALTH, Gauges::breakerOpenSeconds)),
  UPTIME_H(
      "uptime_h",
      "h",
      LOW_IS_BAD,
      "hours of buckets with data since started_at, within the window",
      Formula.window(Formula.Kind.PROCESS_WINDOW, Counters::uptimeHours)),
  RESTARTS(
      "restarts",
      "1",
      HIGH_IS_BAD,
      "changes of started_at in the window",
      Formula.window(Formula.Kind.PROCESS_WINDOW, Counters::restarts)),
  WS_RECONNECTS(
      "ws_reconnects",
      "1",
      HIGH_IS_BAD,
      "increase over the window, restart-aware",
      Formula.increase(Bucket::wsReconnects)),
  API_ERRORS(
      "api_errors",
      "1",
      HIGH_IS_BAD,
      "increase over the window, restart-aware",
      Formula.increase(Bucket::apiErrors)),
  STALE_MARKS(
      "stale_marks",
      "1",
      HIGH_IS_BAD,
      "increase over the window, restart-aware",
      Formula.increase(Bucket::staleMarks)),
  GUARD_TRIGGERS(
      "guard_triggers",
      "1",
      HIGH_IS_BAD,
      "increase over the window, restart-aware",
      Formula.increase(Bucket::guardTriggers)),
  UNFILLED_ORDERS(
      "unfilled_orders",
      "1",
      HIGH_IS_BAD,
      "orders non-terminal for more than 300 s, as of the last heartbeat; no value when that is older than 60 s",
      Formula.gauge(Formula.Kind.AT_HEALTH, Gauges::unfilled)),
  // completeness
  SEQ_GAPS(
      "seq_gaps",
      "1",
      HIGH_IS_BAD,
      "sequence numbers that never came, in the window",
      Formula.count(Bucket::seqGaps)),
  DUPLICATES(
      "duplicates",
      "1",
      HIGH_IS_BAD,
      "records seen again, in the window",
      Formula.count(Bucket::duplicates)),
  LATE(
      "late",
      "1",
      HIGH_IS_BAD,
      "records after their bucket had closed, in the window",
      Formula.count(Bucket::late)),
  QUARANTINED(
      "quarantined",
      "1",
      HIGH_IS_BAD,
      "records refused as impossible, in the window",
      Formula.count(Bucket::quarantined)),
  COVERAGE_RATIO(
      "coverage_ratio",
      "ratio",
      LOW_IS_BAD,
      "buckets with data / buckets in the window",
      Formula.window(
          Formula.Kind.WINDOW,
          w -> new Measurement(w.coverageRatio(), w.windowMs() / w.bucketMs()))),
  // reconciliation
  RECONCILE_WARNINGS(
      "reconcile_warnings",
      "1",
      HIGH_IS_BAD,
      "confirmed differences between the books that stand, severity warning",
      Family.RECONCILIATION),
  RECONCILE_CRITICALS(
      "reconcile_criticals",
      "1",
      HIGH_IS_BAD,
      "confirmed differences between the books that stand, severity critical",
      Family.RECONCILIATION),
  DRIFT_BPS(
      "drift_bps",
      "bps",
      HIGH_IS_BAD,
      "Σ over assets of |engine − venue| in quote currency / equity·10⁴",
      Family.RECONCILIATION),
  // integrity
  ORDER_STATE_FAULTS(
      "order_state_faults",
      "1",
      HIGH_IS_BAD,
      "illegal moves and falls of cum_qty that nobody has acknowledged",
      Family.INTEGRITY),
  DUPLICATE_EXECUTIONS(
      "duplicate_executions",
      "1",
      HIGH_IS_BAD,
      "fills booked twice and order ids submitted twice that nobody has acknowledged",
      Family.INTEGRITY),
  JOURNAL_BREAKS(
      "journal_breaks",
      "1",
      HIGH_IS_BAD,
      "intents without outcome and venue orders without intent that stand",
      Family.INTEGRITY),
  HEDGE_RESIDUALS(
      "hedge_residuals",
      "1",
      HIGH_IS_BAD,
      "hedges that left a residual after their last level, until the position is back in its band",
      Family.INTEGRITY),
  CLOCK_SKEW_MS(
      "clock_skew_ms",
      "ms",
      HIGH_IS_BAD,
      "|venue_time − event_time| after the minimum-delay filter",
      Family.INTEGRITY),
  EARLY_TIMEOUTS(
      "early_timeouts",
      "1",
      HIGH_IS_BAD,
      "actions for a time-out before the venue's deadline that nobody has acknowledged",
      Family.INTEGRITY),
  // money
  DAILY_LOSS_RATIO(
      "daily_loss_ratio",
      "ratio",
      HIGH_IS_BAD,
      "max(0, Σ (day_start_equity − equity)) over the scope / Σ day_start_equity",
      Family.PORTFOLIO),
  DRAWDOWN_RATIO(
      "drawdown_ratio", "ratio", HIGH_IS_BAD, "1 − Σ equity / its running peak", Family.PORTFOLIO),
  NET_EXPOSURE("net_exposure", "quote", HIGH_IS_BAD, "|Σ qty·mark|", Family.PORTFOLIO),
  GROSS_EXPOSURE("gross_exposure", "quote", HIGH_IS_BAD, "Σ |qty·mark|", Family.PORTFOLIO),
  CONCENTRATION(
      "concentration",
      "ratio",
      HIGH_IS_BAD,
      "largest share of gross exposure of one engine, symbol or venue; with two or more engines of"
          + " at least the minimum equity",
      Family.PORTFOLIO),
  VAR_RATIO(
      "var_ratio",
      "ratio",
      HIGH_IS_BAD,
      "1-day 95 % historical-simulation VaR / Σ equity",
      Family.PORTFOLIO),
  // trial
  DELTA_SLIPPAGE_LOWER_BPS(
      "delta_slippage_lower_bps",
      "bps",
      HIGH_IS_BAD,
      "lower bound of slippage_bps of arm B − arm A over block differences",
      Family.TRIAL),
  TAKER_SHARE_B(
      "taker_share_b", "ratio", HIGH_IS_BAD, "taker_share of the slots of arm B", Family.TRIAL),
  TICK_TOTAL_P95_REGRESSION_RATIO(
      "tick_total_p95_regression_ratio",
      "ratio",
      HIGH_IS_BAD,
      "tick_total_p95_ms of arm B / that of arm A − 1",
      Family.TRIAL),
  DEADLINE_MISS_RATIO_B(
      "deadline_miss_ratio_b",
      "ratio",
      HIGH_IS_BAD,
      "deadline_miss_ratio of the slots of arm B",
      Family.TRIAL),
  // shadow parity
  FILL_RATIO_DELTA(
      "fill_ratio_delta",
      "ratio",
      BOTH_ARE_BAD,
      "|live − shadow| of the share of matched intents that were filled",
      Family.PARITY),
  SLIPPAGE_DELTA_BPS(
      "slippage_delta_bps",
      "bps",
      BOTH_ARE_BAD,
      "|live − shadow| of slippage_bps of matched intents",
      Family.PARITY),
  REJECT_RATIO_DELTA(
      "reject_ratio_delta",
      "ratio",
      BOTH_ARE_BAD,
      "|live − shadow| of the share of matched intents that were rejected",
      Family.PARITY),
  REALISED_PNL_DELTA(
      "realised_pnl_delta",
      "quote",
      BOTH_ARE_BAD,
      "|live − shadow| of the realised profit of the window",
      Family.PARITY);

  /** The one percentile method. */
  public static final String PERCENTILE_METHOD =
      "HdrHistogram of microseconds, 2 significant digits (relative error ≤ 1 %), nearest rank on the merged histogram";

  private final String id;
  private final String unit;
  private final Direction direction;
  private final String text;

  private final Family family;

  @SuppressWarnings("ImmutableEnumChecker") // its functions hold nothing
  private final Formula formula;

  Metric(String id, String unit, Direction direction, String text, Formula formula) {
    this(id, unit, direction, text, Family.BUCKETS, formula);
  }

  Metric(String id, String unit, Direction direction, String text, Family family) {
    this(id, unit, direction, text, family, Formula.elsewhere());
  }

  Metric(String id, String unit, Direction direction, String text, Family family, Formula formula) {
    this.id = id;
    this.unit = unit;
    this.direction = direction;
    this.text = text;
    this.family = family;
    this.formula = formula;
  }

  /** The metric of that name, or null. */
  public static Metric byId(String id) {
    for (Metric metric : values()) {
      if (metric.id.equals(id)) {
        return metric;
      }
    }
    return null;
  }

  /** The one name. */
  public String id() {
    return id;
  }

  /** The one unit. */
  public String unit() {
    return unit;
  }

  /** Which job measures it. */
  public Family family() {
    return family;
  }

  /** Which end is bad. */
  public Direction direction() {
    return direction;
  }

  /** The formula, as text for people. */
  public String formula() {
    return text;
  }

  /** How percentiles are taken, empty for a metric that is none. */
  public String percentileMethod() {
    return formula.isPercentile() ? PERCENTILE_METHOD : "";
  }

  /**
   * True when it is a state of the moment: judged at once on each heartbeat or bucket, no window.
   */
  public boolean instant() {
    return formula.atMoment() != null;
  }

  /** True when an instant metric is judged on heartbeats, and not only at the end of a bucket. */
  public boolean onHealth() {
    return formula.kind() == Formula.Kind.AT_HEALTH;
  }

  /**
   * True when one bucket alone has a value, so that evidence can be told from the window's smear.
   */
  public boolean perBucket() {
    return formula.kind() == Formula.Kind.PER_BUCKET || symbolOnly();
  }

  /** True when only one symbol has it (in any arm), not the whole engine. */
  public boolean symbolOnly() {
    return formula.kind() == Formula.Kind.PER_SYMBOL_BUCKET;
  }

  /** True when only the whole engine has it, not a symbol or an arm. */
  public boolean engineOnly() {
    return formula.kind() == Formula.Kind.PROCESS_WINDOW || instant();
  }

  /** The value over a window. */
  public Measurement measure(WindowView view) {
    if (formula.overWindow() == null) {
      throw new IllegalStateException(id + " is a state of the moment and has no window");
    }
    return formula.overWindow().apply(view);
  }

  /** The value at a moment. */
  public Measurement measure(Gauges at) {
    if (formula.atMoment() == null) {
      throw new IllegalStateException(id + " needs a window");
    }
    return formula.atMoment().apply(at);
  }
}
