// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.rules.judge.CriterionState;
import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Memory in maps, for replays and tests. Not thread-safe. */
public final class HeapIntegrityMemory implements IntegrityMemory {
  private final Map<String, CriterionState> criteria = new HashMap<>();
  private final Map<String, WatchedOrder> orders = new HashMap<>();
  private final Map<String, String> ids = new LinkedHashMap<>();
  private IntegrityState state = new IntegrityState();

  @Override
  public CriterionState criterion(String key) {
    return criteria.get(key);
  }

  @Override
  public void putCriterion(String key, CriterionState next) {
    criteria.put(key, next);
  }

  @Override
  public IntegrityState state() {
    return state;
  }

  @Override
  public void putState(IntegrityState next) {
    state = next;
  }

  @Override
  public WatchedOrder order(String clientOrderId) {
    return orders.get(clientOrderId);
  }

  @Override
  public void putOrder(WatchedOrder order) {
    orders.put(order.clientOrderId, order);
  }

  @Override
  public void removeOrder(String clientOrderId) {
    orders.remove(clientOrderId);
  }

  @Override
  public List<WatchedOrder> orders() {
    return new ArrayList<>(orders.values());
  }

  @Override
  public String remembered(String id) {
    return ids.get(id);
  }

  @Override
  public void remember(String id, String value, int most) {
    ids.put(id, value);
    if (ids.size() > most) {
      ids.remove(ids.keySet().iterator().next());
    }
  }

  /** What is known of the orders now, in one text: equal for equal states. */
  public String stateHash() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(orders)
        .forEach(
            (id, order) ->
                text.append(id)
                    .append('|')
                    .append(order.state)
                    .append('|')
                    .append(order.cumQty.stripTrailingZeros().toPlainString())
                    .append('|')
                    .append(order.fillQty.stripTrailingZeros().toPlainString())
                    .append('|')
                    .append(order.sinceUs)
                    .append('\n'));
    for (long ended : state.ended) {
      text.append(ended).append(' ');
    }
    text.append(state.executedQty.stripTrailingZeros().toPlainString());
    text.append(' ').append(state.fills).append(' ').append(state.untilUs).append('\n');
    List<String> standing = new ArrayList<>();
    for (Finding finding : state.standing) {
      standing.add(finding.findingId());
    }
    standing.sort(null);
    return Sha256.hex(text.append(standing).toString());
  }
}
