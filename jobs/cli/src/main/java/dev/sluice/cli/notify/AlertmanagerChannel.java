// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.NotificationStatus;
import dev.sluice.schemas.codec.Json;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Prometheus' Alertmanager by its API v2: one alert per episode, which it groups, routes and
 * silences. An alert that is not said again ends by itself, so {@link #refresh} says again what
 * stands, and for a quarter of an hour what is over, as Prometheus does. RECEIVED means that
 * Alertmanager shows the alert and for which receivers; not that a telephone rang.
 */
final class AlertmanagerChannel implements Channel {
  private static final Duration OVER_KEPT = Duration.ofMinutes(15);

  private final String name;
  private final MaskedUrl url;
  private final HttpPost http;
  private final Clock clock;
  private final Duration lasts;
  private final Map<String, Alert> standing = new LinkedHashMap<>();
  private final Map<String, Alert> over = new LinkedHashMap<>();

  /**
   * @param refreshEvery how often {@link #refresh} will be called; an alert lasts four times as
   *     long
   */
  AlertmanagerChannel(
      String name, MaskedUrl url, HttpPost http, Duration refreshEvery, Clock clock) {
    this.name = name;
    this.url = url;
    this.http = http;
    this.clock = clock;
    this.lasts = refreshEvery.multipliedBy(4);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Receipt send(Message message) throws DeliveryException, InterruptedException {
    Instant now = clock.instant();
    String id = message.episodeId();
    if (message.kind() == NotificationKind.RESOLVED) {
      Alert ended = Alert.of(message, now, now);
      post(List.of(ended));
      standing.remove(id);
      over.put(id, ended);
      return new Receipt(NotificationStatus.SENT, "Alertmanager took the end of the alert");
    }
    Alert alert = Alert.of(message, now, now.plus(lasts));
    post(List.of(alert));
    if (message.kind() == NotificationKind.FIRING) {
      standing.put(id, alert);
    }
    return shown(message);
  }

  @Override
  public void adopt(Message message) {
    Instant now = clock.instant();
    standing.put(message.episodeId(), Alert.of(message, now, now.plus(lasts)));
  }

  @Override
  public void refresh() throws DeliveryException, InterruptedException {
    Instant now = clock.instant();
    over.values().removeIf(alert -> alert.endsAt().isBefore(now.minus(OVER_KEPT)));
    standing.replaceAll((id, alert) -> alert.until(now.plus(lasts)));
    List<Alert> all = new ArrayList<>(standing.values());
    all.addAll(over.values());
    if (!all.isEmpty()) {
      post(all);
    }
  }

  @Override
  public void reach() throws DeliveryException, InterruptedException {
    get("/api/v2/status");
  }

  /** Looks the alert up: what it shows it has, and it says to whom it goes. */
  private Receipt shown(Message message) throws DeliveryException, InterruptedException {
    String filter = Alert.EPISODE + "=\"" + Alert.episode(message) + "\"";
    JsonNode alerts =
        get("/api/v2/alerts?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    if (alerts.isEmpty()) {
      throw DeliveryException.retry(url + " took the alert and does not show it");
    }
    Set<String> receivers = new TreeSet<>();
    alerts.get(0).path("receivers").forEach(one -> receivers.add(one.path("name").asText()));
    if (message.kind() == NotificationKind.PROBE) {
      refuseDeadEnds(receivers);
    }
    return new Receipt(
        NotificationStatus.RECEIVED,
        "Alertmanager shows it, for receivers: " + String.join(", ", receivers));
  }

  /** A receiver without any integration tells nobody. */
  private void refuseDeadEnds(Set<String> receivers)
      throws DeliveryException, InterruptedException {
    Set<String> telling =
        AlertmanagerReceivers.withIntegrations(
            get("/api/v2/status").path("config").path("original").asText());
    if (receivers.stream().noneMatch(telling::contains)) {
      throw DeliveryException.refused(
          "Alertmanager routes it to "
              + String.join(", ", receivers)
              + ", which tells nobody: no integration in its configuration");
    }
  }

  private void post(List<Alert> alerts) throws DeliveryException, InterruptedException {
    http.ask(url, http.json(at("/api/v2/alerts"), Json.write(json(alerts))));
  }

  private static List<Map<String, Object>> json(List<Alert> alerts) {
    return alerts.stream().map(Alert::json).toList();
  }

  private JsonNode get(String path) throws DeliveryException, InterruptedException {
    String body = http.ask(url, HttpRequest.newBuilder(at(path).uri()).GET()).body();
    try {
      return Json.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw DeliveryException.retry(url + " answers no JSON: is it Alertmanager?");
    }
  }

  private MaskedUrl at(String path) {
    String base = url.uri().toString();
    return MaskedUrl.parse(
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }
}
