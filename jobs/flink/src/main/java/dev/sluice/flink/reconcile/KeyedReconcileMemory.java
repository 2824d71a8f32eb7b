// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.reconcile;

import static dev.sluice.flink.KeyedState.access;
import static dev.sluice.flink.KeyedState.change;

import dev.sluice.rules.judge.CriterionState;
import dev.sluice.rules.reconcile.BookState;
import dev.sluice.rules.reconcile.ReconcileMemory;
import dev.sluice.rules.sequence.EngineEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The reconciler's memory in Flink's keyed state, of the current key. An event that waits is only
 * appended; the books are touched once per evaluation.
 */
final class KeyedReconcileMemory implements ReconcileMemory {
  private final ValueState<BookState> books;
  private final ListState<EngineEvent> waiting;
  private final ValueState<Integer> waitingCount;
  private final MapState<String, CriterionState> criteria;

  KeyedReconcileMemory(RuntimeContext context) {
    books =
        context.getState(new ValueStateDescriptor<>("books", TypeInformation.of(BookState.class)));
    waiting =
        context.getListState(
            new ListStateDescriptor<>("waiting", TypeInformation.of(EngineEvent.class)));
    waitingCount = context.getState(new ValueStateDescriptor<>("waiting-count", Types.INT));
    criteria =
        context.getMapState(
            new MapStateDescriptor<>(
                "criteria", Types.STRING, TypeInformation.of(CriterionState.class)));
  }

  @Override
  public BookState books() {
    return access(books::value);
  }

  @Override
  public void putBooks(BookState next) {
    change(() -> books.update(next));
  }

  @Override
  public void keep(EngineEvent event) {
    int count = waitingCount();
    change(() -> waiting.add(event));
    change(() -> waitingCount.update(count + 1));
  }

  @Override
  public List<EngineEvent> waiting() {
    List<EngineEvent> events = new ArrayList<>();
    access(waiting::get).forEach(events::add);
    return events;
  }

  @Override
  public int waitingCount() {
    Integer count = access(waitingCount::value);
    return count == null ? 0 : count;
  }

  @Override
  public void keepOnly(List<EngineEvent> events) {
    change(() -> waiting.update(events));
    change(() -> waitingCount.update(events.size()));
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
