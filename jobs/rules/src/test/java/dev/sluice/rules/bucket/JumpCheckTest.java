// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.bucket.JumpCheck.Finding;
import org.junit.jupiter.api.Test;

class JumpCheckTest {
  private static final long STEP = 900;
  private final JumpCheck check = new JumpCheck();

  private Finding judge(long at) {
    return check.judge(at, STEP);
  }

  @Test
  void oneWildRecordIsDeniedByTheNext() {
    assertThat(judge(10_000)).isEqualTo(Finding.PLAUSIBLE);
    assertThat(judge(13_600)).isEqualTo(Finding.SUSPECT);
    assertThat(judge(10_001)).isEqualTo(Finding.PLAUSIBLE_DENIES);
    assertThat(check.highestUs).isEqualTo(10_001);
  }

  @Test
  void threeThatAgreeMoveTheTimeBase() {
    judge(10_000);
    assertThat(judge(20_000)).isEqualTo(Finding.SUSPECT);
    assertThat(judge(20_001)).isEqualTo(Finding.SUSPECT);
    assertThat(judge(20_002)).isEqualTo(Finding.PLAUSIBLE_CONFIRMS);
    assertThat(judge(20_003)).isEqualTo(Finding.PLAUSIBLE);
  }

  @Test
  void aWilderOneDoesNotHideALegalLeapBehindIt() {
    judge(10_000);
    assertThat(judge(90_000)).isEqualTo(Finding.SUSPECT);
    assertThat(judge(20_000)).isEqualTo(Finding.SUSPECT_DENIES);
    assertThat(judge(20_001)).isEqualTo(Finding.SUSPECT);
    assertThat(judge(20_002)).isEqualTo(Finding.PLAUSIBLE_CONFIRMS);
  }

  @Test
  void goingBackIsNeverAJump() {
    judge(10_000);
    assertThat(judge(1)).isEqualTo(Finding.PLAUSIBLE);
    assertThat(check.highestUs).isEqualTo(10_000);
  }
}
