// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.flink.dataset.Dataset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The datasets as a gate sees them: {@code health} is what lies within the span looked at, {@code
 * ever.health} what lies before its end. Nothing is seen of later times, so that a gate judged for
 * an earlier moment sees what it would have seen then.
 */
final class SpanViews {
  /** Every dataset there can be. */
  static final Map<String, Dataset<?>> KNOWN =
      dev.sluice.flink.dataset.Datasets.ALL.stream()
          .collect(Collectors.toMap(Dataset::name, Function.identity(), (a, b) -> a, TreeMap::new));

  /** By which a row is placed in time: the first that a dataset has. */
  private static final List<String> TIMES =
      List.of("event_time_us", "start_us", "issued_at_us", "at_us", "ingest_time_us");

  private final Datasets datasets;

  SpanViews(Datasets datasets) {
    this.datasets = datasets;
    span(0, 0);
    datasets.execute("CREATE SCHEMA span");
    datasets.execute("CREATE SCHEMA ever");
    datasets.views().keySet().forEach(this::cut);
  }

  /** Sets the span; both epoch microseconds. */
  void span(long sinceUs, long untilUs) {
    datasets.execute("SET VARIABLE since = make_timestamp(" + sinceUs + ")::TIMESTAMPTZ");
    datasets.execute("SET VARIABLE until = make_timestamp(" + untilUs + ")::TIMESTAMPTZ");
  }

  /** A dataset that may have no row has its columns all the same. */
  void mayBeEmpty(String name) {
    if (!datasets.has(name) && !made(name)) {
      datasets.execute(
          "CREATE VIEW main.\"" + name + "\" AS " + EmptyDataset.sql(KNOWN.get(name).type()));
      cut(name);
    }
  }

  /** The name of a plain table means what lies within the span. */
  void use(boolean cut) {
    datasets.execute("SET search_path = '" + (cut ? "span,main" : "main") + "'");
  }

  /** Event time of the newest tick, else of the newest heartbeat; null when there is neither. */
  Long newestUs() {
    for (String name : List.of("ticks", "health")) {
      if (datasets.has(name)) {
        Object newest =
            datasets
                .query("SELECT epoch_us(max(event_time_us)) FROM main." + name)
                .values()
                .get(0)
                .get(0);
        if (newest != null) {
          return ((Number) newest).longValue();
        }
      }
    }
    return null;
  }

  private boolean made(String name) {
    return datasets.number(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'main' AND table_name = "
                + Datasets.text(name))
        > 0;
  }

  private void cut(String name) {
    List<String> columns =
        datasets.query("SELECT column_name FROM (DESCRIBE main.\"" + name + "\")").values().stream()
            .map(row -> (String) row.get(0))
            .toList();
    String time = TIMES.stream().filter(columns::contains).findFirst().orElse(null);
    if (time != null) {
      String before = " WHERE " + time + " < getvariable('until')";
      String all = " AS SELECT * FROM main.\"" + name + "\"" + before;
      datasets.execute("CREATE VIEW ever.\"" + name + "\"" + all);
      datasets.execute(
          "CREATE VIEW span.\"" + name + "\"" + all + " AND " + time + " >= getvariable('since')");
    }
  }
}
