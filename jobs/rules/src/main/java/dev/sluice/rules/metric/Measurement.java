// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

/**
 * A value and what it rests on; or no value, which is not zero.
 *
 * @param value NaN when there is none
 * @param samples what was counted: ticks, fills, heartbeats, minutes …
 */
public record Measurement(double value, long samples) {
  /** Nothing to measure. */
  public static final Measurement NONE = new Measurement(Double.NaN, 0);

  /** A ratio; NONE when the denominator is not positive. */
  public static Measurement ratio(double numerator, double denominator, long samples) {
    return denominator > 0 ? new Measurement(numerator / denominator, samples) : NONE;
  }

  /** A value, or NONE when it is not finite. */
  public static Measurement of(double value, long samples) {
    return Double.isFinite(value) ? new Measurement(value, samples) : NONE;
  }

  /** True when there is a value. */
  public boolean present() {
    return !Double.isNaN(value);
  }
}
