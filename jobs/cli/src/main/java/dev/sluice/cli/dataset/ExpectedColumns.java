// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.dataset;

import dev.sluice.schemas.codec.Json;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The row that a record must become, worked out a second time and apart from the writer: columns by
 * name, values as text, lists and maps.
 */
public final class ExpectedColumns {
  private ExpectedColumns() {}

  /** Columns of a record; null where it says nothing. */
  public static Map<String, Object> of(Record message) {
    Map<String, Object> columns = new TreeMap<>();
    fill(columns, "", message.getClass(), message);
    return columns;
  }

  /** An instant of epoch microseconds, as DuckDB's driver shows it. */
  public static String instant(long us) {
    return OffsetDateTime.ofInstant(
            Instant.ofEpochSecond(
                Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1000),
            ZoneOffset.UTC)
        .toString();
  }

  private static void fill(
      Map<String, Object> columns, String prefix, Class<?> type, Object message) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + Json.snakeCase(component.getName());
      Object value = message == null ? null : read(component, message);
      if (component.getType().isRecord()) {
        fill(columns, name + "_", component.getType(), value);
      } else {
        columns.put(name, plain(name, value));
      }
    }
  }

  /** Values of either side in one form. */
  public static Object plain(String name, Object value) {
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(each -> values.add(plain("", each)));
      return values;
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> values = new TreeMap<>();
      map.forEach((key, each) -> values.put(key.toString(), plain(key.toString(), each)));
      return values;
    } else if (value instanceof Record struct) {
      return of(struct);
    } else if (value instanceof Long us && name.endsWith("_us")) {
      return instant(us);
    } else if (value instanceof BigDecimal money) {
      return money.setScale(18, RoundingMode.HALF_EVEN).toPlainString();
    }
    return value == null ? null : value.toString();
  }

  private static Object read(RecordComponent component, Object message) {
    try {
      return component.getAccessor().invoke(message);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError(component.getName(), e);
    }
  }
}
