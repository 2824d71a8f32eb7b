// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.schemas.Side;
import org.junit.jupiter.api.Test;

class NudgesTest {
  private final Nudges nudges = new Nudges(4.0);

  @Test
  void theReplacementStandsOneTickNearerToTheMarketOnce() {
    nudges.moveIn(Side.BUY, 100.00, 0.01);
    nudges.moveIn(Side.SELL, 100.10, 0.01);

    assertThat(nudges.take(Side.BUY, 100.00)).isCloseTo(100.01, within(1e-9));
    assertThat(nudges.take(Side.SELL, 100.10)).isCloseTo(100.09, within(1e-9));
    assertThat(nudges.take(Side.BUY, 100.00)).isEqualTo(100.00);
  }

  @Test
  void aTargetNearerToTheMarketStillIsBetter() {
    nudges.moveIn(Side.BUY, 100.00, 0.01);
    assertThat(nudges.take(Side.BUY, 100.03)).isEqualTo(100.03);
  }

  @Test
  void aNudgeFarFromTheTargetIsOutOfDate() {
    nudges.moveIn(Side.BUY, 100.00, 0.01);
    assertThat(nudges.take(Side.BUY, 99.90)).isEqualTo(99.90);
  }

  @Test
  void aQuoteTakenOffForAnotherReasonLeavesNoNudge() {
    nudges.moveIn(Side.BUY, 100.00, 0.01);
    nudges.forget(Side.BUY);
    assertThat(nudges.take(Side.BUY, 100.00)).isEqualTo(100.00);
  }
}
