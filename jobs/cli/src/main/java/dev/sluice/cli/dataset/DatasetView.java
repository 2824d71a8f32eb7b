// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The query behind a view of one dataset. DuckDB wants files that are read together to have the
 * same parts in their paths, so those that differ are read apart.
 */
final class DatasetView {
  private DatasetView() {}

  /**
   * All rows of these files.
   *
   * @param files relative to the directory, at least one
   */
  static String sql(Path directory, List<String> files) {
    Map<String, List<String>> byKeys = new TreeMap<>();
    for (String file : files) {
      byKeys.computeIfAbsent(keys(file), keys -> new ArrayList<>()).add(file);
    }
    return byKeys.entrySet().stream()
        .map(same -> read(directory, same.getKey(), same.getValue()))
        .collect(Collectors.joining(" UNION ALL BY NAME "));
  }

  private static String read(Path directory, String keys, List<String> files) {
    return "SELECT * FROM read_parquet(["
        + files.stream()
            .map(file -> Datasets.text(directory + "/" + file))
            .collect(Collectors.joining(", "))
        + "], union_by_name = true"
        + (keys.isEmpty()
            ? ")"
            : ", hive_partitioning = true, hive_types = {" + types(keys) + "})");
  }

  /** Otherwise an engine named 12 would be a number. */
  private static String types(String keys) {
    return List.of(keys.split(",")).stream()
        .map(key -> Datasets.text(key) + ": " + (key.equals("date") ? "DATE" : "VARCHAR"))
        .collect(Collectors.joining(", "));
  }

  /** {@code dataset,date,engine} of {@code dataset=ticks/date=…/engine=…/part-0.parquet}. */
  private static String keys(String file) {
    List<String> keys = new ArrayList<>();
    String[] parts = file.split("/");
    for (int p = 0; p < parts.length - 1; p++) {
      int equals = parts[p].indexOf('=');
      if (equals > 0) {
        keys.add(parts[p].substring(0, equals));
      }
    }
    return String.join(",", keys);
  }
}
