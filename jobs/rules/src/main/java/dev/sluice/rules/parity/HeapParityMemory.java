// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.rules.judge.CriterionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Memory in maps, for replays and tests. Not thread-safe. */
public final class HeapParityMemory implements ParityMemory {
  private final Map<String, Intent> intents = new HashMap<>();
  private final Map<String, CriterionState> criteria = new HashMap<>();
  private ParityState state = new ParityState();

  @Override
  public ParityState state() {
    return state;
  }

  @Override
  public void putState(ParityState next) {
    state = next;
  }

  @Override
  public Intent intent(String key) {
    return intents.get(key);
  }

  @Override
  public void putIntent(String key, Intent intent) {
    intents.put(key, intent);
  }

  @Override
  public void removeIntent(String key) {
    intents.remove(key);
  }

  @Override
  public List<Intent> intents() {
    return new ArrayList<>(intents.values());
  }

  @Override
  public CriterionState criterion(String key) {
    return criteria.get(key);
  }

  @Override
  public void putCriterion(String key, CriterionState next) {
    criteria.put(key, next);
  }
}
