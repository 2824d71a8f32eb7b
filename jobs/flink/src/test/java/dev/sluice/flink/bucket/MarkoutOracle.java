// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.util.ArrayList;
import java.util.List;

/** The markout formula done the slow way from the raw events. */
final class MarkoutOracle {
  private static final long[] HORIZONS_S = {1, 5, 30, 60};

  private MarkoutOracle() {}

  /** Σ w·x in millionths per horizon, over fills whose tick comes before the end. */
  static long[] sums(EngineScript script, long endUs) {
    List<Tick> ticks = read(script.topics.get(EngineScript.Kind.TICK), Tick.class);
    List<Fill> fills = read(script.topics.get(EngineScript.Kind.FILL), Fill.class);
    long[] sums = new long[HORIZONS_S.length];
    for (Fill fill : fills) {
      for (int i = 0; i < HORIZONS_S.length; i++) {
        long dueUs = fill.eventTimeUs() + HORIZONS_S[i] * 1_000_000;
        for (Tick tick : ticks) {
          if (tick.eventTimeUs() >= dueUs && tick.eventTimeUs() < endUs) {
            double mid = (tick.bid() + tick.ask()) * 0.5;
            double bps = fill.side().sign() * (mid - fill.midAtFill()) / fill.midAtFill() * 1e4;
            long weightE6 = fill.price().multiply(fill.qty()).movePointRight(6).longValueExact();
            sums[i] += Math.round(weightE6 * bps);
            break;
          }
        }
      }
    }
    return sums;
  }

  static <T extends Record> List<T> read(List<RawRecord> records, Class<T> type) {
    List<T> all = new ArrayList<>();
    for (RawRecord raw : records) {
      try {
        all.add(Json.read(raw.value(), type));
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    }
    return all;
  }
}
