// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.integrity;

import static dev.sluice.flink.KeyedState.access;
import static dev.sluice.flink.KeyedState.change;

import dev.sluice.rules.integrity.IntegrityMemory;
import dev.sluice.rules.integrity.IntegrityState;
import dev.sluice.rules.integrity.WatchedOrder;
import dev.sluice.rules.judge.CriterionState;
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
 * The memory of the integrity checks in Flink's keyed state, of the current key. Ids remembered
 * stand in a ring: their places count up, the lowest place is the oldest.
 */
final class KeyedIntegrityMemory implements IntegrityMemory {
  /** Where the ring of ids begins and ends. */
  public static final class Ring {
    public long oldest;
    public long next;

    public Ring() {}
  }

  private final ValueState<IntegrityState> states;
  private final ValueState<Ring> rings;
  private final MapState<String, WatchedOrder> orders;
  private final MapState<String, String> values;
  private final MapState<Long, String> places;
  private final MapState<String, CriterionState> criteria;

  KeyedIntegrityMemory(RuntimeContext context) {
    states = context.getState(value("state", IntegrityState.class));
    rings = context.getState(value("ring", Ring.class));
    orders = context.getMapState(map("orders", WatchedOrder.class));
    criteria = context.getMapState(map("criteria", CriterionState.class));
    values = context.getMapState(new MapStateDescriptor<>("ids", Types.STRING, Types.STRING));
    places = context.getMapState(new MapStateDescriptor<>("places", Types.LONG, Types.STRING));
  }

  private static <T> ValueStateDescriptor<T> value(String name, Class<T> type) {
    return new ValueStateDescriptor<>(name, TypeInformation.of(type));
  }

  private static <T> MapStateDescriptor<String, T> map(String name, Class<T> type) {
    return new MapStateDescriptor<>(name, Types.STRING, TypeInformation.of(type));
  }

  @Override
  public IntegrityState state() {
    IntegrityState state = access(states::value);
    return state == null ? new IntegrityState() : state;
  }

  @Override
  public void putState(IntegrityState state) {
    change(() -> states.update(state));
  }

  @Override
  public WatchedOrder order(String clientOrderId) {
    return access(() -> orders.get(clientOrderId));
  }

  @Override
  public void putOrder(WatchedOrder order) {
    change(() -> orders.put(order.clientOrderId, order));
  }

  @Override
  public void removeOrder(String clientOrderId) {
    change(() -> orders.remove(clientOrderId));
  }

  @Override
  public List<WatchedOrder> orders() {
    List<WatchedOrder> all = new ArrayList<>();
    change(() -> orders.values().forEach(all::add));
    return all;
  }

  @Override
  public String remembered(String id) {
    return access(() -> values.get(id));
  }

  @Override
  public void remember(String id, String value, int most) {
    change(
        () -> {
          if (values.contains(id)) {
            values.put(id, value);
            return;
          }
          Ring ring = rings.value() == null ? new Ring() : rings.value();
          if (ring.next - ring.oldest >= most) {
            values.remove(places.get(ring.oldest));
            places.remove(ring.oldest++);
          }
          values.put(id, value);
          places.put(ring.next++, id);
          rings.update(ring);
        });
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
