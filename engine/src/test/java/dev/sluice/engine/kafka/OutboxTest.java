// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Topics;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Record EVENT = new SentCounts(1, 2, 3, null);

  @Test
  void fullOutboxDropsTheNewestTickAndCountsIt() {
    Outbox outbox = new Outbox(3, 5);
    for (int i = 0; i < 3; i++) {
      assertThat(outbox.offerDroppable(Topics.TICKS, new SentCounts(i, 0, 0, null))).isTrue();
    }
    assertThat(outbox.offerDroppable(Topics.TICKS, new SentCounts(3, 0, 0, null))).isFalse();
    assertThat(outbox.dropped()).isEqualTo(1);
    assertThat(outbox.drain(10))
        .extracting(entry -> ((SentCounts) entry.event()).ticks())
        .containsExactly(0L, 1L, 2L);
  }

  @Test
  void ordersFillsAndHealthStillFindRoomWhereTicksDoNot() {
    Outbox outbox = new Outbox(3, 5);
    for (int i = 0; i < 5; i++) {
      outbox.offerDroppable(Topics.TICKS, EVENT);
    }
    outbox.put(Topics.ORDERS, EVENT);
    outbox.put(Topics.FILLS, EVENT);
    assertThat(outbox.size()).isEqualTo(5);
    assertThat(outbox.dropped()).isEqualTo(2);
  }

  @Test
  void engineMayNotGoOnWhenEvenTheReserveIsFull() {
    Outbox outbox = new Outbox(1, 2);
    outbox.put(Topics.ORDERS, EVENT);
    outbox.put(Topics.ORDERS, EVENT);
    assertThatThrownBy(() -> outbox.put(Topics.HEALTH, EVENT))
        .isInstanceOf(OutboxFullException.class)
        .hasMessageContaining("2 events wait");
    assertThat(outbox.dropped()).as("nothing was dropped in silence").isZero();
  }
}
