// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

/** What is counted about the input; the metric's name is the lower-case constant. */
public enum InputFault {
  MALFORMED,
  QUARANTINED,
  UNKNOWN_ENGINE,
  OVERSIZED,
  DUPLICATES,
  REORDERED,
  GAPS,
  LATE,
  FILLS_GIVEN_UP;

  /** Name of the counter. */
  public String metricName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
