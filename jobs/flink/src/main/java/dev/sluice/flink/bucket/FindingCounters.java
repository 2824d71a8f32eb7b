// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** One Flink counter per {@link Finding}, named {@code sluice_<finding>}. */
final class FindingCounters {
  private final Map<Finding, Counter> counters = new EnumMap<>(Finding.class);

  FindingCounters(MetricGroup group) {
    for (Finding finding : Finding.values()) {
      counters.put(finding, group.counter("sluice_" + finding.metricName()));
    }
  }

  void count(Finding finding, long times) {
    counters.get(finding).inc(times);
  }
}
