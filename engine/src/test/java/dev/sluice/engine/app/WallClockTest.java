// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WallClockTest {
  @Test
  void isTakenOnceAndContinuedByTheMonotonicClock() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000L);
    WallClock clock = new WallClock(Instant.parse("2026-01-05T00:00:00.000123Z"), nanos::get);
    long startUs = 1_767_571_200_000_123L;
    assertThat(clock.nowUs()).isEqualTo(startUs);
    nanos.addAndGet(1_999L);
    assertThat(clock.nowUs()).isEqualTo(startUs + 1);
    nanos.addAndGet(3_600_000_000_000L);
    assertThat(clock.nowUs()).as("nanoTime may overflow").isEqualTo(startUs + 1 + 3_600_000_000L);
  }

  @Test
  void startsAtTheMachinesWallClock() {
    long beforeUs = System.currentTimeMillis() * 1_000L;
    long nowUs = WallClock.start().nowUs();
    assertThat(nowUs - beforeUs).isBetween(0L, 10_000_000L);
  }
}
