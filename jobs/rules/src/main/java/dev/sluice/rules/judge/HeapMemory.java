// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Memory in maps, for replays and tests. Not thread-safe. */
public final class HeapMemory implements JudgeMemory {
  private final Map<Long, BucketSlot> slots = new HashMap<>();
  private final Map<String, CriterionState> criteria = new HashMap<>();
  private JudgeCursor cursor;

  @Override
  public JudgeCursor cursor() {
    return cursor;
  }

  @Override
  public void putCursor(JudgeCursor next) {
    cursor = next;
  }

  @Override
  public BucketSlot slot(long startUs) {
    return slots.get(startUs);
  }

  @Override
  public void putSlot(BucketSlot slot) {
    slots.put(slot.startUs(), slot);
  }

  @Override
  public void removeSlot(long startUs) {
    slots.remove(startUs);
  }

  @Override
  public void clearSlots() {
    slots.clear();
  }

  @Override
  public CriterionState criterion(String key) {
    return criteria.get(key);
  }

  @Override
  public void putCriterion(String key, CriterionState state) {
    criteria.put(key, state);
  }

  @Override
  public List<String> criterionKeys() {
    return List.copyOf(criteria.keySet());
  }

  @Override
  public void removeCriterion(String key) {
    criteria.remove(key);
  }

  /** How many starts are in memory. */
  public int slotCount() {
    return slots.size();
  }
}
