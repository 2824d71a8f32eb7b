// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import dev.sluice.schemas.codec.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file says of itself, beside its schema: {@code sluice.dataset}, {@code sluice.schema} (the
 * version of the record), {@code sluice.units} (a line {@code column: unit} each) and {@code
 * sluice.columns} (JSON: column to description and, where it has one, unit).
 */
final class FileMetadata {
  private FileMetadata() {}

  static Map<String, String> of(
      String dataset, Class<? extends Record> type, RecordColumns columns) {
    return Map.of(
        "sluice.dataset",
        dataset,
        "sluice.schema",
        schema(type),
        "sluice.units",
        Units.describe(columns.types()),
        "sluice.columns",
        columns(columns));
  }

  private static String schema(Class<? extends Record> type) {
    try {
      return (String) type.getField("SCHEMA").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + " does not say its schema", e);
    }
  }

  private static String columns(RecordColumns columns) {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    columns
        .descriptions()
        .forEach(
            (name, description) -> {
              Map<String, String> column = new LinkedHashMap<>();
              Units.of(name).ifPresent(unit -> column.put("unit", unit));
              column.put("description", description);
              all.put(name, column);
            });
    return new String(Json.write(all), java.nio.charset.StandardCharsets.UTF_8);
  }
}
