// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Memory in maps. */
final class HeapCalibrationMemory implements CalibrationMemory {
  private final Map<Long, CalibrationStart> starts = new TreeMap<>();
  private final Map<Long, CalibrationInterval> intervals = new TreeMap<>();
  private CalibrationState state = new CalibrationState();

  @Override
  public CalibrationState state() {
    return state;
  }

  @Override
  public void putState(CalibrationState next) {
    state = next;
  }

  @Override
  public CalibrationStart start(long startUs) {
    return starts.get(startUs);
  }

  @Override
  public void putStart(long startUs, CalibrationStart start) {
    starts.put(startUs, start);
  }

  @Override
  public void removeStart(long startUs) {
    starts.remove(startUs);
  }

  @Override
  public List<Long> starts() {
    return new ArrayList<>(starts.keySet());
  }

  @Override
  public CalibrationInterval interval(long startUs) {
    return intervals.get(startUs);
  }

  @Override
  public void putInterval(long startUs, CalibrationInterval interval) {
    intervals.put(startUs, interval);
  }

  @Override
  public void removeInterval(long startUs) {
    intervals.remove(startUs);
  }

  @Override
  public List<Long> intervals() {
    return new ArrayList<>(intervals.keySet());
  }
}
