// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.schema.Type;

/** The unit of a column, read off the end of its name as our names promise. */
final class Units {
  private static final Map<String, String> BY_SUFFIX = new LinkedHashMap<>();

  static {
    BY_SUFFIX.put("_us_histogram", "HdrHistogram V2 of microseconds");
    BY_SUFFIX.put("_us", "instant, epoch microseconds UTC");
    BY_SUFFIX.put("_ms", "milliseconds");
    BY_SUFFIX.put("_ms_total", "milliseconds");
    BY_SUFFIX.put("_e6", "millionths of quote currency");
    BY_SUFFIX.put("_ratio", "fraction 0..1");
    BY_SUFFIX.put("_share", "fraction 0..1");
    BY_SUFFIX.put("_bps", "basis points");
    BY_SUFFIX.put("_quote_per_s", "quote currency per second");
    BY_SUFFIX.put("_quote", "quote currency");
    BY_SUFFIX.put("_bytes", "bytes");
    BY_SUFFIX.put("_bytes_max", "bytes");
  }

  private Units() {}

  /** The unit of a column; empty where its name promises none. */
  static Optional<String> of(String column) {
    return BY_SUFFIX.entrySet().stream()
        .filter(unit -> column.endsWith(unit.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** One line per column that has a unit: {@code name: unit}. */
  static String describe(List<Type> columns) {
    StringBuilder text = new StringBuilder();
    for (Type column : columns) {
      of(column.getName())
          .ifPresent(
              unit -> text.append(column.getName()).append(": ").append(unit).append('\n'));
    }
    return text.toString();
  }
}
