// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Which Parquet type a Java type becomes, and how one value of it is written. */
final class ColumnTypes {
  private ColumnTypes() {}

  /** The column of a scalar; a {@code long} named {@code …_us} is an instant. */
  static PrimitiveType of(Class<?> type, String name, Repetition repetition) {
    if (type == long.class || type == Long.class) {
      return name.endsWith("_us")
          ? Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(timestampType(true, TimeUnit.MICROS))
              .named(name)
          : Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
    } else if (type == int.class || type == Integer.class) {
      return Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
    } else if (type == double.class || type == Double.class) {
      return Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
    } else if (type == boolean.class || type == Boolean.class) {
      return Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
    } else if (type == String.class || type.isEnum()) {
      return Types.primitive(PrimitiveTypeName.BINARY, repetition).as(stringType()).named(name);
    } else if (type == byte[].class) {
      return Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
    } else if (type == BigDecimal.class) {
      return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
          .length(Decimals.BYTES)
          .as(decimalType(Decimals.SCALE, Decimals.PRECISION))
          .named(name);
    }
    throw new IllegalArgumentException("no column type for " + type.getName() + " " + name);
  }

  /** Writes a boxed value of the type. */
  static ValueWriter writer(Class<?> type) {
    if (type == Long.class) {
      return (value, out) -> out.addLong((Long) value);
    } else if (type == Integer.class) {
      return (value, out) -> out.addInteger((Integer) value);
    } else if (type == Double.class) {
      return (value, out) -> out.addDouble((Double) value);
    } else if (type == Boolean.class) {
      return (value, out) -> out.addBoolean((Boolean) value);
    } else if (type == String.class) {
      return (value, out) -> out.addBinary(Binary.fromString((String) value));
    } else if (type == byte[].class) {
      return (value, out) -> out.addBinary(Binary.fromConstantByteArray((byte[]) value));
    } else if (type == BigDecimal.class) {
      return (value, out) -> out.addBinary(Decimals.encode((BigDecimal) value));
    } else if (type.isEnum()) {
      Map<Object, Binary> names = new HashMap<>();
      for (Object constant : type.getEnumConstants()) {
        names.put(constant, Binary.fromString(((Enum<?>) constant).name()));
      }
      return (value, out) -> out.addBinary(names.get(value));
    }
    throw new IllegalArgumentException("no column type for " + type.getName());
  }
}
