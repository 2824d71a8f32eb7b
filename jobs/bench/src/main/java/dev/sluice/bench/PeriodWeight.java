// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.util.function.SerializableFunction;

/**
 * How many events a judge's progress marker stands for: those of the whole periods since the
 * engine's marker before it. So an event counts when it has been judged, not when it was read.
 */
final class PeriodWeight implements SerializableFunction<Verdict, Long> {
  private static final long serialVersionUID = 1L;
  private static final long PERIOD_US = OrderFeed.PERIOD_S * 1_000_000;

  private final String judge;
  private final HashMap<String, Long> eventsPerPeriod;
  private final HashMap<String, Long> periodsDone = new HashMap<>();

  /**
   * A weight for one sink.
   *
   * @param eventsPerPeriod by engine; others count nothing
   */
  PeriodWeight(String judge, Map<String, Long> eventsPerPeriod) {
    this.judge = judge;
    this.eventsPerPeriod = new HashMap<>(eventsPerPeriod);
  }

  @Override
  public Long apply(Verdict verdict) {
    Long perPeriod = eventsPerPeriod.get(verdict.engineId());
    if (perPeriod == null || !verdict.progressMarker() || !verdict.progressOf().equals(judge)) {
      return 0L;
    }
    long done = Math.max(0, verdict.eventTimeUs() - OrderFeed.START_US) / PERIOD_US;
    long before = periodsDone.getOrDefault(verdict.engineId(), 0L);
    if (done <= before) {
      return 0L;
    }
    periodsDone.put(verdict.engineId(), done);
    return (done - before) * perPeriod;
  }
}
