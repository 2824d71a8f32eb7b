// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.schemas.NotificationStatus;
import dev.sluice.schemas.codec.Json;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JSON POST to one address. The answer 2xx is the receipt. Beside our own fields the body has a
 * {@code text}, which Slack and its kin show. {@code Idempotency-Key} is the message's id; with a
 * key, {@code X-Sluice-Signature} is {@code sha256=} and the hexadecimal HMAC-SHA256 of the body.
 */
final class WebhookChannel implements Channel {
  private static final String MAC = "HmacSHA256";

  private final String name;
  private final MaskedUrl url;
  private final byte[] key;
  private final HttpPost http;

  /**
   * @param key of the signature; empty for none
   */
  WebhookChannel(String name, MaskedUrl url, byte[] key, HttpPost http) {
    this.name = name;
    this.url = url;
    this.key = key.clone();
    this.http = http;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Receipt send(Message message) throws DeliveryException, InterruptedException {
    byte[] body = Json.write(body(message));
    HttpRequest.Builder request =
        http.json(url, body).header("Idempotency-Key", message.notificationId());
    if (key.length > 0) {
      request.header("X-Sluice-Signature", "sha256=" + signature(key, body));
    }
    HttpPost.Answer answer = http.ask(url, request);
    return new Receipt(NotificationStatus.RECEIVED, url + " answered " + answer.status());
  }

  @Override
  public void reach() throws DeliveryException, InterruptedException {
    http.reach(url);
  }

  /** HMAC-SHA256, hexadecimal. */
  static String signature(byte[] key, byte[] body) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  private static Map<String, Object> body(Message message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("schema", "sluice.webhook.v1");
    body.put("notification_id", message.notificationId());
    body.put("episode_id", message.episodeId());
    body.put("kind", message.kind());
    body.put("text", message.title() + ". " + message.reason());
    body.put("engine_id", message.engineId());
    body.put("criterion_id", message.criterionId());
    body.put("scope_key", message.scopeKey());
    body.put("severity", message.severity());
    body.put("action", message.action());
    body.put("mode", message.mode());
    body.put("measured", message.measured());
    body.put("limit", message.limit());
    body.put("unit", message.unit());
    body.put("evidence", message.evidence());
    body.put("reason", message.reason());
    body.put("start_us", message.startUs());
    body.put("event_time_us", message.eventTimeUs());
    return body;
  }
}
