// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.schemas.Arm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContrastTest {

  /**
   * The claim the statistics stand on: over all ways to draw the treated slot of a block, the
   * difference has mean 0, also where busy slots earn less.
   */
  @Test
  void hasMeanZeroOverAllDrawsOfATreatmentThatDoesNothing() {
    double sum = 0;
    double ofSums = 0;
    for (int treated = 0; treated < 10; treated++) {
      List<SlotSums> slots = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        slots.add(slot(i == treated ? Arm.B : Arm.A, 1_000_000L * (i + 1), 5.0 - i));
      }
      double[] values = Contrast.values(TrialMetric.CAPTURE_BPS, slots);
      sum += Contrast.difference(values, slots, Arm.B);
      ofSums += ratioOfSums(slots, Arm.B) - ratioOfSums(slots, Arm.A);
    }

    assertThat(sum / 10).isCloseTo(0, within(1e-12));
    assertThat(ofSums / 10).isGreaterThan(1); // what a ratio of sums would see
  }

  @Test
  void changesItsSignExactlyWhenTheArmsAreSwapped() {
    List<SlotSums> slots =
        List.of(slot(Arm.A, 3_000_000, 0.1), slot(Arm.B, 7_000_000, 0.7), slot(Arm.A, 900_000, 2));
    for (TrialMetric metric : TrialMetric.values()) {
      double[] values = Contrast.values(metric, slots);
      assertThat(Contrast.difference(values, slots, Arm.B))
          .as(metric.name())
          .isEqualTo(-Contrast.difference(values, slots, Arm.A));
    }
  }

  @Test
  void aSlotWithoutSamplesIsLeftOutAndAnArmWithoutThemGivesNoDifference() {
    List<SlotSums> slots =
        List.of(slot(Arm.A, 1_000_000, 1), slot(Arm.A, 0, 0), slot(Arm.B, 1_000_000, 3));
    double[] values = Contrast.values(TrialMetric.CAPTURE_BPS, slots);

    assertThat(Contrast.difference(values, slots, Arm.B)).isCloseTo(2, within(1e-6));
    List<SlotSums> onlyA = slots.subList(0, 2);
    double[] valuesOfA = Contrast.values(TrialMetric.CAPTURE_BPS, onlyA);
    assertThat(Contrast.difference(valuesOfA, onlyA, Arm.B)).isNaN();
  }

  private static SlotSums slot(Arm arm, long weightE6, double captureBps) {
    SlotSums slot = new SlotSums();
    slot.arm = arm;
    slot.fills = 3;
    slot.takerFills = 1;
    slot.ticks = 60;
    slot.deadlineMisses = Math.round(captureBps * 10) % 7;
    slot.ordersIntended = 9;
    slot.filledIntents = 4;
    slot.notionalE6 = weightE6;
    slot.takerNotionalE6 = weightE6 / 3;
    slot.captureWeightE6 = weightE6;
    slot.captureSumE6 = Math.round(weightE6 * captureBps);
    slot.slippageWeightE6 = weightE6;
    slot.slippageSumE6 = slot.captureSumE6 / 7;
    slot.feeWeightE6 = weightE6;
    slot.feeSumE6 = weightE6 / 2;
    slot.markout1sWeightE6 = weightE6;
    slot.markout1sSumE6 = slot.captureSumE6 / 3;
    slot.markout5sWeightE6 = weightE6;
    slot.markout5sSumE6 = slot.captureSumE6 / 5;
    slot.markout30sWeightE6 = weightE6;
    slot.markout30sSumE6 = -slot.captureSumE6 / 11;
    slot.markout60sWeightE6 = weightE6;
    slot.markout60sSumE6 = -slot.captureSumE6 / 13;
    slot.totalUsHistogram = Histograms.around(10 + captureBps, weightE6);
    return slot;
  }

  private static double ratioOfSums(List<SlotSums> slots, Arm arm) {
    double sum = 0;
    double weight = 0;
    for (SlotSums slot : slots) {
      sum += slot.arm == arm ? slot.captureSumE6 : 0;
      weight += slot.arm == arm ? slot.captureWeightE6 : 0;
    }
    return sum / weight;
  }
}
