// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import dev.sluice.cli.dataset.Datasets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a report may see. Each dataset is there twice, without its histograms: in the schema {@code
 * report} with what happened within the span, and in the schema {@code known} with everything up to
 * its end. In both nothing is from after the end:
 *
 * <ul>
 *   <li>an event counts by its event time, and where that is the clock of the world (LIVE, PAPER)
 *       only if it had arrived by the end; the arrival of simulated and replayed events says
 *       nothing of event time;
 *   <li>a judgement by the event time it was made for;
 *   <li>a bucket, an interval or a window once it is over, and in its last version of that time.
 * </ul>
 *
 * What an engine sent twice is there once. The span is in the variables {@code since}, {@code
 * until} and {@code bin}, the width of a point in a plot; {@code bins} has one row per bin. One
 * thread.
 */
final class SpanViews {
  private static final List<String> EVENTS =
      List.of("ticks", "orders", "fills", "health", "ledger", "dropcopy", "acks");
  private static final long MAX_BINS = 288;
  private static final long MIN_BIN_US = 10_000_000L;

  private final Datasets datasets;
  private final String engineId;

  /**
   * Views over datasets.
   *
   * @param engineId of this engine only; null for all
   */
  SpanViews(Datasets datasets, String engineId) {
    this.datasets = datasets;
    this.engineId = engineId;
    // Sums of doubles depend on their order; one thread keeps it.
    datasets.execute("SET threads = 1");
  }

  /** Looks at this span from now on. */
  void show(Instant since, Instant until) {
    long sinceUs = ChronoUnit.MICROS.between(Instant.EPOCH, since);
    long untilUs = ChronoUnit.MICROS.between(Instant.EPOCH, until);
    datasets.execute("SET VARIABLE since = " + literal(since));
    datasets.execute("SET VARIABLE until = " + literal(until));
    datasets.execute("SET VARIABLE bin = to_microseconds(" + binUs(untilUs - sinceUs) + ")");
    datasets.execute("SET schema = 'main'");
    for (String schema : List.of("report", "known")) {
      datasets.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
      datasets.execute("CREATE SCHEMA " + schema);
    }
    datasets.execute(
        "CREATE TABLE report.bins AS SELECT range AS time FROM range("
            + literal(since)
            + ", "
            + literal(until)
            + ", getvariable('bin'))");
    for (Map.Entry<String, String> each : times().entrySet()) {
      String name = each.getKey();
      String time = each.getValue();
      String known = select(name, time + " < " + literal(until) + known(name, until));
      datasets.execute("CREATE VIEW known." + name + " AS " + once(name, known));
      String within =
          select(
              name,
              begin(name)
                  + " >= "
                  + literal(since)
                  + " AND "
                  + time
                  + " < "
                  + literal(until)
                  + known(name, until));
      // Asked many times, so it is made once.
      datasets.execute("CREATE TABLE report." + name + " AS " + once(name, within));
    }
    datasets.execute("SET schema = 'report'");
  }

  /** A whole number of ten-second buckets, so that no bin has more of them than another. */
  static long binUs(long spanUs) {
    long bins = Math.max(1, (spanUs + MAX_BINS * MIN_BIN_US - 1) / (MAX_BINS * MIN_BIN_US));
    return bins * MIN_BIN_US;
  }

  private String select(String name, String where) {
    return "SELECT COLUMNS(c -> NOT suffix(c, '_histogram')) FROM main."
        + name
        + " WHERE "
        + where
        + engine(name);
  }

  /** The first of what an engine sent several times under one number. */
  private String once(String name, String select) {
    return EVENTS.contains(name) && has(name, "seq") && has(name, "_offset")
        ? select
            + " QUALIFY row_number() OVER (PARTITION BY engine_id, run_id, seq ORDER BY _offset) = 1"
        : name.equals("calibration")
            ? select
                + " QUALIFY row_number() OVER (PARTITION BY engine_id, symbol, arm, start_us ORDER BY version DESC) = 1"
            : select;
  }

  private String engine(String name) {
    if (engineId == null) {
      return "";
    }
    String id = Datasets.text(engineId);
    return has(name, "engine_id")
        ? " AND engine_id = " + id
        : has(name, "engines") ? " AND list_contains(engines, " + id + ")" : "";
  }

  /** Condition: it was known by then. */
  private String known(String name, Instant until) {
    String condition = "";
    if (EVENTS.contains(name) && has(name, "source") && has(name, "ingest_time_us")) {
      condition +=
          " AND (source IN ('SIMULATED', 'REPLAY') OR ingest_time_us < " + literal(until) + ")";
    }
    if (has(name, "amended_at_us")) {
      condition += " AND (amended_at_us IS NULL OR amended_at_us < " + literal(until) + ")";
    }
    return condition;
  }

  private String begin(String name) {
    return has(name, "start_us") ? "start_us" : times().get(name);
  }

  /** By dataset that is there: the time at which what a row says was over. */
  private Map<String, String> times() {
    Map<String, String> times = new LinkedHashMap<>();
    for (String name : datasets.views().keySet().stream().sorted().toList()) {
      if (has(name, "start_us") && has(name, "width_ms")) {
        // Half open: a bucket that ends when the span ends is within it.
        times.put(name, "start_us + to_microseconds(width_ms::BIGINT * 1000 - 1)");
        continue;
      }
      times.put(
          name,
          List.of("event_time_us", "issued_at_us", "at_us", "at", "ingest_time_us").stream()
              .filter(column -> has(name, column))
              .findFirst()
              // What has no time is of no time: it is never seen.
              .orElse("NULL::TIMESTAMPTZ"));
    }
    return times;
  }

  private boolean has(String name, String column) {
    return columns.computeIfAbsent(name, this::columnsOf).contains(column);
  }

  private final Map<String, List<String>> columns = new LinkedHashMap<>();

  private List<String> columnsOf(String name) {
    return datasets
        .query("SELECT column_name FROM (DESCRIBE main.\"" + name + "\")")
        .values()
        .stream()
        .map(row -> (String) row.get(0))
        .toList();
  }

  private static String literal(Instant time) {
    return "TIMESTAMPTZ " + Datasets.text(time.toString());
  }
}
