// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {
  @Test
  void aGapRestartsTheCount() {
    Coverage coverage =
        Coverage.of("mm-1", List.of(new MinuteRun(0, 99), new MinuteRun(104, 160)), 0, 160);
    assertThat(coverage.longest()).isEqualTo(100);
    assertThat(coverage.longestFrom()).isZero();
    assertThat(coverage.current()).isEqualTo(57);
    assertThat(coverage.covered()).isEqualTo(157);
    assertThat(coverage.minutes()).isEqualTo(161);
  }

  @Test
  void anIdleBusCoversNothing() {
    Coverage coverage = Coverage.of("mm-1", List.of(), 0, 60);
    assertThat(coverage.covered()).isZero();
    assertThat(coverage.current()).isZero();
    assertThat(coverage.ratio()).isZero();
  }

  @Test
  void theLastMinuteMayBeOneJustBegunButNotTwo() {
    List<MinuteRun> runs = List.of(new MinuteRun(0, 59));
    assertThat(Coverage.of("mm-1", runs, 0, 60).current()).isEqualTo(60);
    assertThat(Coverage.of("mm-1", runs, 0, 61).current()).isZero();
  }
}
