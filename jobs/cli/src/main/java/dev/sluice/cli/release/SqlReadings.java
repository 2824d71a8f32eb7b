// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.CliException;
import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.Rows;
import dev.sluice.rules.release.Reading;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.text.Suggestion;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads gates by SQL over {@link SpanViews}. A query gives one row with the columns {@code value},
 * {@code n} and {@code as_of}, and if it likes {@code sources} (a list), {@code note}, {@code
 * last_at} and {@code growing}; see {@link Reading}.
 */
final class SqlReadings {
  private static final List<String> MANDATORY = List.of("value", "n", "as_of");
  private static final Pattern NO_TABLE =
      Pattern.compile("Table with name \"?(?:(?:span|ever|main)\\.)?(\\w+)\"? does not exist");

  private final Datasets datasets;

  SqlReadings(Datasets datasets) {
    this.datasets = datasets;
  }

  /** The rows that give a reading; a dataset that is not there gives none, and says so. */
  record Result(Rows rows, Reading reading) {}

  /**
   * One reading.
   *
   * @throws CliException when the query is wrong; names file and line
   */
  Result read(Stage.Entry entry) {
    Rows rows;
    try {
      rows = datasets.query("SELECT * FROM (" + entry.sql() + "\n)");
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
      Matcher missing = NO_TABLE.matcher(message);
      if (missing.find()) {
        return new Result(new Rows(List.of(), List.of()), Reading.none(absent(entry, missing)));
      }
      throw wrong(entry, message);
    }
    return new Result(rows, reading(entry, rows));
  }

  /** What rows say, also those of a bundle. */
  static Reading reading(Stage.Entry entry, Rows rows) {
    if (rows.columns().isEmpty()) {
      return Reading.none("a dataset is not there");
    }
    for (String column : MANDATORY) {
      if (!rows.columns().contains(column)) {
        throw wrong(
            entry,
            "the query gives no column `" + column + "`" + Suggestion.of(column, rows.columns()));
      }
    }
    if (rows.values().size() != 1) {
      return Reading.none("the query gives " + rows.values().size() + " rows, one is needed");
    }
    Map<String, Object> row = rows.maps().get(0);
    try {
      return new Reading(
          number(row.get("value")),
          row.get("n") == null ? 0 : ((Number) row.get("n")).longValue(),
          time(row.get("as_of")),
          weakest(row.get("sources")),
          row.get("note") == null ? "" : row.get("note").toString(),
          time(row.get("last_at")),
          number(row.get("growing")),
          unsourced(entry, row));
    } catch (ClassCastException | java.time.DateTimeException | IllegalArgumentException e) {
      throw wrong(entry, "value, n and growing are numbers, as_of and last_at TIMESTAMPTZ: " + row);
    }
  }

  private static String absent(Stage.Entry entry, Matcher missing) {
    String name = missing.group(1);
    if (!SpanViews.KNOWN.containsKey(name)) {
      throw wrong(
          entry, "no dataset `" + name + "`" + Suggestion.of(name, SpanViews.KNOWN.keySet()));
    }
    return "the dataset `" + name + "` is not there";
  }

  private static CliException wrong(Stage.Entry entry, String message) {
    return CliException.usage(
        "the gate `" + entry.gate().id() + "` cannot be read: " + message,
        entry.where() + ", key `sql`",
        "mend the query; `sluice query` tries it");
  }

  private static Double number(Object value) {
    return value == null ? null : ((Number) value).doubleValue();
  }

  private static Long time(Object text) {
    if (text == null) {
      return null;
    }
    Instant instant = OffsetDateTime.parse((String) text).toInstant();
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** A query that gives provenance must have some; of checks, those that give a list. */
  private static boolean unsourced(Stage.Entry entry, Map<String, Object> row) {
    return row.containsKey("sources")
        && (entry.sql() != null || row.get("sources") instanceof List)
        && weakest(row.get("sources")) == null;
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
