// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Lets the oldest entries of a map go; which ones does not depend on the order of the map. */
final class Oldest {
  private Oldest() {}

  /**
   * When there are more than the limit, drops those beyond and a tenth more, so as to be seldom.
   */
  static <V> long keep(Map<String, V> map, ToLongFunction<Map.Entry<String, V>> timeUs, int limit) {
    if (map.size() <= limit) {
      return 0;
    }
    int surplus = map.size() - limit + limit / 10;
    dropEntries(map, timeUs, surplus);
    return surplus;
  }

  static <V> void drop(Map<String, V> map, ToLongFunction<V> timeUs, int count) {
    dropEntries(map, entry -> timeUs.applyAsLong(entry.getValue()), count);
  }

  private static <V> void dropEntries(
      Map<String, V> map, ToLongFunction<Map.Entry<String, V>> timeUs, int count) {
    List<String> oldest =
        map.entrySet().stream()
            .sorted(
                Comparator.comparingLong(timeUs)
                    .thenComparing(Comparator.comparing(Map.Entry::getKey)))
            .limit(count)
            .map(Map.Entry::getKey)
            .toList();
    oldest.forEach(map::remove);
  }
}
