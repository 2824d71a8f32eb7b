// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import dev.sluice.flink.ArchivedEvent;
import dev.sluice.flink.RawRecord;
import dev.sluice.flink.record.Accessors;
import dev.sluice.schemas.Descriptions;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The columns of a record class, derived once: names in snake_case, a nested record flattened with
 * its name in front, a list of records as a Parquet list of structs, a map as a Parquet map. What
 * may be null is an optional column.
 */
final class RecordColumns {
  private final List<Type> types = new ArrayList<>();
  private final List<FieldWriter> writers = new ArrayList<>();
  private final Map<String, String> descriptions = new LinkedHashMap<>();

  private RecordColumns() {}

  static RecordColumns of(Class<?> record) {
    RecordColumns columns = new RecordColumns();
    columns.writers.addAll(columns.components(record, "", false, ""));
    return columns;
  }

  /** The columns of an {@link ArchivedEvent}: those of the event, and its identity in Kafka. */
  static RecordColumns ofEvents(Class<?> event) {
    RecordColumns columns = new RecordColumns();
    List<FieldWriter> fields = columns.components(event, "", false, "");
    for (FieldWriter field : fields) {
      columns.writers.add((owner, out) -> field.write(((ArchivedEvent<?>) owner).event(), out));
    }
    columns.identity("ingest_time_us", "when Kafka appended it", RawRecord::ingestTimeUs);
    columns.identity("_topic_partition", "Kafka partition of its topic", RawRecord::partition);
    columns.identity("_offset", "offset in that partition, each there once", RawRecord::offset);
    return columns;
  }

  private void identity(String name, String description, ToLongFunction<RawRecord> read) {
    descriptions.put(name, description);
    int index = add(ColumnTypes.of(long.class, name, Repetition.REQUIRED));
    writers.add(
        (owner, out) -> {
          long value = read.applyAsLong(((ArchivedEvent<?>) owner).raw());
          field(out, name, index, () -> out.addLong(value));
        });
  }

  List<Type> types() {
    return types;
  }

  /**
   * What each column means, in their order; the fields of a list's records follow it as {@code
   * list.field}.
   */
  Map<String, String> descriptions() {
    return descriptions;
  }

  void write(Object record, RecordConsumer out) {
    for (FieldWriter writer : writers) {
      writer.write(record, out);
    }
  }

  private int add(Type type) {
    types.add(type);
    return types.size() - 1;
  }

  private List<FieldWriter> components(
      Class<?> record, String prefix, boolean optional, String about) {
    List<FieldWriter> fields = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      boolean nullable = optional || component.isAnnotationPresent(Nullable.class);
      String name = prefix + Json.snakeCase(component.getName());
      fields.add(component(component, name, nullable, about + Descriptions.of(component)));
    }
    return fields;
  }

  private FieldWriter component(
      RecordComponent component, String name, boolean nullable, String description) {
    Repetition repetition = nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
    Class<?> type = component.getType();
    if (type.isRecord()) {
      String about = description.isEmpty() ? "" : description + ": ";
      return nested(component, name, nullable, about);
    }
    descriptions.put(name, description);
    if (type == List.class) {
      return list(component, name, repetition);
    } else if (type == Map.class) {
      return map(component, name, repetition);
    }
    int index = add(ColumnTypes.of(type, name, repetition));
    return type.isPrimitive()
        ? primitive(component, name, index)
        : object(Accessors.object(component), name, index, ColumnTypes.writer(type));
  }

  private FieldWriter nested(
      RecordComponent component, String name, boolean nullable, String about) {
    Function<Object, Object> read = Accessors.object(component);
    List<FieldWriter> fields = components(component.getType(), name + "_", nullable, about);
    return (owner, out) -> {
      Object value = read.apply(owner);
      if (value != null) {
        for (FieldWriter field : fields) {
          field.write(value, out);
        }
      }
    };
  }

  private FieldWriter list(RecordComponent component, String name, Repetition repetition) {
    Class<?> element = argument(component, 0);
    ValueWriter writer;
    Type elementType;
    if (element.isRecord()) {
      RecordColumns columns = of(element);
      columns.descriptions.forEach((field, text) -> descriptions.put(name + "." + field, text));
      elementType = new GroupType(Repetition.REQUIRED, "element", columns.types);
      writer =
          (value, out) -> {
            out.startGroup();
            columns.write(value, out);
            out.endGroup();
          };
    } else {
      elementType = ColumnTypes.of(element, "element", Repetition.REQUIRED);
      writer = ColumnTypes.writer(element);
    }
    int index = add(ConversionPatterns.listOfElements(repetition, name, elementType));
    return object(
        Accessors.object(component),
        name,
        index,
        (value, out) -> elements((List<?>) value, writer, out));
  }

  private static void elements(List<?> values, ValueWriter writer, RecordConsumer out) {
    out.startGroup();
    if (!values.isEmpty()) {
      out.startField("list", 0);
      for (Object value : values) {
        out.startGroup();
        field(out, "element", 0, () -> writer.write(value, out));
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
  }

  private FieldWriter map(RecordComponent component, String name, Repetition repetition) {
    Class<?> keyType = argument(component, 0);
    Class<?> valueType = argument(component, 1);
    ValueWriter keys = ColumnTypes.writer(keyType);
    ValueWriter values = ColumnTypes.writer(valueType);
    Type type =
        Types.map(repetition)
            .key(ColumnTypes.of(keyType, "key", Repetition.REQUIRED))
            .value(ColumnTypes.of(valueType, "value", Repetition.OPTIONAL))
            .named(name);
    int index = add(type);
    return object(
        Accessors.object(component),
        name,
        index,
        (value, out) -> entries((Map<?, ?>) value, keys, values, out));
  }

  private static void entries(
      Map<?, ?> map, ValueWriter keys, ValueWriter values, RecordConsumer out) {
    out.startGroup();
    if (!map.isEmpty()) {
      out.startField("key_value", 0);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.startGroup();
        field(out, "key", 0, () -> keys.write(entry.getKey(), out));
        if (entry.getValue() != null) {
          field(out, "value", 1, () -> values.write(entry.getValue(), out));
        }
        out.endGroup();
      }
      out.endField("key_value", 0);
    }
    out.endGroup();
  }

  /** Parquet would write a file without a required value that nobody can read. */
  private FieldWriter object(
      Function<Object, Object> read, String name, int index, ValueWriter writer) {
    boolean required = types.get(index).getRepetition() == Repetition.REQUIRED;
    return (owner, out) -> {
      Object value = read.apply(owner);
      if (value != null) {
        out.startField(name, index);
        writer.write(value, out);
        out.endField(name, index);
      } else if (required) {
        throw new IllegalArgumentException(name + " is missing in " + owner);
      }
    };
  }

  private static FieldWriter primitive(RecordComponent component, String name, int index) {
    Class<?> type = component.getType();
    if (type == long.class) {
      ToLongFunction<Object> read = Accessors.toLong(component);
      return (owner, out) -> field(out, name, index, () -> out.addLong(read.applyAsLong(owner)));
    } else if (type == int.class) {
      ToIntFunction<Object> read = Accessors.toInt(component);
      return (owner, out) -> field(out, name, index, () -> out.addInteger(read.applyAsInt(owner)));
    } else if (type == double.class) {
      ToDoubleFunction<Object> read = Accessors.toDouble(component);
      return (owner, out) ->
          field(out, name, index, () -> out.addDouble(read.applyAsDouble(owner)));
    } else if (type == boolean.class) {
      Predicate<Object> read = Accessors.toBoolean(component);
      return (owner, out) -> field(out, name, index, () -> out.addBoolean(read.test(owner)));
    }
    throw new IllegalArgumentException("no column type for " + type + " " + name);
  }

  private static void field(RecordConsumer out, String name, int index, Runnable value) {
    out.startField(name, index);
    value.run();
    out.endField(name, index);
  }

  private static Class<?> argument(RecordComponent component, int index) {
    return (Class<?>)
        ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[index];
  }
}
