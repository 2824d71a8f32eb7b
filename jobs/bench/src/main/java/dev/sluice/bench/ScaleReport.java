// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What {@link ScaleBench} measured.
 *
 * @param engines one row per number of engines
 * @param criteria one row per number of criteria
 * @param usPerTenfoldEngines slope of the core microseconds of an event, for ten times the engines
 * @param usPerCriterion the same, for one criterion more
 * @param engineCostRatio core microseconds of an event with the most engines over those with the
 *     fewest
 * @param criteriaCostRatio the same, of criteria
 */
public record ScaleReport(
    List<Row> engines,
    List<Row> criteria,
    Trend usPerTenfoldEngines,
    Trend usPerCriterion,
    double engineCostRatio,
    double criteriaCostRatio) {

  /**
   * One size.
   *
   * @param ticksPerBucket of each engine, in the ten seconds of a bucket
   * @param events ticks in the topic
   * @param usPerEventOfPasses core microseconds an event, each pass
   * @param usPerEvent their median
   * @param lateRatio share of the ticks that came after their bucket had closed: not 0 when the
   *     machine was too busy to tell a slow stream from a lost one
   * @param stateBytesPerEngine of the checkpoint taken at the end of that pass
   * @param checkpointMs from its trigger to the last acknowledgement
   */
  public record Row(
      int engines,
      int criteria,
      int ticksPerBucket,
      long events,
      List<Double> usPerEventOfPasses,
      double usPerEvent,
      double lateRatio,
      double stateBytesPerEngine,
      long checkpointBytes,
      long checkpointMs) {}

  /** One pass of a row. */
  record Pass(double usPerEvent, double lateRatio, long checkpointBytes, long checkpointMs) {}

  static ScaleReport of(List<Row> engines, List<Row> criteria) {
    return new ScaleReport(
        engines,
        criteria,
        trend(engines, row -> Math.log10(row.engines())),
        trend(criteria, Row::criteria),
        ratio(engines),
        ratio(criteria));
  }

  private static Trend trend(List<Row> rows, ToDoubleFunction<Row> size) {
    double[] x =
        rows.stream()
            .flatMapToDouble(
                row -> row.usPerEventOfPasses().stream().mapToDouble(us -> size.applyAsDouble(row)))
            .toArray();
    double[] y =
        rows.stream()
            .flatMapToDouble(row -> row.usPerEventOfPasses().stream().mapToDouble(us -> us))
            .toArray();
    return Trend.of(x, y);
  }

  private static double ratio(List<Row> rows) {
    return rows.isEmpty()
        ? Double.NaN
        : rows.get(rows.size() - 1).usPerEvent() / rows.get(0).usPerEvent();
  }

  /** One JSON object. */
  public String json() {
    return new String(Json.write(this), StandardCharsets.UTF_8);
  }

  /** A table for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%9s %9s %14s %11s %12s %7s %14s %14s %11s%n",
            "engines",
            "criteria",
            "ticks/bucket",
            "events",
            "core µs each",
            "late",
            "state/engine",
            "checkpoint",
            "took"));
    engines.forEach(row -> line(text, row));
    criteria.forEach(row -> line(text, row));
    text.append(slope("ten times the engines", usPerTenfoldEngines));
    text.append(slope("one criterion more", usPerCriterion));
    return text.toString();
  }

  private static void line(StringBuilder text, Row row) {
    text.append(
        String.format(
            Locale.ROOT,
            "%,9d %9d %14d %,11d %12.2f %5.1f %% %,12.0f B %,12d B %,8d ms%n",
            row.engines(),
            row.criteria(),
            row.ticksPerBucket(),
            row.events(),
            row.usPerEvent(),
            row.lateRatio() * 100,
            row.stateBytesPerEngine(),
            row.checkpointBytes(),
            row.checkpointMs()));
  }

  private static String slope(String what, Trend trend) {
    if (Double.isNaN(trend.slope())) {
      return what + ": two different rows are needed to tell\n";
    }
    return String.format(
        Locale.ROOT,
        "%s: %+.3f core µs an event (95 %%: %+.3f to %+.3f)%n",
        what,
        trend.slope(),
        trend.low(),
        trend.high());
  }
}
