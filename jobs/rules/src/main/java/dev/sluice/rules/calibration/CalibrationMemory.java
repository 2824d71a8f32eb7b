// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import java.util.List;

/** All that is remembered of one engine. Objects handed out are put back when changed. */
public interface CalibrationMemory {
  /** Never null. */
  CalibrationState state();

  void putState(CalibrationState state);

  /** What waits at a start, or null. */
  CalibrationStart start(long startUs);

  void putStart(long startUs, CalibrationStart start);

  void removeStart(long startUs);

  /** The starts at which something waits, in any order. */
  List<Long> starts();

  /** An interval, or null. */
  CalibrationInterval interval(long startUs);

  void putInterval(long startUs, CalibrationInterval interval);

  void removeInterval(long startUs);

  /** The intervals kept, in any order. */
  List<Long> intervals();
}
