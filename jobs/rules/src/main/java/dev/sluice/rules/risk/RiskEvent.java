// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.schemas.Health;
import dev.sluice.schemas.Nullable;

/**
 * One accepted event that moves risk; exactly one of the three is not null. They share a stream so
 * that they stay in the order they were read in.
 *
 * @param ingestUs Kafka append time, 0 when unknown
 */
public record RiskEvent(
    @Nullable Mark mark, @Nullable Trade trade, @Nullable Health health, long ingestUs) {

  public static RiskEvent of(Mark mark) {
    return new RiskEvent(mark, null, null, mark.ingestUs());
  }

  public static RiskEvent of(Trade trade) {
    return new RiskEvent(null, trade, null, trade.ingestUs());
  }

  public static RiskEvent of(Health health, long ingestUs) {
    return new RiskEvent(null, null, health, ingestUs);
  }
}
