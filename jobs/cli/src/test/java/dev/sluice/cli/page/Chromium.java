// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.codec.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The real browser without a window, driven by the Chrome DevTools protocol: it opens pages from
 * files, runs scripts in them, and tells what went wrong. One page at a time, one thread.
 */
final class Chromium implements AutoCloseable {
  private static final long PATIENCE_S = 60;
  private static final String LISTENING = "DevTools listening on ws://";

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new ArrayList<>();
  private final WebSocket socket;
  private int calls;

  /** Where it is installed, if it is. */
  static Optional<Path> installed() {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(directory -> Path.of(directory, "chromium"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it with a profile of its own. */
  Chromium(Path program, Path profile) throws Exception {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--remote-debugging-address=127.0.0.1",
                "--remote-debugging-port=0",
                "--window-size=1280,2000",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String address = address();
    JsonNode pages =
        Json.mapper()
            .readTree(
                client
                    .send(
                        HttpRequest.newBuilder(URI.create("http://" + address + "/json/list"))
                            .build(),
                        HttpResponse.BodyHandlers.ofString())
                    .body());
    String page = pages.get(0).path("webSocketDebuggerUrl").asText();
    socket =
        client
            .newWebSocketBuilder()
            .connectTimeout(Duration.ofSeconds(PATIENCE_S))
            .buildAsync(URI.create(page), new Listener())
            .get(PATIENCE_S, TimeUnit.SECONDS);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Json.mapper().createObjectNode());
    }
  }

  /** Opens a page and waits until it and its scripts are done. */
  void open(Path file) throws Exception {
    events.clear();
    call("Page.navigate", Json.mapper().createObjectNode().put("url", file.toUri().toString()));
    while (events.stream().noneMatch(event -> is(event, "Page.loadEventFired"))) {
      events.add(next());
    }
  }

  /** The value of an expression in the page. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Json.mapper()
                .createObjectNode()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true));
    return answer.path("result").path("value");
  }

  /** What the console said since the page was opened, and what scripts threw. */
  List<String> complaints() {
    return events.stream()
        .filter(
            event ->
                is(event, "Runtime.exceptionThrown")
                    || is(event, "Runtime.consoleAPICalled")
                    || is(event, "Log.entryAdded"))
        .map(JsonNode::toString)
        .toList();
  }

  /** Addresses that the page asked for. */
  List<String> requests() {
    return events.stream()
        .filter(event -> is(event, "Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").asText())
        .toList();
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  private static boolean is(JsonNode event, String method) {
    return event.path("method").asText().equals(method);
  }

  private JsonNode call(String method, ObjectNode params) throws Exception {
    ObjectNode call = Json.mapper().createObjectNode().put("id", ++calls).put("method", method);
    call.set("params", params);
    socket.sendText(call.toString(), true).get(PATIENCE_S, TimeUnit.SECONDS);
    while (true) {
      JsonNode message = next();
      if (message.path("id").asInt() == calls) {
        if (message.has("error")) {
          throw new IllegalStateException(method + ": " + message.path("error"));
        }
        return message.path("result");
      }
      events.add(message);
    }
  }

  private JsonNode next() throws InterruptedException {
    JsonNode message = messages.poll(PATIENCE_S, TimeUnit.SECONDS);
    if (message == null) {
      throw new IllegalStateException("the browser says nothing for " + PATIENCE_S + " s");
    }
    return message;
  }

  private String address() throws IOException {
    // Stays open: a closed pipe would kill the browser; it says little after this.
    BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      int at = line.indexOf(LISTENING);
      if (at >= 0) {
        return line.substring(at + LISTENING.length(), line.indexOf("/devtools"));
      }
    }
    throw new IllegalStateException("the browser ended before it listened");
  }

  /** Puts messages together from their parts. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        try {
          messages.add(Json.mapper().readTree(message.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
