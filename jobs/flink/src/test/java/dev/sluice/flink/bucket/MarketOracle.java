// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.MarketSums;
import dev.sluice.schemas.Tick;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The sums of what ticks say of the market, done the slow way from the raw events. */
final class MarketOracle {
  private MarketOracle() {}

  static MarketSums sums(EngineScript script, Bucket bucket) {
    List<Tick> ticks =
        MarkoutOracle.read(script.topics.get(EngineScript.Kind.TICK), Tick.class).stream()
            .filter(t -> t.eventTimeUs() >= bucket.startUs() && t.eventTimeUs() < bucket.endUs())
            .toList();
    List<Tick> ages = ticks.stream().filter(t -> t.cacheAgeMs() != null).toList();
    List<Tick> traded = ticks.stream().filter(t -> t.tradedQty() != null).toList();
    List<Tick> etas = ticks.stream().filter(t -> t.queueEtaMs() != null).toList();
    List<Tick> positions = ticks.stream().filter(t -> t.position() != null).toList();
    TreeMap<Long, Tick> firsts = new TreeMap<>();
    ticks.forEach(t -> firsts.putIfAbsent(t.eventTimeUs() / 1_000_000, t));
    long squares = 0;
    Tick before = null;
    for (Tick tick : firsts.values()) {
      if (before != null) {
        double bps = StrictMath.log(mid(tick) / mid(before)) * 1e4;
        squares += Math.round(bps * bps * 1e6);
      }
      before = tick;
    }
    return new MarketSums(
        ticks.size(),
        sum(ticks, t -> (t.ask() - t.bid()) / mid(t) * 1e4 * 1e6),
        sum(ticks, t -> (t.bid() * t.bidSize() + t.ask() * t.askSize()) * 0.5 * 1e6),
        ages.size(),
        sum(ages, t -> t.cacheAgeMs() * 1e3),
        traded.size(),
        sum(traded, t -> t.tradedQty() * mid(t) * 1e6),
        etas.size(),
        sum(etas, t -> t.queueEtaMs() * 1e3),
        positions.size(),
        sum(positions, t -> t.position() * mid(t) * 1e6),
        sum(positions, t -> Math.abs(t.position() * mid(t) * 1e6)),
        firsts.size() - 1,
        squares,
        firsts.lastEntry().getValue().eventTimeUs() - firsts.firstEntry().getValue().eventTimeUs());
  }

  private static long sum(List<Tick> ticks, ToDoubleFunction<Tick> of) {
    return ticks.stream().mapToLong(t -> Math.round(of.applyAsDouble(t))).sum();
  }

  private static double mid(Tick tick) {
    return (tick.bid() + tick.ask()) * 0.5;
  }
}
