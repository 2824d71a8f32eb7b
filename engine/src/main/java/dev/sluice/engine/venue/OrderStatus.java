// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.venue;

import java.util.List;

/**
 * What a venue knows of one order.
 *
 * @param known false when the venue has never accepted nor rejected an order of that id
 * @param newest the order as it stands, with state and cumulative quantity and without fill fields;
 *     null when unknown
 * @param executions every execution of it so far, oldest first
 * @param venueTimeUs the venue's clock at the answer
 */
public record OrderStatus(
    String clientOrderId,
    boolean known,
    ExecutionReport newest,
    List<ExecutionReport> executions,
    long venueTimeUs) {
  public OrderStatus {
    executions = List.copyOf(executions);
  }

  /** The answer of a venue that has never heard of the order. */
  public static OrderStatus unknown(String clientOrderId, long venueTimeUs) {
    return new OrderStatus(clientOrderId, false, null, List.of(), venueTimeUs);
  }
}
