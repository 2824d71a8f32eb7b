// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

/** Whether data may be calibrated with, from best to worst. */
public enum Readiness {
  READY,
  /** Enough to fit something; less than one would want. */
  READY_WITH_WARNING,
  NOT_READY,
  /** There is nothing to judge, which is never ready. */
  NO_DATA
}
