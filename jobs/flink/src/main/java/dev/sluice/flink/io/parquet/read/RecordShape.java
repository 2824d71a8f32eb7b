// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet.read;

import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * How a record is put together from its columns: each column has a slot, and a nested record takes
 * the slots of the columns it was flattened into. A nested record that may be null is null when all
 * its columns are.
 */
final class RecordShape {
  /**
   * One column.
   *
   * @param type what its values become
   * @param required whether a row must have it
   */
  record Column(String name, Type type, boolean required) {}

  /** What one component is made of: a slot, or a record over several. */
  private record Part(RecordShape shape, boolean nullable, int from, int to) {}

  private final Constructor<?> constructor;
  private final List<Part> parts = new ArrayList<>();

  private RecordShape(Class<?> type, String prefix, boolean optional, List<Column> columns) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      types[i] = component.getType();
      NamedColumn named = component.getAnnotation(NamedColumn.class);
      String name = named == null ? prefix + Json.snakeCase(component.getName()) : named.value();
      boolean nullable = optional || component.isAnnotationPresent(Nullable.class);
      int from = columns.size();
      RecordShape nested = null;
      if (component.getType().isRecord()) {
        nested = new RecordShape(component.getType(), name + "_", nullable, columns);
      } else {
        columns.add(new Column(name, component.getGenericType(), !nullable));
      }
      parts.add(new Part(nested, nullable, from, columns.size()));
    }
    try {
      constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record has its canonical constructor: " + type, e);
    }
  }

  /** The shape of a class; its columns are added to the list, in the order of their slots. */
  static RecordShape of(Class<?> type, List<Column> columns) {
    return new RecordShape(type, "", false, columns);
  }

  /** The record of one row. */
  Object make(Object[] slots) {
    Object[] arguments = new Object[parts.size()];
    for (int i = 0; i < arguments.length; i++) {
      Part part = parts.get(i);
      if (part.shape == null) {
        arguments[i] = slots[part.from];
      } else if (!part.nullable || any(slots, part.from, part.to)) {
        arguments[i] = part.shape.make(slots);
      }
    }
    try {
      return constructor.newInstance(arguments);
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException("no " + constructor.getDeclaringClass() + ": " + e, e);
    }
  }

  private static boolean any(Object[] slots, int from, int to) {
    for (int i = from; i < to; i++) {
      if (slots[i] != null) {
        return true;
      }
    }
    return false;
  }
}
