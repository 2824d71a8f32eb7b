// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import static dev.sluice.flink.KeyedState.access;
import static dev.sluice.flink.KeyedState.change;

import dev.sluice.rules.judge.BucketSlot;
import dev.sluice.rules.judge.CriterionState;
import dev.sluice.rules.judge.JudgeCursor;
import dev.sluice.rules.judge.JudgeMemory;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The judge's memory in Flink's keyed state, of the current key. One map entry per start and per
 * criterion: on the heap nothing is copied on access, on disk only the entries touched are read.
 */
final class KeyedJudgeMemory implements JudgeMemory {
  private final ValueState<JudgeCursor> cursor;
  private final MapState<Long, BucketSlot> slots;
  private final MapState<String, CriterionState> criteria;

  KeyedJudgeMemory(RuntimeContext context) {
    cursor =
        context.getState(
            new ValueStateDescriptor<>("cursor", TypeInformation.of(JudgeCursor.class)));
    slots =
        context.getMapState(
            new MapStateDescriptor<>("slots", Types.LONG, TypeInformation.of(BucketSlot.class)));
    criteria =
        context.getMapState(
            new MapStateDescriptor<>(
                "criteria", Types.STRING, TypeInformation.of(CriterionState.class)));
  }

  @Override
  public JudgeCursor cursor() {
    return access(cursor::value);
  }

  @Override
  public void putCursor(JudgeCursor next) {
    change(() -> cursor.update(next));
  }

  @Override
  public BucketSlot slot(long startUs) {
    return access(() -> slots.get(startUs));
  }

  @Override
  public void putSlot(BucketSlot slot) {
    change(() -> slots.put(slot.startUs(), slot));
  }

  @Override
  public void removeSlot(long startUs) {
    change(() -> slots.remove(startUs));
  }

  @Override
  public void clearSlots() {
    slots.clear();
  }

  @Override
  public CriterionState criterion(String key) {
    return access(() -> criteria.get(key));
  }

  @Override
  public void putCriterion(String key, CriterionState state) {
    change(() -> criteria.put(key, state));
  }

  @Override
  public List<String> criterionKeys() {
    List<String> keys = new ArrayList<>();
    access(criteria::keys).forEach(keys::add);
    return keys;
  }

  @Override
  public void removeCriterion(String key) {
    change(() -> criteria.remove(key));
  }
}
