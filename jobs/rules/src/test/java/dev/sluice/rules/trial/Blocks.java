// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.TrialStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Feeds an analysis with blocks of slots whose values a test chooses. */
final class Blocks {
  static final String SYMBOL = "NEXOUSDT";
  static final long FIRST_SLOT = 29_001_600;

  final TrialPlan plan;
  final TrialAnalysis analysis;
  final AnalysisState state;
  private final SplittableRandom random = new SplittableRandom(7);
  private long minute;

  Blocks(TrialPlan plan, double share) {
    this.plan = plan;
    this.analysis = new TrialAnalysis(plan);
    this.state = analysis.begin(share, FIRST_SLOT * 60_000_000);
  }

  /** So many blocks; the change may alter each slot or take its orders away. */
  Blocks add(int blocks, Consumer<SlotSums> change) {
    int slots = SlotAssignment.blockSlots(state.share);
    for (int i = 0; i < blocks; i++) {
      List<SlotSums> sums = new ArrayList<>();
      for (int k = 0; k < slots; k++, minute++) {
        SlotSums slot = slot(FIRST_SLOT + minute);
        change.accept(slot);
        if (slot.coveredMs > 0) {
          sums.add(slot);
        }
      }
      long block = SlotAssignment.block(FIRST_SLOT + minute - 1, state.share);
      analysis.block(state, Part.AT_ONCE, SYMBOL, block, sums);
      analysis.block(state, Part.MARKED, SYMBOL, block, sums);
    }
    return this;
  }

  TrialStatus status(String... otherReasons) {
    return status(minute * 60_000, otherReasons);
  }

  TrialStatus status(long coveredMs, String... otherReasons) {
    long nowUs = (FIRST_SLOT + minute) * 60_000_000;
    return analysis.status(
        state, "mm-1", Source.SIMULATED, nowUs, coveredMs, List.of(otherReasons));
  }

  /** A slot with 12 fills: net 1 bps, slippage 0, fill ratio a half, each with some noise. */
  private SlotSums slot(long number) {
    SlotSums slot = new SlotSums();
    slot.symbol = SYMBOL;
    slot.slot = number;
    slot.arm = SlotAssignment.arm(plan.salt(), SYMBOL, number, state.share);
    slot.coveredMs = plan.slotMs() - plan.warmupMs();
    slot.ticks = 100;
    slot.fills = 12;
    slot.ordersIntended = 40;
    slot.filledIntents = 20L + random.nextInt(-2, 3);
    long weight = 1_000_000_000;
    slot.notionalE6 = weight;
    slot.captureWeightE6 = weight;
    slot.captureSumE6 = 1_500_000_000;
    slot.feeWeightE6 = weight;
    slot.feeSumE6 = 500_000_000;
    slot.slippageWeightE6 = weight;
    slot.slippageSumE6 = Math.round(weight * 0.1 * random.nextGaussian());
    slot.markout1sWeightE6 = weight;
    slot.markout5sWeightE6 = weight;
    slot.markout5sSumE6 = Math.round(weight * random.nextGaussian());
    slot.markout30sWeightE6 = weight;
    slot.markout60sWeightE6 = weight;
    return slot;
  }

  static Consumer<SlotSums> nothing() {
    return slot -> {};
  }

  /** Arm B's net edge is changed by so much, through its capture. */
  static Consumer<SlotSums> net(double bps) {
    return slot -> {
      if (slot.arm == Arm.B) {
        slot.captureSumE6 += Math.round(slot.captureWeightE6 * bps);
      }
    };
  }

  /** Arm B's slippage is changed by so much. */
  static Consumer<SlotSums> slippage(double bps) {
    return slot -> {
      if (slot.arm == Arm.B) {
        slot.slippageSumE6 += Math.round(slot.slippageWeightE6 * bps);
      }
    };
  }
}
