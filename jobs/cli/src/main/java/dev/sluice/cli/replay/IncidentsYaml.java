// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.replay;

import dev.sluice.rules.replay.Incident;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.YamlNode;
import dev.sluice.schemas.text.Suggestion;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads incidents: a list of {@code {name: …, engine: mm-1, from: 2026-01-05T01:00:00Z, until: …}}.
 */
public final class IncidentsYaml {
  private static final Set<String> KEYS = new TreeSet<>(Set.of("name", "engine", "from", "until"));

  private IncidentsYaml() {}

  /**
   * Reads.
   *
   * @throws CriteriaException with file, line and key, when it is wrong
   */
  public static List<Incident> parse(String file, String text) {
    YamlNode root = YamlNode.parse(file, text);
    if (root == null || root.items() == null) {
      throw new CriteriaException(
          file + ":1: a list of incidents: `- {name: …, engine: …, from: …}`");
    }
    List<Incident> incidents = new ArrayList<>();
    for (YamlNode item : root.items()) {
      Map<String, YamlNode> fields = item.map("an incident");
      fields.forEach(
          (key, value) -> {
            if (!KEYS.contains(key)) {
              throw value.error("unknown key `" + key + "`" + Suggestion.of(key, KEYS));
            }
          });
      for (String key : KEYS) {
        if (!fields.containsKey(key)) {
          throw item.error("`" + key + "` is mandatory");
        }
      }
      long fromUs = timeUs(fields, "from");
      long untilUs = timeUs(fields, "until");
      if (untilUs <= fromUs) {
        throw item.error("`until` is not after `from`");
      }
      incidents.add(
          new Incident(
              fields.get("name").text("name"),
              fields.get("engine").text("engine"),
              fromUs,
              untilUs));
    }
    return List.copyOf(incidents);
  }

  private static long timeUs(Map<String, YamlNode> fields, String key) {
    return fields
        .get(key)
        .parsed(key, text -> ChronoUnit.MICROS.between(Instant.EPOCH, time(text)));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "`" + text + "` is no time such as 2026-01-05T01:00:00Z", e);
    }
  }
}
