// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.Rows;
import dev.sluice.rules.release.Reading;
import dev.sluice.schemas.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads gates by SQL. A query sees the datasets as views, and the span that is looked at as {@code
 * getvariable('since')} and {@code getvariable('until')}, timestamps. It gives one row with the
 * columns {@code value}, {@code n}, {@code as_of} and, if it likes, {@code sources}, a list.
 */
final class SqlReadings {
  private static final String MISSING_TABLE = "does not exist";

  private final Datasets datasets;

  /** Sets the span; both epoch microseconds. */
  SqlReadings(Datasets datasets, long sinceUs, long untilUs) {
    this.datasets = datasets;
    datasets.execute("SET VARIABLE since = make_timestamp(" + sinceUs + ")");
    datasets.execute("SET VARIABLE until = make_timestamp(" + untilUs + ")");
  }

  /**
   * One reading. A dataset that is not there is nothing measured.
   *
   * @throws IllegalArgumentException when the query is wrong
   */
  Reading read(String sql) {
    Rows rows;
    try {
      rows = datasets.query("SELECT *, epoch_us(as_of) AS as_of_us FROM (" + sql + ")");
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
      if (message.contains("Table with name") && message.contains(MISSING_TABLE)) {
        return Reading.none("a dataset is not there (" + message + ")");
      }
      throw new IllegalArgumentException(message, e);
    }
    if (rows.values().size() != 1) {
      return Reading.none("the query gives " + rows.values().size() + " rows, one is needed");
    }
    Map<String, Object> row = rows.maps().get(0);
    return new Reading(
        row.get("value") == null ? null : ((Number) row.get("value")).doubleValue(),
        row.get("n") == null ? 0 : ((Number) row.get("n")).longValue(),
        row.get("as_of_us") == null ? null : ((Number) row.get("as_of_us")).longValue(),
        weakest(row.get("sources")),
        row.get("note") == null ? "" : row.get("note").toString());
  }

  private static Source weakest(Object sources) {
    if (!(sources instanceof List<?> list)) {
      return null;
    }
    return list.stream()
        .filter(Objects::nonNull)
        .map(source -> Source.valueOf(source.toString()))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
