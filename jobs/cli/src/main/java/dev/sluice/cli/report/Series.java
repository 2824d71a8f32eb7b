// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import dev.sluice.cli.dataset.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Series below each other, as SQL gives them, put beside each other, as plots want them. */
final class Series {
  /** More lines than this nobody can tell apart. */
  static final int MAX = 10;

  private Series() {}

  /**
   * Rows of {@code time, series, value} as rows of {@code time} and one column per series, the
   * first {@value #MAX} by name; others as they are. A time at which a series has no row is null.
   */
  static Rows beside(Rows rows) {
    if (!rows.columns().equals(List.of("time", "series", "value"))) {
      return rows;
    }
    TreeSet<String> all = new TreeSet<>();
    rows.values().stream()
        .map(row -> row.get(1))
        .filter(java.util.Objects::nonNull)
        .forEach(series -> all.add(series.toString()));
    List<String> names = all.stream().limit(MAX).toList();
    Map<Object, Object[]> byTime = new LinkedHashMap<>();
    for (List<Object> row : rows.values()) {
      Object[] line = byTime.computeIfAbsent(row.get(0), time -> new Object[names.size() + 1]);
      line[0] = row.get(0);
      int at = row.get(1) == null ? -1 : names.indexOf(row.get(1).toString());
      if (at >= 0) {
        line[at + 1] = row.get(2);
      }
    }
    List<String> columns = new ArrayList<>(List.of("time"));
    columns.addAll(names);
    return new Rows(columns, byTime.values().stream().map(Arrays::asList).toList());
  }
}
