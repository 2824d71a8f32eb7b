// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

/** Copies of records in which something is wrong. Slow; for faults only. */
final class Altered {
  private Altered() {}

  /**
   * The same record with other values.
   *
   * @param namesAndValues name of a component, its value, the next name …
   * @throws IllegalArgumentException when there is no component of a name
   */
  static <T extends Record> T copy(T original, Object... namesAndValues) {
    Map<String, Object> changes = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      changes.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    RecordComponent[] components = original.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        String name = components[i].getName();
        types[i] = components[i].getType();
        values[i] =
            changes.containsKey(name)
                ? changes.remove(name)
                : components[i].getAccessor().invoke(original);
      }
      if (!changes.isEmpty()) {
        throw new IllegalArgumentException(original.getClass() + " has no " + changes.keySet());
      }
      @SuppressWarnings("unchecked") // the constructor of the original's own class
      T copy = (T) original.getClass().getDeclaredConstructor(types).newInstance(values);
      return copy;
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("cannot copy a " + original.getClass(), e);
    }
  }
}
