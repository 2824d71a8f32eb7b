// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink;

import dev.sluice.schemas.Nullable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random records of any class of ours, from a seed; nullable components are null half of the time.
 */
public final class RecordGenerator {
  private static final long START_US = 1_767_225_600_000_000L; // 2026-01-01
  private static final long DAY_US = 86_400_000_000L;

  private final Random random;

  public RecordGenerator(long seed) {
    random = new Random(seed);
  }

  /** One record. */
  public <T extends Record> T next(Class<T> type) {
    return type.cast(record(type));
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      boolean absent = components[i].isAnnotationPresent(Nullable.class) && random.nextBoolean();
      values[i] = absent ? null : value(components[i].getGenericType(), components[i].getName());
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InstantiationException
        | IllegalAccessException
        | NoSuchMethodException
        | InvocationTargetException e) {
      throw new IllegalStateException("cannot create " + type, e);
    }
  }

  private Object value(Type generic, String name) {
    if (generic instanceof ParameterizedType parameterized) {
      return parameterized.getRawType() == List.class
          ? list(parameterized.getActualTypeArguments()[0], name)
          : Map.of("flag-" + random.nextInt(10), random.nextBoolean());
    }
    Class<?> type = (Class<?>) generic;
    if (type == long.class || type == Long.class) {
      return name.endsWith("Us")
          ? START_US + (long) (random.nextDouble() * 3 * DAY_US)
          : random.nextLong(1, 1_000_000);
    } else if (type == int.class || type == Integer.class) {
      return random.nextInt(100);
    } else if (type == double.class || type == Double.class) {
      return random.nextDouble() * 1000;
    } else if (type == boolean.class || type == Boolean.class) {
      return random.nextBoolean();
    } else if (type == String.class) {
      return name + "-" + random.nextInt(1000);
    } else if (type == BigDecimal.class) {
      return new BigDecimal(
          new BigInteger(60, random).subtract(BigInteger.ONE.shiftLeft(59)), random.nextInt(19));
    } else if (type == byte[].class) {
      byte[] bytes = new byte[random.nextInt(50)];
      random.nextBytes(bytes);
      return bytes;
    } else if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }
    return record(type);
  }

  private List<Object> list(Type element, String name) {
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      values.add(value(element, name));
    }
    return values;
  }
}
