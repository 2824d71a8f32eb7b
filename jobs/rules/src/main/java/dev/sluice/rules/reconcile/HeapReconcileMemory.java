// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.rules.judge.CriterionState;
import dev.sluice.rules.sequence.EngineEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Memory on the heap, for replays and tests. Not thread-safe. */
public final class HeapReconcileMemory implements ReconcileMemory {
  private final Map<String, CriterionState> criteria = new HashMap<>();
  private List<EngineEvent> waiting = new ArrayList<>();
  private BookState books;

  @Override
  public CriterionState criterion(String key) {
    return criteria.get(key);
  }

  @Override
  public void putCriterion(String key, CriterionState state) {
    criteria.put(key, state);
  }

  @Override
  public BookState books() {
    return books;
  }

  @Override
  public void putBooks(BookState next) {
    books = next;
  }

  @Override
  public void keep(EngineEvent event) {
    waiting.add(event);
  }

  @Override
  public List<EngineEvent> waiting() {
    return waiting;
  }

  @Override
  public int waitingCount() {
    return waiting.size();
  }

  @Override
  public void keepOnly(List<EngineEvent> events) {
    waiting = new ArrayList<>(events);
  }
}
