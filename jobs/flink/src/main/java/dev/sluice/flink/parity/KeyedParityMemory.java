// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.parity;

import static dev.sluice.flink.KeyedState.access;
import static dev.sluice.flink.KeyedState.change;

import dev.sluice.rules.judge.CriterionState;
import dev.sluice.rules.parity.Intent;
import dev.sluice.rules.parity.ParityMemory;
import dev.sluice.rules.parity.ParityState;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The judge's memory in Flink's keyed state, of the current key. */
final class KeyedParityMemory implements ParityMemory {
  private final ValueState<ParityState> states;
  private final MapState<String, Intent> intents;
  private final MapState<String, CriterionState> criteria;

  KeyedParityMemory(RuntimeContext context) {
    states =
        context.getState(
            new ValueStateDescriptor<>("parity", TypeInformation.of(ParityState.class)));
    intents = context.getMapState(map("intents", Intent.class));
    criteria = context.getMapState(map("criteria", CriterionState.class));
  }

  private static <T> MapStateDescriptor<String, T> map(String name, Class<T> type) {
    return new MapStateDescriptor<>(name, Types.STRING, TypeInformation.of(type));
  }

  @Override
  public ParityState state() {
    ParityState state = access(states::value);
    return state == null ? new ParityState() : state;
  }

  @Override
  public void putState(ParityState state) {
    change(() -> states.update(state));
  }

  @Override
  public Intent intent(String key) {
    return access(() -> intents.get(key));
  }

  @Override
  public void putIntent(String key, Intent intent) {
    change(() -> intents.put(key, intent));
  }

  @Override
  public void removeIntent(String key) {
    change(() -> intents.remove(key));
  }

  @Override
  public List<Intent> intents() {
    List<Intent> all = new ArrayList<>();
    change(() -> intents.values().forEach(all::add));
    return all;
  }

  @Override
  public CriterionState criterion(String key) {
    return access(() -> criteria.get(key));
  }

  @Override
  public void putCriterion(String key, CriterionState state) {
    change(() -> criteria.put(key, state));
  }
}
