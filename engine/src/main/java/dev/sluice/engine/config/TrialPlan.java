// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.schemas.SlotAssignment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an engine must know of a trial: how time is cut, and what arm B does otherwise. The file is
 * the judge's as well; what makes a good trial (its section {@code acceptance}) is the judge's
 * alone.
 *
 * @param id names the trial in control records, at most {@value #MAX_NAME} small letters, digits
 *     and dashes
 * @param salt of the assignment, see {@link SlotAssignment}
 * @param slotMs length of a slot, a multiple of 10 s, at most an hour
 * @param warmupMs the first part of each slot, which no arm is judged by; a multiple of 10 s and
 *     not none
 * @param stages shares of slots that are treated, rising, the last at most 1; a block of each is at
 *     most an hour, see {@link SlotAssignment#blockSlots}
 * @param armB settings of the engine that arm B has instead, by dotted key and as the file's text
 *     has them, so that engine and judge mean the same; empty for {@link Kind#AA}
 */
public record TrialPlan(
    String id,
    String description,
    Kind kind,
    String salt,
    long slotMs,
    long warmupMs,
    List<Double> stages,
    Map<String, String> armB) {
  static final int MAX_NAME = 64;
  private static final long BUCKET_MS = 10_000L;
  private static final long HOUR_MS = 3_600_000L;
  private static final String JUDGE_ONLY = "acceptance";
  private static final String ARM_B = "arm_b";
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final List<String> OPEN_TO_B =
      List.of("flags.", "spread.", "inventory.", "quotes.", "queue_aware.");

  /** What is compared. */
  public enum Kind {
    /** Two settings. */
    AB,
    /** One setting with itself: whatever is found is false. */
    AA
  }

  public TrialPlan {
    stages = List.copyOf(stages);
    armB = Map.copyOf(armB);
    Check.that(
        id.matches("[a-z0-9][a-z0-9-]{0," + (MAX_NAME - 1) + "}"),
        "id: 1 to " + MAX_NAME + " of a-z 0-9 -, and no dash first");
    Check.that(
        salt.matches("[A-Za-z0-9._-]{1," + MAX_NAME + "}"),
        "salt: 1 to " + MAX_NAME + " of A-Z a-z 0-9 . _ -");
    Check.that(
        buckets(slotMs) && buckets(warmupMs),
        "slot and warmup must be multiples of 10 s, from 10 s to an hour");
    Check.that(warmupMs < slotMs, "warmup must be less than slot");
    Check.that(!stages.isEmpty(), "stages must not be empty");
    double before = 0;
    for (double stage : stages) {
      Check.that(stage > before && stage <= 1, "stages must rise from above 0 to at most 1");
      Check.that(
          SlotAssignment.blockSlots(stage) * slotMs <= HOUR_MS,
          "stages: a block of " + stage + " must be at most an hour");
      before = stage;
    }
    Check.that(armB.isEmpty() == (kind == Kind.AA), "arm_b: settings for AB, and none for AA");
    for (String key : armB.keySet()) {
      Check.that(
          OPEN_TO_B.stream().anyMatch(key::startsWith),
          "arm_b: '" + key + "' is not one of " + OPEN_TO_B);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws ConfigException when it cannot be read or holds anything unknown or impossible
   */
  public static TrialPlan load(Path file) {
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** Reads a plan; {@code name} stands for it in errors. */
  public static TrialPlan parse(String yaml, String name) {
    ObjectNode root = StrictYaml.parse(yaml, name);
    root.remove(JUDGE_ONLY);
    if (root.get(ARM_B) instanceof ObjectNode armB) {
      keepText(armB, yaml, name);
    }
    return StrictYaml.bind(root, TrialPlan.class, null, name);
  }

  /** The settings of arm B in the form {@link EngineConfigLoader} takes, sorted by key. */
  public List<String> settingsOfB() {
    List<String> settings = new ArrayList<>();
    new TreeMap<>(armB).forEach((key, value) -> settings.add(key + "=" + value));
    return settings;
  }

  /** Puts the text of arm B's values where the tree has what it read in them. */
  private static void keepText(ObjectNode armB, String yaml, String name) {
    try (JsonParser parser = YAML.createParser(yaml)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(ARM_B);
        parser.nextToken();
        if (!found) {
          parser.skipChildren();
          continue;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String key = parser.currentName();
          JsonToken value = parser.nextToken();
          if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
            throw new ConfigException(
                name + ": arm_b: '" + key + "' needs a single value, as in flags.queue_eta: true");
          }
          armB.put(key, parser.getText());
        }
      }
    } catch (IOException e) {
      throw new ConfigException(name + ": " + e.getMessage(), e);
    }
  }

  private static boolean buckets(long durationMs) {
    return durationMs >= BUCKET_MS && durationMs % BUCKET_MS == 0 && durationMs <= HOUR_MS;
  }
}
