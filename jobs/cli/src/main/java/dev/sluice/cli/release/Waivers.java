// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.rules.release.Waiver;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.YamlNode;
import dev.sluice.schemas.text.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads waivers from YAML or JSON: a list of {@code {gate, who, why, granted, expires}}, times as
 * {@code 2026-01-05T00:00:00Z}.
 */
public final class Waivers {
  private static final List<String> KEYS = List.of("gate", "who", "why", "granted", "expires");

  private Waivers() {}

  /**
   * The waivers of a file; each names a gate of the stage that is not hard.
   *
   * @throws CriteriaException with file, line and key, when it is wrong
   */
  public static List<Waiver> read(Path file, Stage stage) {
    YamlNode root;
    try {
      root = YamlNode.parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new CriteriaException("cannot read the waivers in " + file);
    }
    if (root == null || root.items() == null) {
      throw new CriteriaException(
          file
              + ":1: write a list, as in - {gate: halts, who: ..., why: ..., granted: TIME, expires: TIME}");
    }
    List<Waiver> waivers = new ArrayList<>();
    for (YamlNode node : root.items()) {
      waivers.add(waiver(node, stage));
    }
    return waivers;
  }

  private static Waiver waiver(YamlNode node, Stage stage) {
    Map<String, YamlNode> fields = node.map("waiver");
    fields.forEach(
        (key, value) -> {
          if (!KEYS.contains(key)) {
            throw value.error("unknown key `" + key + "` in a waiver" + Suggestion.of(key, KEYS));
          }
        });
    for (String key : KEYS) {
      if (!fields.containsKey(key)) {
        throw node.error("`" + key + "` is mandatory");
      }
    }
    String gate = fields.get("gate").text("gate");
    Stage.Entry entry =
        stage.entries().stream()
            .filter(one -> one.gate().id().equals(gate))
            .findFirst()
            .orElseThrow(
                () ->
                    node.error(
                        "no gate `"
                            + gate
                            + "` in stage "
                            + stage.name()
                            + Suggestion.of(
                                gate,
                                stage.entries().stream().map(one -> one.gate().id()).toList())));
    if (entry.gate().hard()) {
      throw node.error("the gate `" + gate + "` is hard: nobody may waive it");
    }
    try {
      return new Waiver(
          gate,
          fields.get("who").text("who"),
          fields.get("why").text("why"),
          fields.get("granted").parsed("granted", Waivers::us),
          fields.get("expires").parsed("expires", Waivers::us));
    } catch (CriteriaException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw node.error(e.getMessage());
    }
  }

  private static long us(String text) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("write a time as 2026-01-05T00:00:00Z", e);
    }
  }
}
