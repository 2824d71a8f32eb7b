// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.MarketSums;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Formulas over what the ticks of one symbol say of its market; see {@link MarketSums}. */
final class MarketFormulas {
  private MarketFormulas() {}

  /** Σ / n; {@code perUnit} is how many of the sum's units make one of the metric's. */
  static Formula mean(
      ToLongFunction<MarketSums> sum, double perUnit, ToLongFunction<MarketSums> count) {
    return of(
        window -> {
          long samples = sum(window, count);
          return Measurement.ratio(sum(window, sum) / perUnit, samples, samples);
        });
  }

  /**
   * Realised volatility: √(Σ r² / Σ Δt), in basis points per square root of a second (the realised
   * variance of Andersen and Bollerslev, International Economic Review 39 (1998), per unit of
   * time). Millionths of bps² over microseconds are bps² per second. A sum that overflowed is not a
   * number, and said so: it has samples.
   */
  static Formula volatility() {
    return of(
        window -> {
          Measurement variance =
              Measurement.ratio(
                  sum(window, MarketSums::squaredReturnsBps2E6),
                  sum(window, MarketSums::returnUs),
                  sum(window, MarketSums::returns));
          return new Measurement(Math.sqrt(variance.value()), variance.samples());
        });
  }

  /** What traded, over the seconds covered; samples are ticks that say what traded. */
  static Formula tradeIntensity() {
    return of(
        window -> {
          long samples = sum(window, MarketSums::tradedTicks);
          return samples == 0
              ? Measurement.NONE
              : Measurement.ratio(
                  sum(window, MarketSums::tradedQuoteE6) / 1e6,
                  window.covered() * window.bucketMs() / 1000.0,
                  samples);
        });
  }

  private static Formula of(Function<WindowView, Measurement> over) {
    return Formula.window(Formula.Kind.PER_SYMBOL_BUCKET, over);
  }

  private static long sum(WindowView window, ToLongFunction<MarketSums> part) {
    return window.sum((Bucket b) -> b.market() == null ? 0 : part.applyAsLong(b.market()));
  }
}
