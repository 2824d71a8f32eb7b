// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** One Flink counter per {@link InputFault}, named {@code sluice_<fault>}. */
final class InputFaultCounters {
  private final Map<InputFault, Counter> counters = new EnumMap<>(InputFault.class);

  InputFaultCounters(MetricGroup group) {
    for (InputFault fault : InputFault.values()) {
      counters.put(fault, group.counter("sluice_" + fault.metricName()));
    }
  }

  void count(InputFault fault, long times) {
    counters.get(fault).inc(times);
  }
}
