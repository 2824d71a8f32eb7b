// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A book over memory in maps, with what it says. */
final class CalibrationRun implements CalibrationOutput {
  final List<Calibration> rows = new ArrayList<>();
  final Map<CalibrationFault, Long> faults = new EnumMap<>(CalibrationFault.class);
  final HeapCalibrationMemory memory = new HeapCalibrationMemory();
  private final CalibrationBook book;

  CalibrationRun(CalibrationSettings settings) {
    book = new CalibrationBook(settings);
  }

  static CalibrationRun of(CalibrationSettings settings, List<Bucket> inputs) {
    return new CalibrationRun(settings).addAll(inputs);
  }

  CalibrationRun addAll(List<Bucket> inputs) {
    inputs.forEach(bucket -> book.add(bucket, memory, this));
    return this;
  }

  CalibrationRun end() {
    book.end(memory, this);
    return this;
  }

  List<String> json() {
    return rows.stream().map(row -> new String(Json.write(row), StandardCharsets.UTF_8)).toList();
  }

  @Override
  public void row(Calibration row) {
    rows.add(row);
  }

  @Override
  public void count(CalibrationFault fault, long times) {
    if (times > 0) {
      faults.merge(fault, times, Long::sum);
    }
  }
}
