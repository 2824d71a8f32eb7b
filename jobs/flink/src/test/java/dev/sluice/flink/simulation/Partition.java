// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import java.util.ArrayList;
import java.util.List;

/** One partition of one topic: an append-only log that outlives everybody who reads it. */
final class Partition {
  /**
   * @param appendedMs virtual time of the append
   */
  record Entry(Object value, long appendedMs) {}

  final String name;
  final List<Entry> entries = new ArrayList<>();

  Partition(String name) {
    this.name = name;
  }

  void append(Object value, long nowMs) {
    entries.add(new Entry(value, nowMs));
  }

  @Override
  public String toString() {
    return name;
  }
}
