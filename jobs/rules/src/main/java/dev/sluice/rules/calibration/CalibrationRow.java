// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.metric.Percentiles;
import dev.sluice.rules.metric.WindowView;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.CalibrationFilter;
import dev.sluice.schemas.StagePercentiles;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes one row: every value by the formula of the metric registry, over the merged bucket. */
final class CalibrationRow {
  private final CalibrationSettings settings;
  private final WindowView view;
  private final Set<CalibrationFilter> filters = EnumSet.noneOf(CalibrationFilter.class);

  private CalibrationRow(CalibrationSettings settings, WindowView view) {
    this.settings = settings;
    this.view = view;
  }

  /**
   * The row of a part that has a bucket.
   *
   * @param amendedAtUs null when the interval has just ended
   */
  static Calibration of(
      CalibrationPart part, long startUs, Long amendedAtUs, CalibrationSettings settings) {
    long covered = part.coveredBuckets();
    // One bucket as wide as what it covers: so rates are per second covered, as everywhere.
    WindowView view =
        new WindowView(
            startUs,
            startUs + settings.intervalUs(),
            covered * part.merged.widthMs(),
            0,
            List.of(part.merged));
    return new CalibrationRow(settings, view).row(part, covered, amendedAtUs);
  }

  private Calibration row(CalibrationPart part, long covered, Long amendedAtUs) {
    Bucket all = part.merged;
    long buckets = settings.intervalMs() / all.widthMs();
    StagePercentiles total = Percentiles.of(view, Bucket::totalUsHistogram);
    Double hitRatio = value(Metric.CACHE_HIT_RATIO);
    return new Calibration(
        Calibration.SCHEMA,
        all.engineId(),
        part.symbol,
        part.arm,
        view.startUs(),
        settings.intervalMs(),
        part.version,
        all.source(),
        amendedAtUs,
        part.lateEvents,
        buckets,
        covered,
        (double) covered / buckets,
        all.ticks(),
        all.fills(),
        all.takerFills(),
        all.notionalE6(),
        all.ordersIntended(),
        all.filledIntents(),
        value(Metric.NET_BPS),
        value(Metric.CAPTURE_BPS),
        value(Metric.MARKOUT_1S_BPS),
        value(Metric.MARKOUT_5S_BPS),
        value(Metric.MARKOUT_30S_BPS),
        value(Metric.MARKOUT_60S_BPS),
        value(Metric.SLIPPAGE_BPS),
        value(Metric.FEE_BPS),
        value(Metric.FILL_RATIO),
        value(Metric.TAKER_SHARE),
        total,
        Percentiles.of(view, Bucket::fetchMdUsHistogram),
        Percentiles.of(view, Bucket::spreadUsHistogram),
        Percentiles.of(view, Bucket::guardsUsHistogram),
        Percentiles.of(view, Bucket::inventoryUsHistogram),
        Percentiles.of(view, Bucket::queueAwareUsHistogram),
        Percentiles.of(view, Bucket::emitUsHistogram),
        hitRatio,
        value(Metric.CACHE_AGE_MS),
        value(Metric.STALE_SERVED_RATIO),
        value(Metric.DEADLINE_MISS_RATIO),
        value(Metric.VOLATILITY_BPS),
        value(Metric.SPREAD_BPS),
        value(Metric.DEPTH_QUOTE),
        value(Metric.TRADE_INTENSITY_QUOTE_PER_S),
        value(Metric.INVENTORY_QUOTE),
        value(Metric.ABSOLUTE_INVENTORY_QUOTE),
        value(Metric.QUEUE_ETA_MS),
        filters(all.ticks(), total, hitRatio));
  }

  /** Asked last: what has no number or is infinite was noted while the values were taken. */
  private List<CalibrationFilter> filters(long ticks, StagePercentiles total, Double hitRatio) {
    if (total != null && total.p95Ms() > settings.slowP95Ms()) {
      filters.add(CalibrationFilter.SLOW);
    }
    if (hitRatio != null && hitRatio < settings.minHitRatio()) {
      filters.add(CalibrationFilter.COLD_CACHE);
    }
    if (ticks < settings.minTicks()) {
      filters.add(CalibrationFilter.FEW_TICKS);
    }
    return List.copyOf(filters);
  }

  private Double value(Metric metric) {
    return value(metric.measure(view), filters);
  }

  /**
   * A value to write: null without samples, and null with a word in the filters when it is not a
   * number or infinite, which no consumer should have to bear.
   */
  static Double value(Measurement measured, Set<CalibrationFilter> filters) {
    if (measured.samples() == 0 && !measured.present()) {
      return null;
    }
    if (Double.isNaN(measured.value())) {
      filters.add(CalibrationFilter.NOT_A_NUMBER);
      return null;
    }
    if (Double.isInfinite(measured.value())) {
      filters.add(CalibrationFilter.INFINITE);
      return null;
    }
    return measured.value();
  }
}
