// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.dataset;

import dev.sluice.cli.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Result of a query, whole, in memory.
 *
 * @param columns names, in order
 * @param values one list per row; null where SQL has NULL
 */
public record Rows(List<String> columns, List<List<Object>> values) {
  /** For people; at most {@code limit} rows, and it says when some were left out. */
  public String text(int limit) {
    TextTable table = new TextTable(columns.toArray(String[]::new));
    values.stream()
        .limit(limit)
        .forEach(row -> table.row(row.stream().map(Rows::cell).toArray(String[]::new)));
    int left = values.size() - limit;
    return table.render() + (left > 0 ? "… " + left + " more rows\n" : "");
  }

  /** For programs: one map per row. */
  public List<Map<String, Object>> maps() {
    List<Map<String, Object>> maps = new ArrayList<>();
    for (List<Object> row : values) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (int c = 0; c < columns.size(); c++) {
        map.put(columns.get(c), row.get(c));
      }
      maps.add(map);
    }
    return maps;
  }

  private static String cell(Object value) {
    if (value == null) {
      return "-";
    }
    if (value instanceof Double number) {
      return number.isNaN() || number.isInfinite()
          ? number.toString()
          : new java.math.BigDecimal(number)
              .round(new java.math.MathContext(6))
              .stripTrailingZeros()
              .toPlainString();
    }
    return value.toString();
  }
}
