// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.broker.BrokerOptions;
import dev.sluice.cli.broker.EmbeddedBroker;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.cli.process.ChildProcess;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Venue, engine and broker as processes and server of their own; engine and venue are killed. */
class VenueEndToEndTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String SYMBOLS = "AAAUSDT,BBBUSDT,CCCUSDT,DDDUSDT";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir private Path directory;
  private final List<ChildProcess> children = new ArrayList<>();
  private EmbeddedBroker broker;
  private int port;

  @AfterEach
  void endAll() {
    children.forEach(ChildProcess::close);
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void engineAndVenueDieAndComeBackToEachOther() throws Exception {
    broker = EmbeddedBroker.start(BrokerOptions.in(directory.resolve("broker")));
    try (TopicsAdmin topics = new TopicsAdmin(broker.bootstrapServers())) {
      topics.create(1, (short) 1);
    }
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (LeaseGiver judge = new LeaseGiver(broker.bootstrapServers(), "mm-1")) {
      ChildProcess venue = startVenue();
      await("the venue serves").atMost(LIMIT).until(() -> answers(venue));
      ChildProcess first = startEngine();
      await("the engine has a position and quotes")
          .atMost(LIMIT)
          .until(() -> alive(first) && !atVenue().isEmpty() && openIds().size() >= 4);

      first.kill();
      Set<String> left = openIds();
      assertThat(left).as("orders the dead engine left at the venue").isNotEmpty();
      ChildProcess second = startEngine();
      await("the engine is back at its position, with orders of its own")
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                assertThat(alive(second)).isTrue();
                assertThat(inEngine()).isNotEmpty().isEqualTo(atVenue());
                assertThat(openIds()).isNotEmpty().doesNotContainAnyElementsOf(left);
              });
      assertThat(left).allSatisfy(id -> assertThat(ended(id)).as(id).isTrue());

      venue.kill();
      ChildProcess another = startVenue();
      await("the engine quotes at the new venue")
          .atMost(LIMIT)
          .until(() -> alive(second) && answers(another) && openIds().size() >= 2);
      assertThat(accepted()).as("no orphans").isSubsetOf(inJournal());

      second.close();
      await("an engine that is asked to end takes its orders off")
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(openIds()).isEmpty());
    }
  }

  private ChildProcess startVenue() {
    return started(
        "venue.out",
        "venue",
        "--port",
        Integer.toString(port),
        "--symbols",
        SYMBOLS,
        "--bootstrap",
        broker.bootstrapServers());
  }

  /** Quotes narrowly, so that it is filled soon. */
  private ChildProcess startEngine() throws IOException {
    Files.deleteIfExists(directory.resolve("engine.out"));
    return started(
        "engine.out",
        "engine",
        "--venue",
        url(""),
        "--bootstrap",
        broker.bootstrapServers(),
        "--state-dir",
        directory.resolve("engine").toString(),
        "--set",
        "symbols=[" + SYMBOLS + "]",
        "--set",
        "flags.adaptive_spread=false",
        "--set",
        "spread.fixed_half_bps=1",
        "--progress",
        "json");
  }

  private ChildProcess started(String log, String... arguments) {
    ChildProcess child =
        ChildProcess.java(
            "dev.sluice.cli.Main",
            List.of("-Xmx256m", "-XX:+UseSerialGC"),
            List.of(arguments),
            directory.resolve(log));
    children.add(child);
    return child;
  }

  private static boolean alive(ChildProcess child) {
    assertThat(child.alive()).as(() -> String.join("\n", child.lastLines(20))).isTrue();
    return true;
  }

  private boolean answers(ChildProcess venue) {
    alive(venue);
    try {
      return get("/healthz").path("status").asText().equals("ok");
    } catch (IOException e) {
      return false;
    }
  }

  private Map<String, BigDecimal> atVenue() throws IOException {
    return positions(get("/account").path("positions"));
  }

  /** Positions in the newest line of progress. */
  private Map<String, BigDecimal> inEngine() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("engine.out"));
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).startsWith("{") && lines.get(i).endsWith("}")) {
        return positions(Json.mapper().readTree(lines.get(i)).path("positions"));
      }
    }
    return Map.of();
  }

  private static Map<String, BigDecimal> positions(JsonNode list) {
    Map<String, BigDecimal> positions = new TreeMap<>();
    list.forEach(
        position ->
            positions.put(
                position.path("symbol").asText(),
                new BigDecimal(position.path("qty").asText()).stripTrailingZeros()));
    return positions;
  }

  private Set<String> openIds() throws IOException {
    Set<String> ids = new TreeSet<>();
    get("/orders").path("orders").forEach(order -> ids.add(order.path("client_order_id").asText()));
    return ids;
  }

  private boolean ended(String id) {
    try {
      String state = get("/orders/" + id).path("newest").path("state").asText();
      return OrderState.valueOf(state).terminal();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ids the two venues accepted, as their drop copies say. */
  private Set<String> accepted() {
    Set<String> ids = new TreeSet<>();
    try (RecordTail tail =
        new RecordTail(
            broker.bootstrapServers(), List.of(Topics.DROPCOPY), RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            try {
              DropCopy copy = Json.read(record.value(), DropCopy.class);
              if (copy.state() == OrderState.ACKED) {
                ids.add(copy.clientOrderId());
              }
            } catch (MalformedException e) {
              throw new AssertionError(e);
            }
          });
    }
    assertThat(ids).isNotEmpty();
    return ids;
  }

  private Set<String> inJournal() throws SQLException {
    Set<String> ids = new TreeSet<>();
    Path file = directory.resolve("engine").resolve("journal.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT client_order_id FROM orders")) {
      while (row.next()) {
        ids.add(row.getString(1));
      }
    }
    return ids;
  }

  private JsonNode get(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(5)).build();
    try {
      return Json.mapper().readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
