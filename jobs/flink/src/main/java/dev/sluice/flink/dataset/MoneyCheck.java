// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import dev.sluice.flink.record.Accessors;
import dev.sluice.schemas.codec.MalformedException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Refuses amounts that DECIMAL(38,18) cannot hold: more than 20 digits before the point, or so many
 * after it that nobody meant them. Up to 100 decimals are taken, and rounded to 18 when written.
 */
final class MoneyCheck {
  private static final int MAX_INTEGER_DIGITS = 20;
  private static final int MAX_SCALE = 100;

  private final List<Part> parts = new ArrayList<>();

  private MoneyCheck() {}

  static MoneyCheck of(Class<?> record) {
    MoneyCheck check = new MoneyCheck();
    for (RecordComponent component : record.getRecordComponents()) {
      Class<?> type = component.getType();
      Class<?> element = type == List.class ? element(component) : type;
      if (element == BigDecimal.class) {
        check.parts.add(new Part(component.getName(), Accessors.object(component), null));
      } else if (element.isRecord()) {
        MoneyCheck inner = of(element);
        if (!inner.parts.isEmpty()) {
          check.parts.add(new Part(component.getName(), Accessors.object(component), inner));
        }
      }
    }
    return check;
  }

  void check(Object record) throws MalformedException {
    for (Part part : parts) {
      part.check(part.read.apply(record));
    }
  }

  private static Class<?> element(RecordComponent component) {
    Type argument = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    return (Class<?>) argument;
  }

  private record Part(String name, Function<Object, Object> read, MoneyCheck inner) {
    void check(Object value) throws MalformedException {
      if (value instanceof BigDecimal amount) {
        if ((long) amount.precision() - amount.scale() > MAX_INTEGER_DIGITS
            || amount.scale() > MAX_SCALE) {
          throw new MalformedException(name + " does not fit DECIMAL(38,18)", null);
        }
      } else if (value instanceof List<?> values) {
        for (Object item : values) {
          check(item);
        }
      } else if (value != null) {
        inner.check(value);
      }
    }
  }
}
