// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet.read;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** One value of a column to the Java type it was written from. Dictionaries are decoded once. */
final class ScalarConverter extends PrimitiveConverter {
  private final Consumer<Object> into;
  private final Function<Binary, Object> decode;
  private Object[] dictionary;

  private ScalarConverter(Consumer<Object> into, Function<Binary, Object> decode) {
    this.into = into;
    this.decode = decode;
  }

  /**
   * A converter to a Java type.
   *
   * @throws IllegalArgumentException when the column has no such values
   */
  static ScalarConverter of(PrimitiveType column, Class<?> type, Consumer<Object> into) {
    boolean fits =
        switch (column.getPrimitiveTypeName()) {
          case INT64 -> type == long.class || type == Long.class;
          case INT32 -> type == int.class || type == Integer.class;
          case DOUBLE -> type == double.class || type == Double.class;
          case BOOLEAN -> type == boolean.class || type == Boolean.class;
          case BINARY -> type == String.class || type.isEnum() || type == byte[].class;
          case FIXED_LEN_BYTE_ARRAY -> type == BigDecimal.class;
          default -> false;
        };
    if (!fits) {
      throw new IllegalArgumentException("column " + column + " is no " + type.getSimpleName());
    }
    return new ScalarConverter(into, decoder(column, type));
  }

  private static Function<Binary, Object> decoder(PrimitiveType column, Class<?> type) {
    if (type == String.class) {
      return Binary::toStringUsingUTF8;
    } else if (type == byte[].class) {
      return Binary::getBytes;
    } else if (type.isEnum()) {
      Map<String, Object> constants = new HashMap<>();
      for (Object constant : type.getEnumConstants()) {
        constants.put(((Enum<?>) constant).name(), constant);
      }
      return binary -> constant(constants, type, binary.toStringUsingUTF8());
    } else if (type == BigDecimal.class) {
      int scale = ((DecimalLogicalTypeAnnotation) column.getLogicalTypeAnnotation()).getScale();
      return binary -> decimal(new BigDecimal(new BigInteger(binary.getBytes()), scale));
    }
    return null;
  }

  private static Object constant(Map<String, Object> constants, Class<?> type, String name) {
    Object constant = constants.get(name);
    if (constant == null) {
      throw new IllegalArgumentException("'" + name + "' is no " + type.getSimpleName());
    }
    return constant;
  }

  /** Without the zeros the column's fixed scale adds, and never with a negative scale. */
  private static BigDecimal decimal(BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  @Override
  public boolean hasDictionarySupport() {
    return decode != null;
  }

  @Override
  public void setDictionary(Dictionary values) {
    dictionary = new Object[values.getMaxId() + 1];
    for (int id = 0; id < dictionary.length; id++) {
      dictionary[id] = decode.apply(values.decodeToBinary(id));
    }
  }

  @Override
  public void addValueFromDictionary(int id) {
    into.accept(dictionary[id]);
  }

  @Override
  public void addBinary(Binary value) {
    into.accept(decode.apply(value));
  }

  @Override
  public void addBoolean(boolean value) {
    into.accept(value);
  }

  @Override
  public void addDouble(double value) {
    into.accept(value);
  }

  @Override
  public void addInt(int value) {
    into.accept(value);
  }

  @Override
  public void addLong(long value) {
    into.accept(value);
  }
}
