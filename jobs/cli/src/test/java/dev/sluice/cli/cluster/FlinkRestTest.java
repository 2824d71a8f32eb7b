// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that says what Flink has said. */
class FlinkRestTest {
  private static final Path INTO = Path.of("/savepoints");
  private static final String DONE =
      "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":\"file:/savepoints/1\"}}";

  private final Deque<String> savepoints = new ArrayDeque<>();
  private final Deque<String> states = new ArrayDeque<>();
  private int stops;
  private HttpServer flink;

  @BeforeEach
  void start() throws IOException {
    flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    flink.createContext(
        "/",
        exchange -> {
          byte[] answer =
              answer(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    flink.start();
  }

  @AfterEach
  void stop() {
    flink.stop(0);
  }

  private String answer(String path) {
    if (path.endsWith("/stop")) {
      stops++;
      return "{\"request-id\":\"r" + stops + "\"}";
    }
    return path.contains("/savepoints/") ? savepoints.pop() : overview(states.pop());
  }

  private static String overview(String state) {
    return "{\"jobs\":[{\"jid\":\"j1\",\"name\":\"sluice-all\",\"state\":\""
        + state
        + "\",\"tasks\":{\"total\":2,\"running\":"
        + (state.equals("RUNNING") ? 2 : 0)
        + "}}]}";
  }

  private static String failed(String... causes) {
    return "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"failure-cause\":{\"class\":\"c\","
        + "\"stack-trace\":\"a.B: wrapped\\n\\tat a.b\\n"
        + String.join("", List.of(causes).stream().map(c -> "Caused by: " + c + "\\n").toList())
        + "\"}}}";
  }

  private String stopJob() {
    URI address = URI.create("http://127.0.0.1:" + flink.getAddress().getPort());
    return new FlinkRest(address).stopWithSavepoint("j1", INTO, Duration.ofSeconds(20));
  }

  @Test
  void aStopThatFlinkGaveUpIsAskedForAgainOnceTheJobRuns() {
    savepoints.add(failed("The vertex has used UnionListState, but part of its tasks has called"));
    savepoints.add(DONE);
    states.addAll(List.of("RESTARTING", "RUNNING"));

    assertThat(stopJob()).isEqualTo("file:/savepoints/1");
    assertThat(stops).isEqualTo(2);
    assertThat(states).isEmpty();
  }

  @Test
  void anotherFailureIsToldByItsRootCause() {
    savepoints.add(failed("b.C: outer", "d.E: no space left on device"));

    assertThatThrownBy(this::stopJob)
        .isInstanceOf(FlinkRest.UnansweredException.class)
        .hasMessage("no savepoint of j1: d.E: no space left on device");
    assertThat(stops).isEqualTo(1);
  }
}
