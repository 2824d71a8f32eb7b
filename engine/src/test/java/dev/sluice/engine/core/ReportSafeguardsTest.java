// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Side;
import org.junit.jupiter.api.Test;

/** What the venue says twice, late, out of turn or wrongly, and what the books make of it. */
class ReportSafeguardsTest {
  private final Desk desk = new Desk();

  @Test
  void aLateFillAfterACancelIsBookedAndCountedAndTheOrderStaysCancelled() {
    LiveOrder order = desk.resting("i1");
    desk.orders.cancel(order, desk.nowUs, "test");
    desk.report(desk.state(order, OrderState.CANCELLED, "0"));
    int events = desk.sink.orders.size();
    ExecutionReport late = desk.fill(order, "f1", "0.4", "0.4");
    desk.report(late);
    desk.report(late);
    assertThat(order.state()).isEqualTo(OrderState.CANCELLED);
    assertThat(desk.position()).isEqualByComparingTo("0.4");
    assertThat(desk.sink.fills).hasSize(1);
    assertThat(desk.sink.orders).as("terminal states absorb").hasSize(events);
    assertThat(desk.counts().lateFills()).isEqualTo(1);
    assertThat(desk.counts().duplicateReports()).isEqualTo(1);
  }

  @Test
  void aDuplicateReportHasNoSecondEffect() {
    LiveOrder order = desk.resting("i1");
    ExecutionReport fill = desk.fill(order, "f1", "0.4", "0.4");
    desk.report(fill);
    int events = desk.sink.all.size();
    assertThat(desk.report(fill)).isNull();
    desk.after(1);
    assertThat(desk.report(desk.fill(order, "f1", "0.4", "0.4"))).as("said anew").isNull();
    assertThat(desk.position()).isEqualByComparingTo("0.4");
    assertThat(desk.sink.all).hasSize(events);
    assertThat(desk.counts().duplicateReports()).isEqualTo(2);
    assertThat(desk.counts().quarantinedReports()).isZero();
  }

  @Test
  void aReportWithoutOurIdIsQuarantinedAndItsOrderIsAskedFor() {
    LiveOrder order = desk.resting("i1");
    desk.report(desk.report(null, Side.BUY, OrderState.CANCELLED, "0", null, null));
    assertThat(order.state()).isEqualTo(OrderState.ACKED);
    assertThat(desk.venue.queries).as("it names none of ours").isEmpty();
    ExecutionReport fill = desk.fill(order, "f1", "1", "1");
    desk.report(withoutId(fill));
    assertThat(desk.position()).isEqualByComparingTo("0");
    assertThat(desk.venue.queries).containsExactly("i1-1");
    desk.prove(fill, fill);
    assertThat(order.state()).isEqualTo(OrderState.FILLED);
    assertThat(desk.position()).isEqualByComparingTo("1");
    assertThat(desk.counts().quarantinedReports()).isEqualTo(2);
  }

  @Test
  void anUnknownOrderIdIsQuarantinedAndNeverBooked() {
    desk.report(desk.report("somebody-else", Side.BUY, OrderState.FILLED, "1", "f1", "1"));
    assertThat(desk.position()).isEqualByComparingTo("0");
    assertThat(desk.sink.fills).isEmpty();
    assertThat(desk.counts().quarantinedReports()).isEqualTo(1);
  }

  @Test
  void anOrderIsNeverOverFilledAndTheVenueIsAsked() {
    LiveOrder order = desk.resting("i1");
    desk.report(desk.fill(order, "f1", "0.7", "0.7"));
    desk.report(desk.report("i1-1", Side.BUY, OrderState.FILLED, "1.4", "f2", "0.7"));
    assertThat(desk.position()).isEqualByComparingTo("0.7");
    assertThat(order.cumQty()).isEqualByComparingTo("0.7");
    assertThat(desk.counts().quarantinedReports()).isEqualTo(1);
    assertThat(desk.venue.queries).containsExactly("i1-1");
    ExecutionReport first = desk.fill(order, "f1", "0.7", "0.7");
    ExecutionReport second = desk.fill(order, "f2", "0.3", "1");
    desk.prove(second, first, second);
    assertThat(order.state()).isEqualTo(OrderState.FILLED);
    assertThat(desk.position()).isEqualByComparingTo("1");
  }

  @Test
  void aQuantityThatDoesNotFitTheStepIsQuarantinedAndTheVenueIsAsked() {
    LiveOrder order = desk.resting("i1");
    desk.report(desk.fill(order, "f2", "0.2", "0.5"));
    assertThat(desk.position()).isEqualByComparingTo("0");
    assertThat(desk.venue.queries).containsExactly("i1-1");
    desk.report(desk.fill(order, "f1", "0.3", "0.3"));
    assertThat(desk.position()).isEqualByComparingTo("0.3");
    desk.prove(
        desk.fill(order, "f2", "0.2", "0.5"),
        desk.fill(order, "f1", "0.3", "0.3"),
        desk.fill(order, "f2", "0.2", "0.5"));
    assertThat(desk.position()).isEqualByComparingTo("0.5");
    assertThat(desk.sink.fills).hasSize(2);
  }

  @Test
  void cumulativeQuantityNeverFalls() {
    LiveOrder order = desk.resting("i1");
    desk.report(desk.fill(order, "f1", "0.7", "0.7"));
    desk.report(desk.fill(order, "f0", "0.2", "0.2"));
    desk.report(desk.state(order, OrderState.PARTIALLY_FILLED, "0.2"));
    assertThat(order.cumQty()).isEqualByComparingTo("0.7");
    assertThat(desk.position()).isEqualByComparingTo("0.7");
    assertThat(desk.counts().quarantinedReports()).isEqualTo(2);
  }

  @Test
  void anIllegalMoveIsQuarantinedAndTakenOverOnlyOnceTheVenueProvesIt() {
    LiveOrder order = desk.resting("i1");
    desk.report(desk.state(order, OrderState.CANCELLED, "0"));
    assertThat(order.state()).as("nobody asked for a cancel").isEqualTo(OrderState.ACKED);
    assertThat(desk.counts().quarantinedReports()).isEqualTo(1);
    assertThat(desk.venue.queries).containsExactly("i1-1");
    desk.prove(desk.state(order, OrderState.CANCELLED, "0"));
    assertThat(desk.states()).endsWith(OrderState.CANCEL_REQUESTED, OrderState.CANCELLED);
  }

  @Test
  void aStaleReportAfterTheEndChangesNothing() {
    LiveOrder order = desk.resting("i1");
    desk.report(desk.fill(order, "f1", "1", "1"));
    int events = desk.sink.all.size();
    desk.after(1);
    desk.report(desk.state(order, OrderState.ACKED, "0"));
    desk.report(desk.state(order, OrderState.CANCELLED, "1"));
    assertThat(order.state()).isEqualTo(OrderState.FILLED);
    assertThat(desk.sink.all).hasSize(events);
    assertThat(desk.counts().quarantinedReports()).isEqualTo(2);
    assertThat(desk.venue.queries).isEmpty();
  }

  @Test
  void aPartialFillWhileACancelIsAskedForIsBookedAndTheCancelGoesOn() {
    LiveOrder order = desk.resting("i1");
    desk.orders.cancel(order, desk.nowUs, "test");
    desk.report(desk.fill(order, "f1", "0.4", "0.4"));
    assertThat(order.state()).isEqualTo(OrderState.CANCEL_REQUESTED);
    assertThat(desk.last().cumQty()).isEqualByComparingTo("0.4");
    assertThat(desk.position()).isEqualByComparingTo("0.4");
    desk.report(desk.state(order, OrderState.CANCELLED, "0.4"));
    assertThat(order.state()).isEqualTo(OrderState.CANCELLED);
    assertThat(desk.counts().quarantinedReports()).isZero();
    assertThat(desk.counts().lateFills()).isZero();
  }

  @Test
  void aCancelThatKnowsOfMoreThanWeBookedWaitsForTheMissingFill() {
    LiveOrder order = desk.resting("i1");
    desk.orders.cancel(order, desk.nowUs, "test");
    ExecutionReport fill = desk.fill(order, "f1", "0.4", "0.4");
    ExecutionReport end = desk.state(order, OrderState.CANCELLED, "0.4");
    desk.report(end);
    assertThat(order.state()).isEqualTo(OrderState.CANCEL_REQUESTED);
    desk.prove(end, fill);
    assertThat(order.state()).isEqualTo(OrderState.CANCELLED);
    assertThat(desk.position()).isEqualByComparingTo("0.4");
  }

  @Test
  void aFillThatOvertakesItsAcknowledgementProvesIt() {
    LiveOrder order = desk.quote("i1");
    ExecutionReport ack = desk.state(order, OrderState.ACKED, "0");
    desk.report(desk.fill(order, "f1", "1", "1"));
    desk.report(ack);
    assertThat(desk.states())
        .containsExactly(
            OrderState.INTENDED, OrderState.SUBMITTED, OrderState.ACKED, OrderState.FILLED);
    assertThat(desk.position()).isEqualByComparingTo("1");
    assertThat(desk.counts().quarantinedReports()).as("the late ack").isEqualTo(1);
  }

  @Test
  void everyStepThatIsPublishedIsLegal() {
    LiveOrder order = desk.quote("i1");
    desk.orders.cancel(order, desk.nowUs, "at once");
    desk.report(desk.state(order, OrderState.ACKED, "0"));
    desk.report(desk.fill(order, "f1", "0.4", "0.4"));
    desk.report(desk.fill(order, "f2", "0.6", "1"));
    OrderState before = null;
    for (OrderState state : desk.states()) {
      if (before != null && before != state) {
        assertThat(before.mayBecome(state)).as(before + " -> " + state).isTrue();
      }
      before = state;
    }
    assertThat(before).isEqualTo(OrderState.FILLED);
  }

  private static ExecutionReport withoutId(ExecutionReport report) {
    return new ExecutionReport(
        null,
        report.venueOrderId(),
        report.symbol(),
        report.side(),
        report.state(),
        report.price(),
        report.qty(),
        report.cumQty(),
        report.fillId(),
        report.lastPrice(),
        report.lastQty(),
        report.liquidity(),
        report.fee(),
        report.feeAsset(),
        report.queueAhead(),
        report.venueTimeUs(),
        report.reason());
  }
}
