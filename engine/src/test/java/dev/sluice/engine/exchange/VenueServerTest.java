// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The venue behind HTTP, as any client sees it. */
class VenueServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private TestVenue venue;

  @BeforeEach
  void open() throws Exception {
    venue = TestVenue.start();
    await().until(() -> get("/healthz").statusCode() == 200);
  }

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void orderIsTakenFoundListedAndCancelled() throws Exception {
    HttpResponse<String> taken = post(order("a-1", "50.00", "2"));
    assertThat(taken.statusCode()).isEqualTo(201);
    JsonNode order = Json.mapper().readTree(taken.body()).get("newest");
    assertThat(order.get("state").asText()).isEqualTo("ACKED");
    assertThat(order.get("price").isTextual()).as("money is a string").isTrue();
    assertThat(order.get("price").asText()).isEqualTo("50.00");

    assertThat(get("/orders/a-1").body()).contains("\"state\":\"ACKED\"", "\"run_id\":\"v1\"");
    assertThat(get("/orders").body()).contains("a-1");

    HttpResponse<String> cancelled = delete("/orders/a-1");
    assertThat(cancelled.statusCode()).isEqualTo(200);
    assertThat(cancelled.body()).contains("\"state\":\"CANCELLED\"");
    assertThat(get("/orders").body()).contains("\"orders\":[]");
    assertThat(get("/orders/a-1").body()).as("an ended order is remembered").contains("CANCELLED");
    assertThat(delete("/orders/a-1").statusCode()).as("again does no harm").isEqualTo(200);
  }

  @Test
  void anIdIsTakenOnceAlsoWhenItsOrderWasRejectedOrHasEnded() throws Exception {
    assertThat(post(order("a-1", "50.00", "1")).statusCode()).isEqualTo(201);
    assertThat(post(order("a-1", "50.00", "1")).statusCode()).isEqualTo(409);
    delete("/orders/a-1");
    assertThat(post(order("a-1", "50.00", "1")).statusCode()).isEqualTo(409);
    HttpResponse<String> rejected = post(order("b-1", "50.001", "1"));
    assertThat(rejected.statusCode()).isEqualTo(422);
    assertThat(rejected.body()).contains("tick size").contains("hint");
    assertThat(post(order("b-1", "50.00", "1")).statusCode()).isEqualTo(409);
    assertThat(venue.dropCopies).extracting(DropCopy::clientOrderId).containsOnly("a-1", "b-1");
    assertThat(venue.dropCopies).as("acked, cancelled, rejected").hasSize(3);
  }

  @Test
  void marketOrderFillsAndTheAccountShowsIt() throws Exception {
    String body =
        """
        {"client_order_id":"m-1","symbol":"SIMUSDT","side":"BUY","type":"MARKET","qty":"1"}
        """;
    assertThat(post(body).statusCode()).isEqualTo(201);
    await().untilAsserted(() -> assertThat(get("/orders/m-1").body()).contains("FILLED"));
    JsonNode status = Json.mapper().readTree(get("/orders/m-1").body());
    assertThat(status.get("executions")).isNotEmpty();
    JsonNode account = Json.mapper().readTree(get("/account").body());
    assertThat(account.get("positions").get(0).get("qty").asText()).startsWith("1");
    assertThat(account.get("last_seq").asLong()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void badRequestsAreToldWhatIsWrongInJson() throws Exception {
    assertThat(get("/orders/never").statusCode()).isEqualTo(404);
    assertThat(get("/orders/never").body()).contains("\"error\":\"unknown order\"");
    assertThat(delete("/orders/never").statusCode()).isEqualTo(404);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(delete("/account").statusCode()).isEqualTo(405);
    assertThat(post("{").statusCode()).isEqualTo(400);
    HttpResponse<String> missing = post("{\"client_order_id\":\"x\",\"symbol\":\"SIMUSDT\"}");
    assertThat(missing.statusCode()).isEqualTo(400);
    assertThat(missing.body()).contains("missing field side").contains("hint");
    assertThat(post(order("has space", "50", "1")).statusCode()).isEqualTo(400);
    assertThat(post("\"" + "x".repeat(9_000) + "\"").statusCode()).isEqualTo(413);
    HttpRequest plain =
        HttpRequest.newBuilder(uri("/orders"))
            .POST(BodyPublishers.ofString(order("p", "50", "1")))
            .header("Content-Type", "text/plain")
            .build();
    assertThat(CLIENT.send(plain, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
  }

  @Test
  void streamStartsAfterTheNumberAskedForAndMissesNothing() throws Exception {
    post(order("a-1", "50.00", "1"));
    post(order("a-2", "50.00", "1"));
    post(order("a-3", "50.00", "1"));
    List<JsonNode> heard = listen("?after=1&run=v1");
    await().until(() -> reports(heard).size() >= 2);
    delete("/orders/a-2");
    await().until(() -> reports(heard).size() >= 3);
    assertThat(heard.get(0).get("type").asText()).isEqualTo("HELLO");
    assertThat(reports(heard)).extracting(m -> m.get("seq").asLong()).containsExactly(2L, 3L, 4L);
    assertThat(reports(heard))
        .extracting(m -> m.get("report").get("client_order_id").asText())
        .containsExactly("a-2", "a-3", "a-2");
    await()
        .untilAsserted(
            () ->
                assertThat(heard)
                    .extracting(m -> m.path("market").path("kind").asText())
                    .contains("SNAPSHOT", "DELTA"));
  }

  @Test
  void streamOfAnotherProcessStartsFromTheFirstReport() throws Exception {
    post(order("a-1", "50.00", "1"));
    List<JsonNode> heard = listen("?after=7&run=v0");
    await().until(() -> reports(heard).size() == 1);
    assertThat(reports(heard).get(0).get("seq").asLong()).isEqualTo(1);
  }

  @Test
  void reportsThatAreNoLongerHeldAreAGapAndNotSilence() throws Exception {
    venue.close();
    venue = new TestVenue("v1", new VenueSettings("127.0.0.1", 0, 8_192, 2, 10, 3, 2, 2_000));
    for (int i = 1; i <= 3; i++) {
      post(order("a-" + i, "50.00", "1"));
    }
    List<JsonNode> heard = listen("?after=0");
    await().until(() -> reports(heard).size() == 2);
    assertThat(heard.get(1).get("type").asText()).isEqualTo("GAP");
    assertThat(heard.get(1).get("last_seq").asLong()).isEqualTo(1);
    assertThat(reports(heard)).extracting(m -> m.get("seq").asLong()).containsExactly(2L, 3L);

    assertThat(post(order("a-4", "50.00", "1")).statusCode()).as("memory is full").isEqualTo(503);
    listen("");
    assertThatThrownBy(() -> listen("")).as("sockets are limited").hasMessageContaining("503");
  }

  @Test
  void portThatIsTakenIsTold() {
    assertThatThrownBy(() -> new TestVenue("v2", VenueSettings.on("127.0.0.1", venue.port())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen at 127.0.0.1:" + venue.port());
  }

  private static List<JsonNode> reports(List<JsonNode> heard) {
    return heard.stream().filter(m -> m.get("type").asText().equals("REPORT")).toList();
  }

  private List<JsonNode> listen(String query) throws Exception {
    List<JsonNode> heard = new CopyOnWriteArrayList<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          private final StringBuilder text = new StringBuilder();

          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
              try {
                heard.add(Json.mapper().readTree(text.toString()));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              text.setLength(0);
            }
            socket.request(1);
            return null;
          }
        };
    URI uri = URI.create("ws://127.0.0.1:" + venue.port() + "/stream" + query);
    try {
      CLIENT.newWebSocketBuilder().buildAsync(uri, listener).join();
    } catch (CompletionException e) {
      var refused = (java.net.http.WebSocketHandshakeException) e.getCause();
      throw new IOException("HTTP " + refused.getResponse().statusCode(), e);
    }
    return heard;
  }

  private static String order(String id, String price, String qty) {
    return """
        {"client_order_id":"%s","symbol":"SIMUSDT","side":"BUY","type":"LIMIT",
         "price":"%s","qty":"%s","unknown_field":1}
        """
        .formatted(id, price, qty);
  }

  private HttpResponse<String> post(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/orders"))
            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .header("Content-Type", "application/json")
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(uri(path)).DELETE().build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return venue.server.url().resolve(path);
  }
}
