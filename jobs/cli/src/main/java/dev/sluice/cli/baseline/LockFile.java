// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.CliException;
import dev.sluice.rules.baseline.Baseline;
import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A baseline as JSON with its own SHA-256: that of the canonical JSON (keys sorted, no white space)
 * of everything but {@code hash}. It tells a change by hand or by a merge; who means to deceive can
 * reckon a new one, so the review of the file is what counts.
 */
public final class LockFile {
  private static final String HASH = "hash";
  private static final ObjectMapper STRICT =
      Json.mapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private LockFile() {}

  /**
   * What a file holds.
   *
   * @param baseline null when it was altered
   * @param problem why it cannot be relied on; null when it is as it was written
   */
  public record Locked(@Nullable Baseline baseline, @Nullable String problem) {}

  /** Text of the file. */
  public static String text(Baseline baseline) {
    try {
      // By way of text, so that numbers are as a reader of the file will see them.
      ObjectNode node =
          (ObjectNode) Json.mapper().readTree(Json.mapper().writeValueAsString(baseline));
      node.put(HASH, Sha256.hex(canonical(node)));
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a lock and checks its hash.
   *
   * @throws CliException when there is no such file
   */
  public static Locked read(Path file) throws IOException {
    JsonNode node;
    try {
      node = Json.mapper().readTree(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw CliException.usage(
          "there is no lock", file.toString(), "make one with 'sluice baseline lock'");
    } catch (JsonProcessingException e) {
      return new Locked(null, "the lock is no JSON: " + e.getOriginalMessage());
    }
    if (!(node instanceof ObjectNode fields) || !fields.path(HASH).isTextual()) {
      return new Locked(null, "the lock has no hash: it was altered, or is none");
    }
    String said = fields.remove(HASH).asText();
    String is = Sha256.hex(canonical(fields));
    if (!said.equals(is)) {
      return new Locked(
          null, "the lock was altered: its hash says " + said + ", its content has " + is);
    }
    if (!Baseline.SCHEMA.equals(fields.path("schema").asText())) {
      return new Locked(null, "the lock is no " + Baseline.SCHEMA + ": lock a new one");
    }
    try {
      return new Locked(STRICT.treeToValue(fields, Baseline.class), null);
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
      return new Locked(null, "the lock is no " + Baseline.SCHEMA + ": lock a new one");
    }
  }

  private static String canonical(JsonNode node) throws JsonProcessingException {
    return Json.mapper().writeValueAsString(sorted(node));
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      ObjectNode sorted = Json.mapper().createObjectNode();
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      Collections.sort(names);
      names.forEach(name -> sorted.set(name, sorted(node.get(name))));
      return sorted;
    }
    if (node.isArray()) {
      com.fasterxml.jackson.databind.node.ArrayNode items = Json.mapper().createArrayNode();
      node.forEach(item -> items.add(sorted(item)));
      return items;
    }
    return node;
  }
}
