// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotAssignmentTest {
  private static final String SALT = "2026-01-a";

  @ParameterizedTest
  @CsvSource({"0.1,10,1", "0.2,5,1", "0.25,4,1", "0.5,2,1", "0.9,10,9"})
  void eachBlockHoldsBothArmsInTheShareWanted(double share, int slots, int treated) {
    assertThat(SlotAssignment.blockSlots(share)).isEqualTo(slots);
    for (long block = -50; block < 50; block++) {
      int b = 0;
      for (long slot = block * slots; slot < (block + 1) * slots; slot++) {
        assertThat(SlotAssignment.block(slot, share)).isEqualTo(block);
        b += SlotAssignment.arm(SALT, "BTCUSDT", slot, share) == Arm.B ? 1 : 0;
      }
      assertThat(b).isEqualTo(treated);
    }
  }

  @Test
  void noSlotOrEverySlotIsTreatedAtTheEnds() {
    assertThat(SlotAssignment.arm(SALT, "BTCUSDT", 7, 0)).isEqualTo(Arm.A);
    assertThat(SlotAssignment.arm(SALT, "BTCUSDT", 7, 1)).isEqualTo(Arm.B);
  }

  @Test
  void whichSlotIsTreatedIsAsGoodAsDrawn() {
    int blocks = 20_000;
    int[] places = new int[10];
    int sameAsBefore = 0;
    int last = -1;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < 10; i++) {
        if (SlotAssignment.arm(SALT, "BTCUSDT", block * 10L + i, 0.1) == Arm.B) {
          places[i]++;
          sameAsBefore += last == i ? 1 : 0;
          last = i;
        }
      }
    }
    double chiSquare = 0;
    for (int place : places) {
      chiSquare += Math.pow(place - blocks / 10.0, 2) / (blocks / 10.0);
    }
    assertThat(chiSquare).as("9 degrees of freedom, p 0.001").isLessThan(27.9);
    assertThat(sameAsBefore / (double) blocks).isBetween(0.09, 0.11);
  }

  @Test
  void symbolsAndSaltsAreDrawnSeparately() {
    int same = 0;
    int sameSalt = 0;
    for (long slot = 0; slot < 10_000; slot += 2) {
      Arm arm = SlotAssignment.arm(SALT, "BTCUSDT", slot, 0.5);
      same += arm == SlotAssignment.arm(SALT, "ETHUSDT", slot, 0.5) ? 1 : 0;
      sameSalt += arm == SlotAssignment.arm("2026-01-b", "BTCUSDT", slot, 0.5) ? 1 : 0;
    }
    assertThat(same / 5_000.0).isBetween(0.46, 0.54);
    assertThat(sameSalt / 5_000.0).isBetween(0.46, 0.54);
  }

  /** The contract for engines in other languages. */
  @Test
  void theHashesAndArmsAreThoseOfTheContract() {
    assertThat(Long.toHexString(SlotAssignment.hash(SALT, "BTCUSDT", 29_459_520L)))
        .isEqualTo("cdfc93f55fcdeeb2");
    List<Arm> arms = new ArrayList<>();
    for (long slot = 29_459_520L; slot < 29_459_530L; slot++) {
      arms.add(SlotAssignment.arm(SALT, "BTCUSDT", slot, 0.5));
    }
    assertThat(arms.toString()).isEqualTo("[A, B, B, A, B, A, B, A, A, B]");
  }

  @Test
  void aShareThatNoBlockHoldsIsRefused() {
    assertThatThrownBy(() -> SlotAssignment.blockSlots(0.333))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.333");
    assertThatThrownBy(() -> SlotAssignment.blockSlots(1.1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
