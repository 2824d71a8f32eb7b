// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

/** How far one engine has come. Flat, for checkpoints. */
public final class CalibrationState {
  /** End of the last start that was taken, 0 before the first. */
  public long takenUntilUs;

  /** Starts whose whole-engine bucket has come and that are not taken. */
  public int waitingStarts;

  /** Amendments not taken. */
  public int heldAmendments;

  public CalibrationState() {}
}
