// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet.read;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;

/** Columns to Java values: rows to records, Parquet lists to lists, Parquet maps to maps. */
final class Converters {
  private Converters() {}

  /** A converter of one column or list element; each value goes to the consumer. */
  private static Converter of(
      org.apache.parquet.schema.Type column, Type type, Consumer<Object> into) {
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      GroupType group = column.asGroupType();
      return parameterized.getRawType() == List.class
          ? new ListConverter(group, arguments[0], into)
          : new MapConverter(group, arguments, into);
    }
    Class<?> plain = (Class<?>) type;
    return plain.isRecord()
        ? new RowConverter(column.asGroupType(), plain, into)
        : ScalarConverter.of(column.asPrimitiveType(), plain, into);
  }

  /** A group of columns as a record. */
  static final class RowConverter extends GroupConverter {
    private final RecordShape shape;
    private final Converter[] converters;
    private final Object[] slots;
    private final Consumer<Object> into;

    /**
     * A converter of rows.
     *
     * @throws IllegalArgumentException when a column the record cannot do without is not there
     */
    RowConverter(GroupType row, Class<?> type, Consumer<Object> into) {
      List<RecordShape.Column> columns = new ArrayList<>();
      shape = RecordShape.of(type, columns);
      slots = new Object[columns.size()];
      converters = new Converter[row.getFieldCount()];
      this.into = into;
      for (int slot = 0; slot < slots.length; slot++) {
        RecordShape.Column column = columns.get(slot);
        if (row.containsField(column.name())) {
          int index = row.getFieldIndex(column.name());
          int at = slot;
          converters[index] = of(row.getType(index), column.type(), value -> slots[at] = value);
        } else if (column.required()) {
          throw new IllegalArgumentException(
              type.getSimpleName() + ": the file has no column " + column.name());
        }
      }
    }

    /** The names a record's columns have. */
    static List<String> columns(Class<?> type) {
      List<RecordShape.Column> columns = new ArrayList<>();
      RecordShape.of(type, columns);
      return columns.stream().map(RecordShape.Column::name).toList();
    }

    @Override
    public Converter getConverter(int index) {
      return converters[index];
    }

    @Override
    public void start() {
      Arrays.fill(slots, null);
    }

    @Override
    public void end() {
      into.accept(shape.make(slots));
    }
  }

  /** {@code group name (LIST) { repeated group list { element } }}. */
  private static final class ListConverter extends GroupConverter {
    private final Consumer<Object> into;
    private final Inner elements;
    private List<Object> values;

    ListConverter(GroupType list, Type element, Consumer<Object> into) {
      this.into = into;
      GroupType repeated = list.getType(0).asGroupType();
      elements = new Inner(of(repeated.getType(0), element, value -> values.add(value)));
    }

    @Override
    public Converter getConverter(int index) {
      return elements;
    }

    @Override
    public void start() {
      values = new ArrayList<>();
    }

    @Override
    public void end() {
      into.accept(values);
    }
  }

  /** {@code group name (MAP) { repeated group key_value { key, value } }}. */
  private static final class MapConverter extends GroupConverter {
    private final Consumer<Object> into;
    private final Inner entries;
    private Map<Object, Object> values;
    private Object key;
    private Object value;

    MapConverter(GroupType map, Type[] arguments, Consumer<Object> into) {
      this.into = into;
      GroupType repeated = map.getType(0).asGroupType();
      entries =
          new Inner(
              of(repeated.getType(0), arguments[0], read -> key = read),
              of(repeated.getType(1), arguments[1], read -> value = read)) {
            @Override
            public void start() {
              value = null;
            }

            @Override
            public void end() {
              values.put(key, value);
            }
          };
    }

    @Override
    public Converter getConverter(int index) {
      return entries;
    }

    @Override
    public void start() {
      values = new HashMap<>();
    }

    @Override
    public void end() {
      into.accept(values);
    }
  }

  /** The repeated group within a list or a map. */
  private static class Inner extends GroupConverter {
    private final Converter[] converters;

    Inner(Converter... converters) {
      this.converters = converters;
    }

    @Override
    public Converter getConverter(int index) {
      return converters[index];
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
