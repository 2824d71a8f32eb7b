// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.schemas.NotificationKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One alert of Alertmanager. Its labels are its identity, so they hold only what does not change
 * while an episode lasts; figures are annotations.
 *
 * @param startsAt wall clock: the episode's start, where event time is not ahead of the clock
 * @param endsAt in the future while it stands
 */
record Alert(
    Map<String, String> labels, Map<String, String> annotations, Instant startsAt, Instant endsAt) {
  /** Label that names the episode. */
  static final String EPISODE = "episode";

  private static final String NONE = "";

  /** The alert of a message. */
  static Alert of(Message message, Instant now, Instant endsAt) {
    Instant start = Instant.EPOCH.plus(message.startUs(), ChronoUnit.MICROS);
    return new Alert(
        labels(message), annotations(message), start.isAfter(now) ? now : start, endsAt);
  }

  /** What the label says: all heartbeats are one alert that never ends. */
  static String episode(Message message) {
    return message.kind() == NotificationKind.WATCHDOG ? "watchdog" : message.episodeId();
  }

  /** The same, standing until then. */
  Alert until(Instant end) {
    return new Alert(labels, annotations, startsAt, end);
  }

  /** As the API takes it. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("labels", labels);
    json.put("annotations", annotations);
    json.put("startsAt", startsAt.toString());
    json.put("endsAt", endsAt.toString());
    return json;
  }

  private static Map<String, String> labels(Message message) {
    Map<String, String> labels = new LinkedHashMap<>();
    put(
        labels,
        "alertname",
        switch (message.kind()) {
          case WATCHDOG -> "SluiceWatchdog";
          case PROBE -> "SluiceProbe";
          case FIRING, RESOLVED -> "SluiceEpisode";
        });
    put(labels, "criterion", message.criterionId());
    put(labels, "engine", message.engineId());
    put(labels, "scope", message.scopeKey());
    put(labels, "severity", lower(message.severity()));
    put(labels, "action", lower(message.action()));
    put(labels, "enforcement", lower(message.mode()));
    put(labels, EPISODE, episode(message));
    return labels;
  }

  private static Map<String, String> annotations(Message message) {
    Map<String, String> annotations = new LinkedHashMap<>();
    put(annotations, "summary", message.title());
    put(annotations, "reason", message.reason());
    put(annotations, "measured", figure(message.measured(), message.unit()));
    put(annotations, "limit", figure(message.limit(), message.unit()));
    put(annotations, "evidence", message.evidence());
    put(
        annotations,
        "event_time",
        Instant.EPOCH.plus(message.eventTimeUs(), ChronoUnit.MICROS).toString());
    return annotations;
  }

  private static void put(Map<String, String> map, String key, String value) {
    if (value != null && !value.isEmpty()) {
      map.put(key, value);
    }
  }

  private static String lower(Enum<?> word) {
    return word == null ? NONE : word.name().toLowerCase(Locale.ROOT);
  }

  private static String figure(Double value, String unit) {
    return value == null ? NONE : (value + " " + unit).strip();
  }
}
