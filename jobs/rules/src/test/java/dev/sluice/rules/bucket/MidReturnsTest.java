// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MidReturnsTest {
  private static final long SECOND_US = 1_000_000L;

  private static MidReturns of(MidCollector mids) {
    return MidReturns.of(mids.drain("SIMUSDT"));
  }

  @Test
  void stepsGoFromTheFirstMidOfOneSecondToThatOfTheNext() {
    MidCollector mids = new MidCollector();
    mids.offer(Events.START_US + 200_000, 100);
    mids.offer(Events.START_US + 700_000, 250);
    mids.offer(Events.START_US + SECOND_US + 300_000, 101);
    mids.offer(Events.START_US + SECOND_US + 900_000, 70);
    mids.offer(Events.START_US + 2 * SECOND_US, 100);
    double up = StrictMath.log(101.0 / 100.0) * 1e4;
    double down = StrictMath.log(100.0 / 101.0) * 1e4;
    assertThat(of(mids))
        .isEqualTo(
            new MidReturns(
                2, Math.round(up * up * 1e6) + Math.round(down * down * 1e6), 1_800_000L));
  }

  @Test
  void aSecondWithoutAMidIsPassedOverWithItsTime() {
    MidCollector mids = new MidCollector();
    mids.offer(Events.START_US, 100);
    mids.offer(Events.START_US + 4 * SECOND_US, 100.5);
    double bps = StrictMath.log(100.5 / 100.0) * 1e4;
    assertThat(of(mids)).isEqualTo(new MidReturns(1, Math.round(bps * bps * 1e6), 4 * SECOND_US));
  }

  @Test
  void oneMidOrAllInOneSecondMakeNoStep() {
    MidCollector mids = new MidCollector();
    mids.offer(Events.START_US, 100);
    mids.offer(Events.START_US + 900_000, 110);
    assertThat(of(mids)).isEqualTo(new MidReturns(0, 0, 0));
  }

  @Test
  void theyDoNotDependOnHowTheMidsWereCollected() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      MidCollector whole = new MidCollector();
      MidCollector[] parts = {new MidCollector(), new MidCollector(), new MidCollector()};
      for (int i = 0; i < 60; i++) {
        long atUs = Events.START_US + random.nextInt(10_000_000);
        double mid = 100 + random.nextGaussian();
        whole.offer(atUs, mid);
        parts[i < 3 ? i : random.nextInt(3)].offer(atUs, mid);
      }
      MidSeries second = parts[1].drain("SIMUSDT").merge(parts[0].drain("SIMUSDT"));
      MidReturns expected = of(whole);
      assertThat(expected.count()).isPositive();
      assertThat(MidReturns.of(parts[2].drain("SIMUSDT").merge(second))).isEqualTo(expected);
    }
  }
}
