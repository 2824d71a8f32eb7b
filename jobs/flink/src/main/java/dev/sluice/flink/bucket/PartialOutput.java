// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.risk.Mark;
import dev.sluice.rules.risk.Trade;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;

/** Where {@link PartialBuckets} puts what it makes. */
public interface PartialOutput {
  void update(EngineUpdate update);

  /**
   * An accepted heartbeat, at once.
   *
   * @param ingestUs its Kafka append time, epoch microseconds
   */
  void health(Health health, long ingestUs);

  /** A tick's mid that is news of its engine and symbol, at once. */
  void mark(Mark mark);

  /** An accepted fill, at once. */
  void trade(Trade trade);

  void deadLetter(DeadLetter letter);

  void count(InputFault fault, long times);
}
