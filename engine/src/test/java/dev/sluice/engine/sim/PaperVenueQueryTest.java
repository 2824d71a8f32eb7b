// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import static dev.sluice.engine.sim.VenueHarness.START_US;
import static dev.sluice.engine.sim.VenueHarness.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.engine.venue.VenueListener;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the venue answers when it is asked about an order. */
class PaperVenueQueryTest {
  private final VenueHarness h = new VenueHarness();

  @Test
  void anOrderItHasNeverHeardOfIsUnknown() {
    OrderStatus status = ask(h, "nobody");
    assertThat(status.known()).isFalse();
    assertThat(status.newest()).isNull();
    assertThat(status.executions()).isEmpty();
    assertThat(status.venueTimeUs()).isEqualTo(START_US);
  }

  @Test
  void aRestingOrderStandsAsItWasLastReported() {
    h.send("a", Side.BUY, OrderType.POST_ONLY, "99.99", "2");
    assertThat(ask(h, "a").newest().state()).isEqualTo(OrderState.ACKED);
    h.trade(99.99, 5.5, true);
    ExecutionReport fill = h.reports().get(0);
    OrderStatus status = ask(h, "a");
    assertThat(status.known()).isTrue();
    assertThat(status.newest().state()).isEqualTo(OrderState.PARTIALLY_FILLED);
    assertThat(status.newest().cumQty()).isEqualByComparingTo("0.5");
    assertThat(status.newest().fillId()).isNull();
    assertThat(status.newest().venueOrderId()).isEqualTo("v1");
    assertThat(status.executions()).containsExactly(fill);
  }

  @Test
  void anEndedOrderIsRememberedWithAllItsExecutions() {
    List<ExecutionReport> reports = h.send("m", Side.BUY, OrderType.MARKET, null, "5");
    h.send("c", Side.BUY, OrderType.POST_ONLY, "99.99", "1");
    h.venue.cancel("c", h.nowUs);
    h.send("r", Side.BUY, OrderType.LIMIT, "99.995", "1");
    OrderStatus filled = ask(h, "m");
    assertThat(filled.newest().state()).isEqualTo(OrderState.FILLED);
    assertThat(filled.newest().cumQty()).isEqualByComparingTo("5");
    assertThat(filled.executions()).isEqualTo(reports.subList(1, 3));
    assertThat(ask(h, "c").newest().state()).isEqualTo(OrderState.CANCELLED);
    assertThat(ask(h, "r").newest().state()).isEqualTo(OrderState.REJECTED);
    assertThat(ask(h, "r").known()).isTrue();
  }

  @Test
  void aRefusedDuplicateDoesNotChangeWhatIsKnownOfTheFirst() {
    h.send("a", Side.BUY, OrderType.POST_ONLY, "99.99", "2");
    assertThat(h.send("a", Side.BUY, OrderType.POST_ONLY, "99.98", "9").get(0).state())
        .isEqualTo(OrderState.REJECTED);
    assertThat(ask(h, "a").newest().state()).isEqualTo(OrderState.ACKED);
    assertThat(ask(h, "a").newest().qty()).isEqualByComparingTo("2");
  }

  @Test
  void onlyAsManyOrdersAsConfiguredAreRemembered() {
    int limit = VenueHarness.settings().rememberedOrderIds();
    for (int i = 0; i <= limit; i++) {
      h.venue.submit(order("o" + i, Side.BUY, OrderType.LIMIT, "99.995", "1"), h.nowUs);
      h.venue.doWork(h.nowUs);
    }
    assertThat(ask(h, "o0").known()).isFalse();
    assertThat(ask(h, "o1").known()).isTrue();
  }

  @Test
  void theAnswerTakesTheWaysLatencyAndKeepsItsPlaceAmongTheReports() {
    VenueHarness slow =
        new VenueHarness(
            VenueHarness.settings()
                .withBehaviour(VenueLatency.fixed(3_000), VenueLatency.fixed(2_000), 500_000, 0),
            VenueFaults.NONE);
    slow.venue.submit(order("a", Side.BUY, OrderType.POST_ONLY, "99.99", "1"), START_US);
    slow.venue.query("a", START_US);
    slow.venue.cancel("a", START_US);
    List<String> heard = new ArrayList<>();
    VenueListener listener =
        new VenueListener() {
          @Override
          public void onReport(ExecutionReport report) {
            heard.add(report.state().name());
          }

          @Override
          public void onStatus(OrderStatus status) {
            heard.add("status " + status.newest().state() + " " + status.venueTimeUs());
          }
        };
    assertThat(slow.venue.poll(START_US + 4_999, listener)).isZero();
    assertThat(slow.venue.poll(START_US + 5_000, listener)).isEqualTo(3);
    assertThat(heard).containsExactly("ACKED", "status ACKED " + (START_US + 503_000), "CANCELLED");
  }

  private static OrderStatus ask(VenueHarness h, String id) {
    List<OrderStatus> answers = new ArrayList<>();
    h.venue.query(id, h.nowUs);
    h.venue.poll(
        h.nowUs,
        new VenueListener() {
          @Override
          public void onReport(ExecutionReport report) {}

          @Override
          public void onStatus(OrderStatus status) {
            answers.add(status);
          }
        });
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }
}
