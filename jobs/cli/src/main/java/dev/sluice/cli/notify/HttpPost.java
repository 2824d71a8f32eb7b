// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** HTTP with errors that hold no secrets. Redirects are not followed. Thread-safe. */
final class HttpPost {
  private final HttpClient client;
  private final Duration timeout;

  /**
   * @param timeout of one request, connecting included
   */
  HttpPost(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** A JSON body to be posted; more headers may be added. */
  HttpRequest.Builder json(MaskedUrl to, byte[] body) {
    return HttpRequest.newBuilder(to.uri())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  /**
   * The answer's status and body.
   *
   * @param to what errors name
   * @throws DeliveryException unless the answer is 2xx
   */
  Answer ask(MaskedUrl to, HttpRequest.Builder request)
      throws DeliveryException, InterruptedException {
    HttpResponse<String> response = send(to, request);
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new Answer(status, response.body());
    }
    String said = to + " answers " + status;
    boolean refused = status == 400 || status == 413 || status == 422;
    throw refused ? DeliveryException.refused(said) : DeliveryException.retry(said);
  }

  /**
   * Whether anybody answers there, whatever the answer is.
   *
   * @throws DeliveryException when not
   */
  void reach(MaskedUrl to) throws DeliveryException, InterruptedException {
    HttpRequest.Builder head =
        HttpRequest.newBuilder(to.uri()).method("HEAD", HttpRequest.BodyPublishers.noBody());
    send(to, head);
  }

  private HttpResponse<String> send(MaskedUrl to, HttpRequest.Builder request)
      throws DeliveryException, InterruptedException {
    try {
      return client.send(request.timeout(timeout).build(), BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      throw DeliveryException.retry(to + " did not answer within " + timeout.toMillis() + " ms");
    } catch (ConnectException e) {
      throw DeliveryException.retry(to + " refuses the connection");
    } catch (IOException e) {
      // only the kind: messages of the client may hold the address
      throw DeliveryException.retry(to + ": " + e.getClass().getSimpleName());
    }
  }

  /**
   * An answer.
   *
   * @param status 200 to 299
   */
  record Answer(int status, String body) {}
}
