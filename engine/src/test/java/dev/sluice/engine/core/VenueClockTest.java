// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.OrderState;
import org.junit.jupiter.api.Test;

class VenueClockTest {
  private static final long SECOND_US = 1_000_000L;
  private static final long TEN_US = 10 * SECOND_US;

  private final VenueClock clock = new VenueClock();

  @Test
  void skewIsMeasuredByTheReportWithTheShortestWay() {
    assertThat(clock.skewMs()).isNull();
    hear(0, 700_000 - 90_000);
    hear(1, 700_000 - 3_000);
    hear(2, 700_000 - 2_500_000);
    assertThat(clock.skewMs()).isEqualTo(697.0);
  }

  @Test
  void skewFollowsAClockThatIsSetBack() {
    hear(0, 700_000);
    for (int i = 1; i <= 16; i++) {
      hear(i, -2_000);
    }
    assertThat(clock.skewMs()).isEqualTo(-2.0);
    hear(200, -4_000);
    assertThat(clock.skewMs()).as("old samples do not count for ever").isEqualTo(-4.0);
  }

  @Test
  void noTimeOutBeforeTheVenuesDeadlineNorBeforeOurs() {
    hear(0, 0);
    VenueClock.Mark mark = clock.mark(0);
    for (int i = 1; i <= 16; i++) {
      hear(i * 0.1, -3 * SECOND_US);
    }
    assertThat(clock.passed(mark, TEN_US, TEN_US)).as("the venue's is 3 s behind").isFalse();
    assertThat(clock.passed(mark, TEN_US, 13 * SECOND_US)).isTrue();
    hear(2, 60 * SECOND_US);
    assertThat(clock.passed(mark, TEN_US, 9 * SECOND_US)).as("a leap ahead").isFalse();
  }

  @Test
  void aStalledVenueClockHoldsATimerOnlyUpToTheCeiling() {
    hear(0, 0);
    VenueClock.Mark mark = clock.mark(0);
    long endedUs = -1;
    for (long nowUs = SECOND_US; endedUs < 0; nowUs += SECOND_US / 2) {
      clock.observe(0, nowUs);
      endedUs = clock.passed(mark, TEN_US, nowUs) ? nowUs : -1;
    }
    assertThat(endedUs).isBetween(TEN_US, VenueClock.CEILING * TEN_US);
    assertThat(endedUs).as("it does hold").isGreaterThan(TEN_US);
  }

  @Test
  void aVenueClockThatRunsBackwardHoldsATimerOnlyUpToTheCeiling() {
    hear(0, 0);
    VenueClock.Mark mark = clock.mark(0);
    for (long nowUs = SECOND_US / 4; nowUs < 2 * TEN_US; nowUs += SECOND_US / 4) {
      clock.observe(-nowUs, nowUs);
    }
    assertThat(clock.passed(mark, TEN_US, 2 * TEN_US - 1)).isFalse();
    assertThat(clock.passed(mark, TEN_US, 2 * TEN_US)).isTrue();
  }

  @Test
  void anUnansweredOrderIsGivenTenSecondsOfTheVenuesClock() {
    Desk desk = new Desk();
    LiveOrder other = desk.resting("i0");
    desk.quote("i1");
    desk.offsetUs = -4 * SECOND_US;
    for (int i = 1; i <= 16; i++) {
      desk.report(desk.state(other, OrderState.ACKED, "0"));
    }
    desk.after(10.5).poll();
    assertThat(desk.states()).doesNotContain(OrderState.UNKNOWN);
    desk.after(4).poll();
    assertThat(desk.states()).contains(OrderState.UNKNOWN);
    assertThat(desk.orders.clock().skewMs()).isEqualTo(-4_000.0);
  }

  private void hear(double atS, long offsetUs) {
    long nowUs = Math.round(atS * SECOND_US);
    clock.observe(nowUs + offsetUs, nowUs);
  }
}
