// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.rules.trial.SlotSums;
import dev.sluice.schemas.Arm;
import java.util.SplittableRandom;

/**
 * A market made up: each slot of one symbol has a net edge, a slippage and a fill ratio that wander
 * as AR(1) around their means, with the slots' volumes uneven and independent of them. Same seed,
 * same market, whatever the arms.
 */
final class TrialWorld {
  /** Standard deviation of the net edge of a slot, bps. */
  static final double NET_DEVIATION_BPS = 2.0;

  /** Standard deviation of the slippage of a slot, bps. */
  static final double SLIPPAGE_DEVIATION_BPS = 0.2;

  private static final double FILL_RATIO = 0.5;
  private static final double FILL_RATIO_DEVIATION = 0.05;
  private static final double CAPTURE_BPS = 1.5;
  private static final double FEE_BPS = 0.5;
  private static final long ORDERS = 40;
  private static final long FILLS = 12;
  private static final double NOTIONAL_E6 = 2e9;
  private static final String SYMBOL = "SIM";

  /**
   * What is true.
   *
   * @param autocorrelation lag-1, of consecutive slots
   * @param heavyTails innovations of Student's t with 4 degrees of freedom instead of normal ones
   * @param netEffectBps what the treatment adds to the net edge
   * @param slippageEffectBps what it adds to the slippage
   * @param slippageFromSlot from this slot of the trial on
   */
  record Truth(
      double autocorrelation,
      boolean heavyTails,
      double netEffectBps,
      double slippageEffectBps,
      long slippageFromSlot) {

    static Truth none(double autocorrelation) {
      return new Truth(autocorrelation, false, 0, 0, 0);
    }
  }

  private final Truth truth;
  private final SplittableRandom random;
  private final double innovation;
  private double net;
  private double slippage;
  private double fillRatio;
  private long slotOfTrial;

  TrialWorld(Truth truth, long seed) {
    this.truth = truth;
    this.random = new SplittableRandom(seed);
    this.innovation = Math.sqrt(1 - truth.autocorrelation() * truth.autocorrelation());
    this.net = noise();
    this.slippage = noise();
    this.fillRatio = noise();
  }

  /** The next slot, as the job would have summed it. */
  SlotSums next(long slot, Arm arm) {
    double phi = truth.autocorrelation();
    net = phi * net + innovation * noise();
    slippage = phi * slippage + innovation * noise();
    fillRatio = phi * fillRatio + innovation * noise();
    boolean treated = arm == Arm.B;
    boolean slips = treated && slotOfTrial >= truth.slippageFromSlot();
    slotOfTrial++;
    SlotSums sums = new SlotSums();
    sums.symbol = SYMBOL;
    sums.slot = slot;
    sums.arm = arm;
    sums.coveredMs = 50_000;
    sums.fills = FILLS;
    sums.ordersIntended = ORDERS;
    double filled = ORDERS * (FILL_RATIO + FILL_RATIO_DEVIATION * fillRatio);
    sums.filledIntents = Math.min(ORDERS, Math.max(0, Math.round(filled)));
    long weight = Math.round(NOTIONAL_E6 * Math.exp(0.5 * random.nextGaussian()));
    sums.notionalE6 = weight;
    sums.captureWeightE6 = weight;
    sums.captureSumE6 = Math.round(weight * (CAPTURE_BPS + (treated ? truth.netEffectBps() : 0)));
    sums.feeWeightE6 = weight;
    sums.feeSumE6 = Math.round(weight * FEE_BPS);
    sums.markout5sWeightE6 = weight;
    sums.markout5sSumE6 = Math.round(weight * NET_DEVIATION_BPS * net);
    sums.slippageWeightE6 = weight;
    sums.slippageSumE6 =
        Math.round(
            weight * (SLIPPAGE_DEVIATION_BPS * slippage + (slips ? truth.slippageEffectBps() : 0)));
    return sums;
  }

  static String symbol() {
    return SYMBOL;
  }

  /** Mean 0, variance 1. */
  private double noise() {
    double normal = random.nextGaussian();
    if (!truth.heavyTails()) {
      return normal;
    }
    double chiSquared = 0;
    for (int i = 0; i < 4; i++) {
      double each = random.nextGaussian();
      chiSquared += each * each;
    }
    return normal / Math.sqrt(chiSquared / 4) / Math.sqrt(2); // t with 4 has variance 2
  }
}
