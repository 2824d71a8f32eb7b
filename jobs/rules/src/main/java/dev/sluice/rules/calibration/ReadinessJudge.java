// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.CalibrationFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Says whether a dataset of intervals may be calibrated with: enough event time covered, and few
 * enough intervals filtered, for each engine, symbol and arm.
 */
public final class ReadinessJudge {
  private static final double HOUR_MS = 3_600_000.0;

  private final CalibrationSettings settings;

  public ReadinessJudge(CalibrationSettings settings) {
    this.settings = settings;
  }

  /** The judgement; NO_DATA when there is no row. */
  public ReadinessReport judge(CalibrationSet set) {
    List<ReadinessReport.Key> keys = new ArrayList<>();
    Sums sums = null;
    for (Calibration row : set.rows()) {
      if (sums == null || !sums.isOf(row)) {
        if (sums != null) {
          keys.add(judged(sums));
        }
        sums = new Sums(row.engineId(), row.symbol(), row.arm());
      }
      sums.add(row);
    }
    if (sums == null) {
      return new ReadinessReport(
          Readiness.NO_DATA,
          0,
          set.sha256(),
          List.of("no data: there is not one interval to judge"),
          List.of());
    }
    keys.add(judged(sums));
    Readiness worst = Collections.max(keys.stream().map(ReadinessReport.Key::readiness).toList());
    return new ReadinessReport(
        worst, set.rows().size(), set.sha256(), List.of(), List.copyOf(keys));
  }

  private ReadinessReport.Key judged(Sums sums) {
    List<String> missing = new ArrayList<>();
    double hours = sums.coveredMs / HOUR_MS;
    if (sums.coveredMs < settings.warnAfterMs()) {
      missing.add(
          String.format(
              Locale.ROOT,
              "%.1f h covered: %.1f h more for a warning, %.1f h more to be ready",
              hours,
              settings.warnAfterMs() / HOUR_MS - hours,
              settings.readyAfterMs() / HOUR_MS - hours));
    }
    double filtered = (double) sums.filtered / sums.intervals;
    if (filtered >= settings.maxFilteredRatio()) {
      missing.add(
          String.format(
              Locale.ROOT,
              "%.1f %% of the intervals are filtered, less than %.1f %% are allowed: %s",
              filtered * 100,
              settings.maxFilteredRatio() * 100,
              sums.filters));
    }
    Readiness readiness = missing.isEmpty() ? Readiness.READY : Readiness.NOT_READY;
    if (missing.isEmpty() && sums.coveredMs < settings.readyAfterMs()) {
      readiness = Readiness.READY_WITH_WARNING;
      missing.add(
          String.format(
              Locale.ROOT,
              "%.1f h covered, %.1f h more would be enough",
              hours,
              settings.readyAfterMs() / HOUR_MS - hours));
    }
    return new ReadinessReport.Key(
        sums.engineId,
        sums.symbol,
        sums.arm,
        readiness,
        sums.intervals,
        hours,
        sums.filtered,
        filtered,
        Collections.unmodifiableMap(sums.filters),
        sums.amended,
        sums.lateEvents,
        List.copyOf(missing));
  }

  /** What is added up of one key. */
  private static final class Sums {
    private final String engineId;
    private final String symbol;
    private final Arm arm;
    private final Map<CalibrationFilter, Long> filters = new EnumMap<>(CalibrationFilter.class);
    private long intervals;
    private long coveredMs;
    private long filtered;
    private long amended;
    private long lateEvents;

    Sums(String engineId, String symbol, Arm arm) {
      this.engineId = engineId;
      this.symbol = symbol;
      this.arm = arm;
    }

    boolean isOf(Calibration row) {
      return engineId.equals(row.engineId())
          && Objects.equals(symbol, row.symbol())
          && arm == row.arm();
    }

    void add(Calibration row) {
      intervals++;
      coveredMs += row.coveredBuckets() * row.widthMs() / row.buckets();
      filtered += row.filters().isEmpty() ? 0 : 1;
      row.filters().forEach(filter -> filters.merge(filter, 1L, Long::sum));
      amended += row.amendedAtUs() == null ? 0 : 1;
      lateEvents += row.lateEvents();
    }
  }
}
