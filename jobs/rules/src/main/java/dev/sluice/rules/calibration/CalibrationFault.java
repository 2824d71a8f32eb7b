// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

/** What an interval had to do without, counted. */
public enum CalibrationFault {
  /** Late events of an interval too old to be amended, or of a start already gone past. */
  LATE_EVENTS_GIVEN_UP,
  /** Starts that went on without the amendments their late events announce. */
  AMENDMENTS_MISSED,
  /** Buckets of a start that no bucket of the whole engine closed. */
  NEVER_CLOSED,
  /** Records that came again. */
  REPEATED,
  /** Buckets of symbols and arms beyond the limit. */
  KEYS_LEFT_OUT
}
