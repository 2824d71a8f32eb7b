// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One decision, one epoch. */
class ObservationsTest {
  private final Observations observations = new Observations("mm-1");

  @Test
  void aDecisionUnderTwoEpochsIsDoubled() {
    decided(1);
    decided(1);
    assertThat(observations.doubled()).as("written twice, word for word").isEmpty();
    decided(2);
    assertThat(observations.doubled())
        .containsExactly("doubled decision: PAUSE d under the epochs 1 and 2");
    assertThat(observations.told()).hasSize(1);
    assertThat(observations.decisions()).isEqualTo(2);
  }

  @Test
  void saidAgainAboveTheEpochOfAnEngineThatRejectedItItIsNot() {
    decided(1);
    decided(8);
    assertThat(observations.doubled()).hasSize(1);
    rejected(7);
    assertThat(observations.doubled()).isEmpty();
    decided(9);
    assertThat(observations.doubled()).hasSize(1);
  }

  private void decided(long epoch) {
    observations.control(
        new Control(
            Control.SCHEMA,
            "mm-1",
            epoch,
            Mode.PAUSE,
            RolloutState.NONE,
            "d",
            1,
            List.of(),
            null,
            false,
            1,
            2,
            3,
            Source.SIMULATED,
            "judge-1"),
        4);
  }

  private void rejected(long engineEpoch) {
    observations.ack(
        new Ack(
            Ack.SCHEMA,
            "mm-1",
            "r",
            1,
            1,
            Source.SIMULATED,
            "d",
            engineEpoch,
            Mode.PAUSE,
            AckStatus.REJECTED,
            0,
            List.of(),
            1,
            null,
            null,
            "an older epoch"),
        5);
  }
}
