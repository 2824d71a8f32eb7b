// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

/** Which job measures a metric, and hence judges its criteria. */
public enum Family {
  /** From buckets and heartbeats: the stop criteria. */
  BUCKETS,
  /** From the two books. */
  RECONCILIATION,
  /** From one engine's order streams. */
  INTEGRITY,
  /** From positions, marks and equity of all engines. */
  PORTFOLIO,
  /** From the arms of a trial. */
  TRIAL,
  /** From an engine and its shadow. */
  PARITY
}
