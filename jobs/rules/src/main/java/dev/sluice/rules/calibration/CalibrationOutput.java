// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import dev.sluice.schemas.Calibration;

/** Where the rows go. */
public interface CalibrationOutput {
  void row(Calibration row);

  void count(CalibrationFault fault, long times);
}
