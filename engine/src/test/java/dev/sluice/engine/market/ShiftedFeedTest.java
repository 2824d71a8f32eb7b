// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShiftedFeedTest {
  private static final long RECORDED_US = 1_000_000_000L;
  private static final long PLAYED_US = 7_000_000_000L;

  @Test
  void everyEventKeepsItsDistanceToTheFirstAndItsContent() {
    SimulatedFeed recorded = SimulatedFeed.ofDefaults(List.of("A", "B"), 3, RECORDED_US);
    ShiftedFeed shifted =
        new ShiftedFeed(SimulatedFeed.ofDefaults(List.of("A", "B"), 3, RECORDED_US), PLAYED_US);
    long byUs = PLAYED_US - recorded.nextTimeUs();
    OrderBook before = new OrderBook("A");
    OrderBook after = new OrderBook("A");
    for (int i = 0; i < 500; i++) {
      assertThat(shifted.poll(shifted.nextTimeUs() - 1)).as("not due yet").isNull();
      MarketEvent expected = recorded.poll(Long.MAX_VALUE);
      MarketEvent event = shifted.poll(shifted.nextTimeUs());
      assertThat(event.receiveTimeUs()).isEqualTo(expected.receiveTimeUs() + byUs);
      assertThat(event.exchangeTimeUs()).isEqualTo(expected.exchangeTimeUs() + byUs);
      assertThat(event.getClass()).isEqualTo(expected.getClass());
      before.apply(expected);
      after.apply(event);
    }
    assertThat(after.mid()).isEqualTo(before.mid());
    assertThat(after.lastUpdateId()).isEqualTo(before.lastUpdateId());
  }
}
