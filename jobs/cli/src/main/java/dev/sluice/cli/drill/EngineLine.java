// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of progress of the engine's process.
 *
 * @param mode the engine is in
 * @param leaseLeftMs time left on its lease, negative when it has lapsed
 */
record EngineLine(String mode, double leaseLeftMs) {
  /** The lines of progress among all lines; a line that a kill has cut short is none. */
  static List<EngineLine> of(List<String> lines) {
    List<EngineLine> found = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("{\"type\":\"progress\"")) {
        read(line).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<EngineLine> read(String line) {
    try {
      JsonNode node = Json.mapper().readTree(line);
      return Optional.of(
          new EngineLine(node.path("mode").asText(), node.path("lease_left_ms").asDouble()));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
