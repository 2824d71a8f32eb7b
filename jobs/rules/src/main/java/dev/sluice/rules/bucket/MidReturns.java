// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

/**
 * How a symbol's mid moved within one bucket, for its realised variance. With mᵢ the first mid of
 * the i-th whole second that has one:
 *
 * <pre>r = ln(mᵢ / mᵢ₋₁) · 10⁴ bps,  variance per time = Σ r² / Σ (tᵢ − tᵢ₋₁)</pre>
 *
 * A second without a mid is passed over: the step goes from the one before it to the one after, and
 * counts with the time it took. Steps over the border of a bucket are not counted.
 *
 * @param count steps
 * @param squaredBps2E6 Σ r² in millionths of bps², each rounded once
 * @param spanUs Σ of the time they span, microseconds
 */
public record MidReturns(long count, long squaredBps2E6, long spanUs) {
  private static final long SECOND_US = 1_000_000L;
  private static final double BPS = 1e4;
  private static final double E6 = 1e6;

  /** Those of a bucket's whole series of mids. */
  public static MidReturns of(MidSeries series) {
    long count = 0;
    long squaredBps2E6 = 0;
    long spanUs = 0;
    int last = 0;
    for (int i = 1; i < series.timesUs().length; i++) {
      if (second(series, i) != second(series, last)) {
        double bps = StrictMath.log(series.mids()[i] / series.mids()[last]) * BPS;
        count++;
        squaredBps2E6 = MarketAccumulator.sum(squaredBps2E6, Math.round(bps * bps * E6));
        spanUs += series.timesUs()[i] - series.timesUs()[last];
        last = i;
      }
    }
    return new MidReturns(count, squaredBps2E6, spanUs);
  }

  private static long second(MidSeries series, int index) {
    return Math.floorDiv(series.timesUs()[index], SECOND_US);
  }
}
