// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.OrderStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the venue remembers of the newest orders, open and ended, by client order id: how each
 * stands and its executions. Older ones are forgotten beyond a limit. Not thread-safe.
 */
final class OrderMemory {
  private static final class History {
    private ExecutionReport newest;
    private List<ExecutionReport> executions = List.of();
  }

  private final Map<String, History> histories;

  OrderMemory(int limit) {
    this.histories =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, History> eldest) {
            return size() > limit;
          }
        };
  }

  boolean knows(String clientOrderId) {
    return histories.containsKey(clientOrderId);
  }

  /** Takes what was reported of an order. */
  void remember(ExecutionReport report) {
    History history = histories.computeIfAbsent(report.clientOrderId(), id -> new History());
    history.newest = report;
    if (report.fillId() != null) {
      List<ExecutionReport> executions = new ArrayList<>(history.executions);
      executions.add(report);
      history.executions = executions;
    }
  }

  /** The answer to a query. */
  OrderStatus status(String clientOrderId, long venueTimeUs) {
    History history = histories.get(clientOrderId);
    return history == null
        ? OrderStatus.unknown(clientOrderId, venueTimeUs)
        : new OrderStatus(
            clientOrderId, true, history.newest.withoutFill(), history.executions, venueTimeUs);
  }
}
