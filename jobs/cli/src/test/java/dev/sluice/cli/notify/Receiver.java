// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A webhook on loopback that keeps what it is sent, and answers as it is told. */
final class Receiver implements AutoCloseable {
  static final String SECRET = "T0K3N-do-not-print";

  private final HttpServer server;
  private final CopyOnWriteArrayList<Got> got = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
  private volatile int usual = 204;

  /** One request it answered with 2xx or not. */
  record Got(int answered, Map<String, List<String>> headers, byte[] body) {
    JsonNode json() {
      try {
        return Json.mapper().readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestMethod().equals("HEAD")) { // somebody looks whether it is there
            exchange.sendResponseHeaders(405, -1);
            exchange.close();
            return;
          }
          byte[] body = exchange.getRequestBody().readAllBytes();
          Integer next = answers.poll();
          int answer = next == null ? usual : next;
          got.add(new Got(answer, Map.copyOf(exchange.getRequestHeaders()), body));
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
  }

  /** Its address, with a secret in the path. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/" + SECRET;
  }

  /** Answers so the next times. */
  Receiver first(Integer... statuses) {
    answers.addAll(List.of(statuses));
    return this;
  }

  /** Answers so from now on. */
  void always(int status) {
    usual = status;
  }

  /** Every request, in order. */
  List<Got> all() {
    return List.copyOf(got);
  }

  /** Bodies it took. */
  List<JsonNode> taken() {
    return got.stream().filter(one -> one.answered() < 300).map(Got::json).toList();
  }

  /** Bodies it took of one kind. */
  List<JsonNode> taken(String kind) {
    return taken().stream().filter(one -> one.path("kind").asText().equals(kind)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
