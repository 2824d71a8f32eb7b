// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.rules.parity.IntentMatching.Pair;
import dev.sluice.rules.parity.ParityWindow.Figure;
import dev.sluice.schemas.ParityCause;
import dev.sluice.schemas.ParityDrift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the two sides of a pair differ in beside their results. The causes stand in an order in
 * which the earlier explains the later: engines that saw different markets also fill differently.
 */
final class Attribution {
  /** Fewer samples tell nothing of a cause. */
  private static final int MIN_SAMPLES = 5;

  /** Mids of intents further apart in time are of two moments of one market. */
  private static final long SAME_MOMENT_US = 100_000;

  /** Prices no further apart are the same price. */
  private static final double SAME_PRICE_BPS = 0.1;

  private static final double BPS = 1e4;

  private Attribution() {}

  /** Every cause with what was measured of it. */
  static List<ParityDrift> drifts(ParityWindow window, ParityLimits limits) {
    List<ParityDrift> drifts = new ArrayList<>();
    for (ParityCause cause : ParityCause.values()) {
      Figure figure = figure(cause, window);
      boolean told = cause == ParityCause.RESTART || figure.samples() >= MIN_SAMPLES;
      Double measured = told && Double.isFinite(figure.value()) ? figure.value() : null;
      drifts.add(
          new ParityDrift(
              cause, measured, limits.of(cause), ParityLimits.unit(cause), figure.samples()));
    }
    return List.copyOf(drifts);
  }

  /** The first that exceeds its limit, null for none. */
  static ParityDrift first(List<ParityDrift> drifts) {
    for (ParityDrift drift : drifts) {
      if (drift.measured() != null && Math.abs(drift.measured()) > drift.limit()) {
        return drift;
      }
    }
    return null;
  }

  private static Figure figure(ParityCause cause, ParityWindow window) {
    return switch (cause) {
      case RESTART -> new Figure(window.disturbances(), window.pairs().size());
      case MARKET_DATA -> median(window, Attribution::midsApartBps);
      case LATENCY -> median(window, pair -> latencyDeltaMs(pair, window.outcomeUs()));
      case FEES -> window.feeDeltaBps();
      case FILL_MODEL -> filledAlone(window);
    };
  }

  /** |mid_live − mid_shadow| / mid_shadow·10⁴, NaN where they are not of one moment. */
  private static double midsApartBps(Pair pair) {
    boolean sameMoment = pair.apartUs() <= SAME_MOMENT_US && pair.shadow().mid > 0;
    return sameMoment
        ? Math.abs(pair.live().mid - pair.shadow().mid) / pair.shadow().mid * BPS
        : Double.NaN;
  }

  private static double latencyDeltaMs(Pair pair, long beforeUs) {
    return pair.live().latencyMs(beforeUs) - pair.shadow().latencyMs(beforeUs);
  }

  /** Of the pairs at one price: (filled at the live engine only − at the shadow only) / pairs. */
  private static Figure filledAlone(ParityWindow window) {
    long samePrice = 0;
    long difference = 0;
    for (Pair pair : window.pairs()) {
      double price = pair.shadow().price;
      if (Math.abs(pair.live().price - price) <= price * SAME_PRICE_BPS / BPS) {
        samePrice++;
        difference += pair.live().filledBefore(window.outcomeUs()) ? 1 : 0;
        difference -= pair.shadow().filledBefore(window.outcomeUs()) ? 1 : 0;
      }
    }
    return new Figure(samePrice == 0 ? Double.NaN : (double) difference / samePrice, samePrice);
  }

  private static Figure median(ParityWindow window, ToDoubleFunction<Pair> of) {
    double[] values =
        window.pairs().stream().mapToDouble(of).filter(value -> !Double.isNaN(value)).toArray();
    Arrays.sort(values);
    int middle = values.length / 2;
    double median =
        values.length == 0
            ? Double.NaN
            : values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    return new Figure(median, values.length);
  }
}
