// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.InputRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Offsets seen per topic and partition: a handful, so a list searched from the last hit. */
final class Inputs {
  private static final Comparator<InputRange> ORDER =
      Comparator.comparing(InputRange::topic).thenComparingInt(InputRange::partition);

  private static final class Range {
    String topic;
    int partition;
    long first;
    long last;
  }

  private final List<Range> ranges = new ArrayList<>();
  private int size;
  private int lastHit;

  void add(String topic, int partition, long first, long last) {
    Range range = find(topic, partition);
    if (range == null) {
      if (size == ranges.size()) {
        ranges.add(new Range());
      }
      lastHit = size++;
      range = ranges.get(lastHit);
      range.topic = topic;
      range.partition = partition;
      range.first = first;
      range.last = last;
      return;
    }
    range.first = Math.min(range.first, first);
    range.last = Math.max(range.last, last);
  }

  void addAll(List<InputRange> others) {
    if (others != null) {
      for (InputRange other : others) {
        add(other.topic(), other.partition(), other.firstOffset(), other.lastOffset());
      }
    }
  }

  /** Sorted by topic and partition; null when nothing was seen. */
  List<InputRange> toRanges() {
    if (size == 0) {
      return null;
    }
    List<InputRange> made = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Range range = ranges.get(i);
      made.add(new InputRange(range.topic, range.partition, range.first, range.last));
    }
    made.sort(ORDER);
    return made;
  }

  void clear() {
    size = 0;
    lastHit = 0;
  }

  private Range find(String topic, int partition) {
    for (int i = 0; i < size; i++) {
      int at = lastHit + i < size ? lastHit + i : lastHit + i - size;
      Range range = ranges.get(at);
      if (range.partition == partition && range.topic.equals(topic)) {
        lastHit = at;
        return range;
      }
    }
    return null;
  }
}
