// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.core.Sim;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.schemas.OrderState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shadow at the market of a venue in another process. */
class RemoteMarketTest {
  private static final RemoteVenueSettings SETTINGS = RemoteVenueSettings.defaults();

  private TestVenue server;
  private LossyProxy line;

  @BeforeEach
  void open() throws Exception {
    server = TestVenue.start();
    line = new LossyProxy(server.port());
  }

  @AfterEach
  void close() throws Exception {
    line.close();
    server.close();
  }

  @Test
  void shadowTradesAtItsOwnVenueAndSendsNothingToTheOneItWatches() {
    List<String> symbols = List.of(TestVenue.SYMBOL);
    try (RemoteMarket market =
        RemoteMarket.connect(line.url(), symbols, server.clock::nowUs, SETTINGS)) {
      long startUs = server.clock.nowUs();
      Sim shadow =
          new Sim(
              FaultPlan.NONE, market.feed(), startUs, Long.MAX_VALUE / 4, "ticks_per_second=20");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                shadow.runner.run(server.clock.nowUs(), Integer.MAX_VALUE);
                return acknowledged(shadow) >= 2;
              });
      shadow.runner.stop();
      assertThat(acknowledged(shadow)).isGreaterThanOrEqualTo(2);
      assertThat(shadow.dropCopies).as("its own venue").isNotEmpty();
    }
    assertThat(line.requests()).containsExactly("GET /healthz", "GET /stream");
    assertThat(server.dropCopies).isEmpty();
  }

  @Test
  void tradingEngineOnTheSameLineIsSeenToSend() {
    RemoteVenue venue =
        RemoteVenue.connect(line.url(), List.of(TestVenue.SYMBOL), server.clock::nowUs, SETTINGS);
    venue.submit(TestVenue.resting("a-1"), server.clock.nowUs());
    await().atMost(Duration.ofSeconds(10)).until(() -> line.requests().contains("POST /orders"));
    venue.close();
  }

  @Test
  void venueThatDoesNotTradeTheSymbolIsRefused() {
    assertThatThrownBy(
            () ->
                RemoteMarket.connect(line.url(), List.of("BTCUSDT"), server.clock::nowUs, SETTINGS))
        .isInstanceOf(VenueUnreachableException.class)
        .hasMessageContaining("does not trade BTCUSDT");
  }

  private static long acknowledged(Sim sim) {
    return sim.sink.orders.stream().filter(o -> o.state() == OrderState.ACKED).count();
  }
}
