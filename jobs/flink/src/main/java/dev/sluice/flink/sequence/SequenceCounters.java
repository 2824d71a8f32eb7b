// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import dev.sluice.rules.sequence.SequenceCount;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the sequencing counts, as metrics of the operator. */
final class SequenceCounters {
  private final Map<SequenceCount, Counter> counters = new EnumMap<>(SequenceCount.class);

  SequenceCounters(MetricGroup group) {
    for (SequenceCount count : SequenceCount.values()) {
      counters.put(count, group.counter(count.counter()));
    }
  }

  void count(SequenceCount what, long times) {
    counters.get(what).inc(times);
  }
}
