// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.schemas.codec.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A dataset without rows, with the columns that its records have; nested records are flattened. */
final class EmptyDataset {
  private EmptyDataset() {}

  /** A query that gives no rows of this record. */
  static String sql(Class<?> type) {
    List<String> columns = new ArrayList<>();
    columns("", type, columns);
    return "SELECT " + String.join(", ", columns) + " WHERE FALSE";
  }

  private static void columns(String prefix, Class<?> type, List<String> into) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + Json.snakeCase(component.getName());
      if (component.getType().isRecord()) {
        columns(name + "_", component.getType(), into);
      } else {
        into.add("NULL::" + column(name, component.getGenericType()) + " AS \"" + name + "\"");
      }
    }
  }

  private static String column(String name, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? "MAP(" + column("", arguments[0]) + ", " + column("", arguments[1]) + ")"
          : column("", arguments[0]) + "[]";
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return Arrays.stream(plain.getRecordComponents())
          .map(
              field -> {
                String inner = Json.snakeCase(field.getName());
                return "\"" + inner + "\" " + column(inner, field.getGenericType());
              })
          .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }
    if (plain == long.class || plain == Long.class) {
      return name.endsWith("_us") ? "TIMESTAMPTZ" : "BIGINT";
    }
    if (plain == int.class || plain == Integer.class) {
      return "INTEGER";
    }
    if (plain == double.class || plain == Double.class) {
      return "DOUBLE";
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return "BOOLEAN";
    }
    return plain == BigDecimal.class
        ? "DECIMAL(38,18)"
        : plain == byte[].class ? "BLOB" : "VARCHAR";
  }
}
