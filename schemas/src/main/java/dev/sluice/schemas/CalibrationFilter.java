// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Why an interval is not to be calibrated with. */
public enum CalibrationFilter {
  /** A target or feature is not a number. */
  NOT_A_NUMBER,
  /** A target or feature is infinite. */
  INFINITE,
  /** The 95th percentile of a pass is longer than anything sane. */
  SLOW,
  /** The cache served too little for the latencies to mean anything. */
  COLD_CACHE,
  /** Too few ticks. */
  FEW_TICKS
}
