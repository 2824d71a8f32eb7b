// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.rules.trial.ConfidenceSequence;
import dev.sluice.schemas.Arm;
import java.util.SplittableRandom;

/**
 * What not to do: the same sequential bound on single ticks as if they were independent. A day of
 * one tick a second without any effect, autocorrelated from tick to tick, the arms in slots of a
 * minute, a look each minute.
 */
final class TickTest {
  private static final int SLOTS = 24 * 60;
  private static final int TICKS_PER_SLOT = 60;
  private static final int MIN_TICKS = 10 * TICKS_PER_SLOT;

  private TickTest() {}

  /** True when it ever says that the arms differ. */
  static boolean decides(double autocorrelation, double alpha, TrialSchedule schedule, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double innovation = Math.sqrt(1 - autocorrelation * autocorrelation);
    double rho = ConfidenceSequence.bestRho((double) SLOTS * TICKS_PER_SLOT, alpha);
    double value = random.nextGaussian();
    double[] sum = new double[2];
    double[] squares = new double[2];
    long[] count = new long[2];
    for (int slot = 0; slot < SLOTS; slot++) {
      int arm = schedule.arm(TrialRun.FIRST_SLOT, slot, 0.5) == Arm.A ? 0 : 1;
      for (int tick = 0; tick < TICKS_PER_SLOT; tick++) {
        value = autocorrelation * value + innovation * random.nextGaussian();
        sum[arm] += value;
        squares[arm] += value * value;
      }
      count[arm] += TICKS_PER_SLOT;
      if (Math.min(count[0], count[1]) >= MIN_TICKS) {
        WelchTest test =
            WelchTest.of(
                WelchTest.Sample.ofSums(count[0], sum[0], squares[0]),
                WelchTest.Sample.ofSums(count[1], sum[1], squares[1]));
        double n = count[0] + count[1];
        double deviation = test.standardError() * Math.sqrt(n);
        if (Math.abs(test.difference()) > ConfidenceSequence.radius(n, deviation, alpha, rho)) {
          return true;
        }
      }
    }
    return false;
  }
}
