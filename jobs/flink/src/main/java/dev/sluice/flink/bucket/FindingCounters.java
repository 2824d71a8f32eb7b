package dev.sluice.flink.bucket;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** One Flink counter per {@link Finding}, named {@code sluice_<finding>}. */
final class FindingCounters {
  private final Counter[] counters = new Counter[Finding.values().length];

  FindingCounters(MetricGroup group) {
    for (Finding finding : Finding.values()) {
      counters[finding.ordinal()] = group.counter("sluice_" + finding.metricName());
    }
  }

  void count(Finding finding, long times) {
    counters[finding.ordinal()].inc(times);
  }
}
