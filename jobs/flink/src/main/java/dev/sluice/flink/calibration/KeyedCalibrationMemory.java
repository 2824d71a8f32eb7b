// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.calibration;

import static dev.sluice.flink.KeyedState.access;
import static dev.sluice.flink.KeyedState.change;

import dev.sluice.rules.calibration.CalibrationInterval;
import dev.sluice.rules.calibration.CalibrationMemory;
import dev.sluice.rules.calibration.CalibrationStart;
import dev.sluice.rules.calibration.CalibrationState;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The book's memory in Flink's keyed state, of the current key. */
final class KeyedCalibrationMemory implements CalibrationMemory {
  private final ValueState<CalibrationState> states;
  private final MapState<Long, CalibrationStart> starts;
  private final MapState<Long, CalibrationInterval> intervals;

  KeyedCalibrationMemory(RuntimeContext context) {
    states =
        context.getState(
            new ValueStateDescriptor<>("progress", TypeInformation.of(CalibrationState.class)));
    starts = context.getMapState(map("starts", CalibrationStart.class));
    intervals = context.getMapState(map("intervals", CalibrationInterval.class));
  }

  private static <T> MapStateDescriptor<Long, T> map(String name, Class<T> type) {
    return new MapStateDescriptor<>(name, Types.LONG, TypeInformation.of(type));
  }

  @Override
  public CalibrationState state() {
    CalibrationState state = access(states::value);
    return state == null ? new CalibrationState() : state;
  }

  @Override
  public void putState(CalibrationState state) {
    change(() -> states.update(state));
  }

  @Override
  public CalibrationStart start(long startUs) {
    return access(() -> starts.get(startUs));
  }

  @Override
  public void putStart(long startUs, CalibrationStart start) {
    change(() -> starts.put(startUs, start));
  }

  @Override
  public void removeStart(long startUs) {
    change(() -> starts.remove(startUs));
  }

  @Override
  public List<Long> starts() {
    return keys(starts);
  }

  @Override
  public CalibrationInterval interval(long startUs) {
    return access(() -> intervals.get(startUs));
  }

  @Override
  public void putInterval(long startUs, CalibrationInterval interval) {
    change(() -> intervals.put(startUs, interval));
  }

  @Override
  public void removeInterval(long startUs) {
    change(() -> intervals.remove(startUs));
  }

  @Override
  public List<Long> intervals() {
    return keys(intervals);
  }

  private static List<Long> keys(MapState<Long, ?> state) {
    List<Long> keys = new ArrayList<>();
    change(() -> state.keys().forEach(keys::add));
    return keys;
  }
}
