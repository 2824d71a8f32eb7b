// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

/**
 * Bounds that hold at all times at once, so that looking every minute costs nothing.
 *
 * <p>The two-sided normal mixture of Howard, Ramdas, McAuliffe and Sekhon, "Time-uniform,
 * nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49 (2021), section 3.2,
 * eq. (14): a sum S of differences with mean 0 and intrinsic time V = Σ σ² stays within
 *
 * <pre>|S| ≤ √( (V + ρ) · ln( (V + ρ) / (ρ·α²) ) )   for all times, with probability 1 − α.</pre>
 *
 * <p>With the variance estimated from the same differences it holds asymptotically: Waudby-Smith,
 * Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence
 * sequences", Annals of Statistics 52 (2024), first published 2021, theorem 2.2; their ρ² is our
 * σ²/ρ. A sum of n differences with standard deviation σ has V = n·σ², so its mean has the radius
 * σ·bound(n)/n with ρ in units of differences.
 */
public final class ConfidenceSequence {
  private ConfidenceSequence() {}

  /**
   * The ρ with which the bound is about tightest at intrinsic time {@code v}: v / (2 ln(1/α) + ln(1
   * + 2 ln(1/α))); Howard et al. (2021), section 3.5, eq. (21), by the expansion of Lambert's W.
   */
  public static double bestRho(double v, double alpha) {
    double twice = 2 * Math.log(1 / alpha);
    return v / (twice + Math.log1p(twice));
  }

  /**
   * How far the sum may be from 0 at intrinsic time {@code v}: √((v + ρ)·ln((v + ρ)/(ρ·α²))).
   *
   * @param alpha two-sided probability that it is ever farther
   */
  public static double bound(double v, double alpha, double rho) {
    return Math.sqrt((v + rho) * (Math.log((v + rho) / rho) - 2 * Math.log(alpha)));
  }

  /**
   * Half the width of the interval for the mean of n differences: σ·bound(n, α, ρ)/n.
   *
   * @param standardDeviation σ of one difference
   * @param rho in differences, see {@link #bestRho}
   */
  public static double radius(double n, double standardDeviation, double alpha, double rho) {
    return standardDeviation * bound(n, alpha, rho) / n;
  }
}
