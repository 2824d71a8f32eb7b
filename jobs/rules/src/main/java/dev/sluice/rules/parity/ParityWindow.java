// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.rules.parity.IntentMatching.Pair;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;

/**
 * One window of a pair, ready to be compared; every difference is live − shadow, and NaN where one
 * side has nothing to compare.
 *
 * @param outcomeUs what happened to an intent at this time or later is not looked at
 * @param pairs in the order of time
 * @param disturbances starts, restarts and lost records of both sides
 * @param leftOut records of orders and fills of both sides that there was no room for
 * @param profitDelta quote currency
 * @param shadowSilent the window is judged without the shadow's word that it has said everything
 */
record ParityWindow(
    long startUs,
    long outcomeUs,
    List<Pair> pairs,
    long unmatchedLive,
    long unmatchedShadow,
    long disturbances,
    long leftOut,
    double profitDelta,
    boolean shadowSilent) {

  /** A value and what it rests on. */
  record Figure(double value, long samples) {}

  private static final Comparator<IntentFill> FILL_ORDER =
      Comparator.<IntentFill>comparingLong(fill -> fill.timeUs)
          .thenComparingDouble(fill -> fill.notional)
          .thenComparingDouble(fill -> fill.slippageBps)
          .thenComparingDouble(fill -> fill.feeBps);

  /** Share of the pairs that were filled at all. */
  Figure fillRatioDelta() {
    return shareDelta(Intent::filledBefore);
  }

  /** Share of the pairs that were rejected. */
  Figure rejectRatioDelta() {
    return shareDelta(Intent::rejectedBefore);
  }

  /** Slippage of the pairs' fills, weighted by notional; bps. */
  Figure slippageDeltaBps() {
    return weightedDelta(fill -> fill.slippageBps);
  }

  /**
   * What a pair filled on both sides paid in fees, live − shadow, weighted by the notional of both;
   * bps. Pair by pair, so that it does not tell of a difference in which orders were filled.
   */
  Figure feeDeltaBps() {
    double weight = 0;
    double sum = 0;
    long filled = 0;
    for (Pair pair : pairs) {
      Weighted live = weighted(List.of(pair.live()), fill -> fill.feeBps);
      Weighted shadow = weighted(List.of(pair.shadow()), fill -> fill.feeBps);
      if (live.weight > 0 && shadow.weight > 0) {
        weight += live.weight + shadow.weight;
        sum += (live.weight + shadow.weight) * (live.mean() - shadow.mean());
        filled++;
      }
    }
    return new Figure(weight > 0 ? sum / weight : Double.NaN, filled);
  }

  private Figure shareDelta(BiPredicate<Intent, Long> happened) {
    long difference = 0;
    for (Pair pair : pairs) {
      difference += happened.test(pair.live(), outcomeUs) ? 1 : 0;
      difference -= happened.test(pair.shadow(), outcomeUs) ? 1 : 0;
    }
    return new Figure(
        pairs.isEmpty() ? Double.NaN : (double) difference / pairs.size(), pairs.size());
  }

  private Figure weightedDelta(ToDoubleFunction<IntentFill> cost) {
    Weighted live = weighted(pairs.stream().map(Pair::live).toList(), cost);
    Weighted shadow = weighted(pairs.stream().map(Pair::shadow).toList(), cost);
    return new Figure(live.mean() - shadow.mean(), Math.min(live.fills, shadow.fills));
  }

  private record Weighted(double weight, double sum, long fills) {
    double mean() {
      return weight > 0 ? sum / weight : Double.NaN;
    }
  }

  private Weighted weighted(List<Intent> intents, ToDoubleFunction<IntentFill> cost) {
    double weight = 0;
    double sum = 0;
    long fills = 0;
    for (Intent intent : intents) {
      for (IntentFill fill : intent.fills.stream().sorted(FILL_ORDER).toList()) {
        double costBps = cost.applyAsDouble(fill);
        if (fill.timeUs < outcomeUs && !Double.isNaN(costBps)) {
          weight += fill.notional;
          sum += fill.notional * costBps;
          fills++;
        }
      }
    }
    return new Weighted(weight, sum, fills);
  }
}
