// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import dev.sluice.cli.dataset.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** What differs between a span and the equal one before it. */
final class Changes {
  private static final double MOVED = 0.05;

  private Changes() {}

  /** Figures of both spans by name; {@code compare} is false when there is no span before. */
  static List<Report.Change> figures(Section section, boolean compare, Rows before, Rows now) {
    Map<String, Map<String, Object>> earlier = byName(before);
    Map<String, Map<String, Object>> later = byName(now);
    List<String> names = new ArrayList<>(later.keySet());
    earlier.keySet().stream().filter(name -> !later.containsKey(name)).forEach(names::add);
    return names.stream()
        .map(
            name -> {
              Double was = number(earlier.get(name));
              Double is = number(later.get(name));
              Map<String, Object> any =
                  later.containsKey(name) ? later.get(name) : earlier.get(name);
              return new Report.Change(
                  section.id(),
                  name,
                  String.valueOf(any.get("unit")),
                  was,
                  is,
                  compare && moved(was, is));
            })
        .toList();
  }

  private static boolean moved(Double was, Double is) {
    if (was == null || is == null) {
      return !Objects.equals(was, is);
    }
    return Math.abs(is - was) > MOVED * Math.max(Math.abs(was), Math.abs(is));
  }

  private static Double number(Map<String, Object> row) {
    return row == null || row.get("value") == null
        ? null
        : Double.valueOf(((Number) row.get("value")).doubleValue());
  }

  /** Facts that are not what they were. */
  static List<Report.FactChange> facts(Rows before, Rows now) {
    Map<String, Map<String, Object>> earlier = byName(before);
    Map<String, Map<String, Object>> later = byName(now);
    TreeSet<String> names = new TreeSet<>(earlier.keySet());
    names.addAll(later.keySet());
    return names.stream()
        .map(name -> new Report.FactChange(name, text(earlier.get(name)), text(later.get(name))))
        .filter(fact -> !Objects.equals(fact.before(), fact.now()))
        .toList();
  }

  private static String text(Map<String, Object> row) {
    return row == null || row.get("value") == null ? null : row.get("value").toString();
  }

  private static Map<String, Map<String, Object>> byName(Rows rows) {
    Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
    rows.maps().forEach(row -> byName.put(String.valueOf(row.get("name")), row));
    return byName;
  }
}
