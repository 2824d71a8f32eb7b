// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to a venue. Those about one order go out one after the other, so that a cancel never
 * overtakes its order; nothing is ever sent twice by itself. Thread-safe.
 */
final class VenueHttp {
  private static final int OK_BELOW = 300;

  private final URI base;
  private final HttpClient client;
  private final RemoteVenueSettings settings;
  private final Map<String, CompletableFuture<?>> lastByOrder = new ConcurrentHashMap<>();

  VenueHttp(URI base, HttpClient client, RemoteVenueSettings settings) {
    this.base = base;
    this.client = client;
    this.settings = settings;
  }

  /** Sends a request about one order once the one before it is over, however it ended. */
  CompletableFuture<HttpResponse<byte[]>> send(
      String clientOrderId, String method, String path, byte[] body) {
    HttpRequest request = request(method, path, body);
    CompletableFuture<HttpResponse<byte[]>> sent = new CompletableFuture<>();
    CompletableFuture<?> before = lastByOrder.put(clientOrderId, sent);
    CompletableFuture<?> turn =
        before == null ? CompletableFuture.completedFuture(null) : before.exceptionally(e -> null);
    turn.thenCompose(nothing -> client.sendAsync(request, BodyHandlers.ofByteArray()))
        .whenComplete(
            (response, problem) -> {
              lastByOrder.remove(clientOrderId, sent);
              if (problem == null) {
                sent.complete(response);
              } else {
                sent.completeExceptionally(problem);
              }
            });
    return sent;
  }

  /** Requests about orders that have no answer yet. */
  int inFlight() {
    return lastByOrder.size();
  }

  /** Waits until every order's requests are over, at most this long. */
  void drain(long ms) {
    CompletableFuture<?>[] open = lastByOrder.values().toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(open).get(ms, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What failed or is late stays unanswered.
    }
  }

  /**
   * Asks and waits.
   *
   * @throws VenueUnreachableException when there is no answer of a venue in time
   */
  <T extends Record> T get(String path, Class<T> type) {
    try {
      HttpResponse<byte[]> response =
          client.send(request("GET", path, null), BodyHandlers.ofByteArray());
      if (response.statusCode() >= OK_BELOW) {
        throw new VenueUnreachableException(
            "the venue at " + base + " refuses GET " + path + ": " + error(response), null);
      }
      return Json.read(response.body(), type);
    } catch (IOException e) {
      String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new VenueUnreachableException("no venue answers at " + base + " (" + what + ")", e);
    } catch (MalformedException e) {
      throw new VenueUnreachableException(
          "what answers at " + base + path + " is no venue: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueUnreachableException("interrupted while asking " + base, e);
    }
  }

  /**
   * Asks the venue who it is.
   *
   * @throws VenueUnreachableException when it does not trade all these symbols
   */
  Wire.HealthView traded(List<String> symbols) {
    Wire.HealthView venue = get("/healthz", Wire.HealthView.class);
    for (String symbol : symbols) {
      if (!venue.symbols().contains(symbol)) {
        throw new VenueUnreachableException(
            "the venue at " + base + " does not trade " + symbol + ", only " + venue.symbols(),
            null);
      }
    }
    return venue;
  }

  /** What an answer says went wrong. */
  static String error(HttpResponse<byte[]> response) {
    try {
      return Json.read(response.body(), Wire.ErrorView.class).error();
    } catch (MalformedException e) {
      return "HTTP status " + response.statusCode();
    }
  }

  private HttpRequest request(String method, String path, byte[] body) {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofMillis(settings.requestMs()))
            .method(method, publisher);
    if (body != null) {
      builder.header("Content-Type", "application/json");
    }
    return builder.build();
  }
}
