// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long START_US = 1_000_000_000L;
  private static final long LEAD_US = 30_000_000L;

  @Test
  void pacedRunStaysWithinTheLeadOfTheJudge() {
    Pace pace = Pace.parse("paced");
    assertThat(pace.limitUs(START_US, 0, 0, Long.MIN_VALUE)).isEqualTo(START_US + LEAD_US);
    assertThat(pace.limitUs(START_US, 0, 0, START_US + 50)).isEqualTo(START_US + 50 + LEAD_US);
    assertThat(pace.limitUs(START_US, 0, 0, START_US - 999)).isEqualTo(START_US + LEAD_US);
  }

  @Test
  void realtimeIsTheWallClock() {
    assertThat(Pace.parse("realtime").limitUs(START_US, 7, 123, 9)).isEqualTo(123);
  }

  @Test
  void multipleOfRealTimeIsHeldByTheJudgeAsWell() {
    Pace pace = Pace.parse("10");
    assertThat(pace.limitUs(START_US, 1_000_000_000L, 0, Long.MIN_VALUE))
        .isEqualTo(START_US + 10_000_000L);
    assertThat(pace.limitUs(START_US, 60_000_000_000L, 0, Long.MIN_VALUE))
        .isEqualTo(START_US + LEAD_US);
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> Pace.parse("fast"))
        .hasMessageContaining("paced, realtime or a factor");
    assertThatThrownBy(() -> Pace.parse("-1")).hasMessageContaining("--speed -1");
  }
}
