// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.engine.venue.VenueListener;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine's side of a venue in another process, over a line that can be cut. */
class RemoteVenueTest implements VenueListener {
  /** Many in flight: an order is seen at the venue here before its answer is back. */
  private static final RemoteVenueSettings SETTINGS =
      new RemoteVenueSettings(2_000, 2_000, 2_000, 20, 200, 64, 20_000);

  private final List<ExecutionReport> reports = new ArrayList<>();
  private final List<OrderStatus> statuses = new ArrayList<>();
  private TestVenue server;
  private LossyProxy line;
  private RemoteVenue venue;

  @BeforeEach
  void connect() throws Exception {
    server = TestVenue.start();
    line = new LossyProxy(server.port());
    venue =
        RemoteVenue.connect(line.url(), List.of(TestVenue.SYMBOL), server.clock::nowUs, SETTINGS);
    OrderBook book = new OrderBook(TestVenue.SYMBOL);
    until(() -> book(book).valid());
  }

  @AfterEach
  void disconnect() throws Exception {
    venue.close();
    line.close();
    server.close();
  }

  @Test
  void orderIsAcknowledgedFilledAndCancelledThroughPoll() {
    venue.submit(TestVenue.resting("a-1"), now());
    venue.submit(TestVenue.taking("m-1"), now());
    until(() -> states("a-1").contains(OrderState.ACKED) && filled("m-1"));
    assertThat(venue.openOrders()).extracting(OpenOrder::clientOrderId).containsExactly("a-1");
    assertThat(venue.positions().get(0).qty()).isEqualByComparingTo("1");
    venue.cancel("a-1", now());
    until(() -> states("a-1").contains(OrderState.CANCELLED));
    assertThat(venue.openOrders()).isEmpty();
    assertThat(venue.unanswered()).isZero();
  }

  @Test
  void cancelNeverOvertakesItsOrder() {
    for (int i = 0; i < 50; i++) {
      String id = "c-" + i;
      venue.submit(TestVenue.resting(id), now());
      venue.cancel(id, now());
      until(() -> states(id).contains(OrderState.CANCELLED));
    }
    assertThat(venue.openOrders()).isEmpty();
  }

  @Test
  void queryTellsOfOrdersThatEndedAndOfThoseNeverHeardOf() {
    venue.submit(TestVenue.taking("m-1"), now());
    until(() -> filled("m-1"));
    venue.query("m-1", now());
    venue.query("never", now());
    until(() -> statuses.size() == 2);
    OrderStatus filled = status("m-1");
    assertThat(filled.known()).isTrue();
    assertThat(filled.newest().state()).isEqualTo(OrderState.FILLED);
    assertThat(filled.newest().fillId()).isNull();
    assertThat(filled.executions())
        .containsExactlyElementsOf(reports.stream().filter(r -> r.fillId() != null).toList());
    assertThat(status("never").known()).isFalse();
  }

  @Test
  void orderWhoseAnswerIsLostIsNotSentAgainAndIsFoundByItsId() {
    line.losesAnswers = true;
    venue.submit(TestVenue.resting("a-1"), now());
    until(() -> venue.unanswered() == 1);
    line.losesAnswers = false;
    line.cut();
    venue.query("a-1", now());
    until(() -> status("a-1") != null);
    assertThat(status("a-1").newest().state()).isEqualTo(OrderState.ACKED);
    assertThat(server.dropCopies).as("the order reached the venue once").hasSize(1);
    until(() -> states("a-1").contains(OrderState.ACKED));
    assertThat(states("a-1")).as("the stream goes on where it was cut").hasSize(1);
  }

  @Test
  void cutStreamIsOpenedAgainAndMissesNothing() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String id = "s-" + i;
      ids.add(id);
      submitUntilThere(id, ids.size());
      if (i % 5 == 4) {
        line.cut();
      }
    }
    until(() -> reports.size() >= ids.size());
    assertThat(reports).extracting(ExecutionReport::clientOrderId).containsExactlyElementsOf(ids);
    assertThat(venue.streamConnects()).isGreaterThan(1);
  }

  @Test
  void whenTheVenueWasReplacedEveryRestingOrderIsAskedForAndTheMarketGoesOn() throws Exception {
    venue.submit(TestVenue.resting("a-1"), now());
    until(() -> states("a-1").contains(OrderState.ACKED));
    server.close();
    server = new TestVenue("v2", VenueSettings.on("127.0.0.1", 0));
    line.redirect(server.port());
    line.cut();
    until(() -> status("a-1") != null);
    assertThat(status("a-1").known()).isFalse();
    assertThat(venue.openOrders()).isEmpty();
    OrderBook book = new OrderBook(TestVenue.SYMBOL);
    until(() -> book(book).valid());
    venue.submit(TestVenue.resting("a-2"), now());
    until(() -> states("a-2").contains(OrderState.ACKED));
  }

  @Test
  void refusalBeforeTheBookIsReportedAsRejected() {
    venue.submit(TestVenue.resting("has space"), now());
    until(() -> states("has space").contains(OrderState.REJECTED));
    assertThat(reports.get(0).reason()).isEqualTo("client_order_id cannot be taken");
  }

  @Test
  void idTheVenueKnowsIsAskedForInsteadOfRejected() {
    venue.submit(TestVenue.resting("a-1"), now());
    until(() -> states("a-1").contains(OrderState.ACKED));
    venue.submit(TestVenue.resting("a-1"), now());
    until(() -> status("a-1") != null);
    assertThat(status("a-1").newest().state()).isEqualTo(OrderState.ACKED);
    assertThat(states("a-1")).containsExactly(OrderState.ACKED);
  }

  @Test
  void venueThatIsNotThereOrDoesNotTradeTheSymbolIsTold() {
    URI nowhere = URI.create("http://127.0.0.1:1");
    assertThatThrownBy(
            () ->
                RemoteVenue.connect(
                    nowhere, List.of(TestVenue.SYMBOL), server.clock::nowUs, SETTINGS))
        .isInstanceOf(VenueUnreachableException.class)
        .hasMessageContaining("no venue answers at http://127.0.0.1:1");
    assertThatThrownBy(
            () -> RemoteVenue.connect(line.url(), List.of("BTC"), server.clock::nowUs, SETTINGS))
        .hasMessageContaining("does not trade BTC, only [SIMUSDT]");
  }

  @Override
  public void onReport(ExecutionReport report) {
    reports.add(report);
  }

  @Override
  public void onStatus(OrderStatus status) {
    statuses.add(status);
  }

  private OrderBook book(OrderBook book) {
    MarketEvent event = venue.feed().poll(now());
    while (event != null) {
      book.apply(event);
      event = venue.feed().poll(now());
    }
    return book;
  }

  private long now() {
    return server.clock.nowUs();
  }

  /**
   * A request on a connection that has just been cut may never leave, and is not repeated by
   * itself: the caller asks again under the same id, of which the venue takes one.
   */
  private void submitUntilThere(String id, int orders) {
    while (server.dropCopies.size() < orders) {
      long unanswered = venue.unanswered();
      venue.submit(TestVenue.resting(id), now());
      until(() -> server.dropCopies.size() == orders || venue.unanswered() > unanswered);
    }
  }

  private void until(BooleanSupplier reached) {
    await()
        .atMost(java.time.Duration.ofSeconds(30))
        .pollInSameThread()
        .pollDelay(java.time.Duration.ZERO)
        .pollInterval(java.time.Duration.ofMillis(2))
        .until(
            () -> {
              venue.poll(now(), this);
              return reached.getAsBoolean();
            });
  }

  private List<OrderState> states(String id) {
    return reports.stream()
        .filter(r -> r.clientOrderId().equals(id))
        .map(ExecutionReport::state)
        .toList();
  }

  private boolean filled(String id) {
    return states(id).contains(OrderState.FILLED);
  }

  private OrderStatus status(String id) {
    return statuses.stream().filter(s -> s.clientOrderId().equals(id)).findFirst().orElse(null);
  }
}
