// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Says in which components two records of one class differ. */
final class SameRecords {
  private SameRecords() {}

  /**
   * One sentence for each component that differs; numbers are compared bit for bit.
   *
   * @param what begins each sentence
   * @param except components that may differ
   */
  static <T extends Record> List<String> differences(
      String what, T archived, T again, Set<String> except) {
    List<String> differences = new ArrayList<>();
    for (RecordComponent component : archived.getClass().getRecordComponents()) {
      Object before = value(component, archived);
      Object now = value(component, again);
      if (!except.contains(component.getName()) && !Objects.equals(before, now)) {
        differences.add(
            what + ": " + component.getName() + " was " + before + " and is now " + now);
      }
    }
    return differences;
  }

  private static Object value(RecordComponent component, Object of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a public record can be read: " + component, e);
    }
  }
}
