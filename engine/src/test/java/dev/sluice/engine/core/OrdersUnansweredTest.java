// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OrderState;
import org.junit.jupiter.api.Test;

/** What becomes of an order that the venue never speaks of again. */
class OrdersUnansweredTest {
  private final Desk desk = new Desk();

  @Test
  void neverAcknowledgedAndNotHeldIsRejectedAndFreesTheGate() {
    LiveOrder order = desk.quote("i1");
    desk.sim.order(Mode.PAUSE);
    desk.orders.cancelForbidden(desk.nowUs);
    desk.after(11).poll();
    assertThat(desk.states()).endsWith(OrderState.UNKNOWN);
    assertThat(desk.venue.queries).containsExactly("i1-1");
    assertThat(effective()).isFalse();
    assertThat(desk.deny("i1-1")).isSameAs(order);
    assertThat(desk.states()).endsWith(OrderState.UNKNOWN, OrderState.REJECTED);
    assertThat(desk.last().reason()).isEqualTo(Unanswered.NOT_HELD);
    assertThat(desk.orders.openCount()).isZero();
    assertThat(effective()).isTrue();
    assertThat(desk.venue.cancels).as("also one still under way is taken off").hasSize(2);
  }

  @Test
  void acknowledgedAndNotHeldIsCancelled() {
    LiveOrder order = desk.resting("i1");
    desk.orders.cancel(order, desk.nowUs, "test");
    desk.after(11).poll();
    desk.deny("i1-1");
    assertThat(desk.states()).endsWith(OrderState.UNKNOWN, OrderState.CANCELLED);
    assertThat(desk.last().reason()).isEqualTo(Unanswered.NOT_HELD);
  }

  @Test
  void heldByTheVenueIsProvenAndLives() {
    LiveOrder order = desk.quote("i1");
    desk.after(11).poll();
    desk.prove(desk.state(order, OrderState.ACKED, "0"));
    assertThat(desk.states()).endsWith(OrderState.UNKNOWN, OrderState.ACKED);
    assertThat(desk.orders.openCount()).isEqualTo(1);
  }

  @Test
  void aQuestionThatIsNotAnsweredIsAskedAgainAndOnlyOneIsOpen() {
    desk.quote("i1");
    desk.after(11).poll();
    desk.after(1).poll();
    assertThat(desk.venue.queries).hasSize(1);
    desk.after(5).poll();
    assertThat(desk.venue.queries).hasSize(2);
  }

  private boolean effective() {
    desk.slots.obey(desk.sim.gate.applied(), desk.nowUs);
    desk.sim.gate.doWork(Sim.WALL_US, desk.nowUs, desk.orders.openWork());
    return desk.sim.acks.stream().anyMatch(ack -> ack.status() == AckStatus.EFFECTIVE);
  }
}
