// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What of a record must be the same in every schedule, and in which fields two differ. */
final class Differences {
  private Differences() {}

  /** Says what is missing, what is too much and what is not as expected, by identity. */
  static List<String> between(String what, Map<String, String> expected, Map<String, String> said) {
    List<String> broken = new ArrayList<>();
    for (Map.Entry<String, String> each : expected.entrySet()) {
      String got = said.get(each.getKey());
      if (got == null) {
        broken.add("no " + what + " " + each.getKey() + " " + each.getValue());
      } else if (!got.equals(each.getValue())) {
        broken.add(what + " " + each.getKey() + " " + changes(each.getValue(), got));
      }
    }
    said.forEach(
        (key, value) -> {
          if (!expected.containsKey(key)) {
            broken.add("unexpected " + what + " " + key + " " + value);
          }
        });
    return broken;
  }

  /** The fields that differ, each as {@code name: expected -> said}. */
  static String changes(String expected, String said) {
    if (!expected.startsWith("{")) {
      return expected + " -> " + said;
    }
    try {
      JsonNode before = Json.mapper().readTree(expected);
      JsonNode after = Json.mapper().readTree(said);
      Set<String> names = new LinkedHashSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      return names.stream()
          .filter(name -> !Objects.equals(before.get(name), after.get(name)))
          .map(name -> name + ": " + before.get(name) + " -> " + after.get(name))
          .collect(Collectors.joining(", "));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("written by ourselves and not readable", e);
    }
  }

  static String identity(Bucket bucket) {
    return bucket.engineId() + " " + bucket.symbol() + " " + bucket.arm() + " " + bucket.startUs();
  }

  /**
   * All but what may depend on arrival: the append time that happened to complete it, and whether a
   * copy of a record came before or after its bucket was closed; copies are compared as a sum.
   */
  static String content(Bucket bucket) {
    ObjectNode node = Json.mapper().valueToTree(bucket);
    node.remove(List.of("closed_ingest_us", "duplicates", "reordered"));
    return node.toString();
  }

  /**
   * All but the append time; and of a word of the moment the offsets, for it is the heartbeat that
   * is judged or the bucket it is in, whichever comes first.
   */
  static String content(Verdict verdict) {
    ObjectNode node = Json.mapper().valueToTree(verdict);
    ObjectNode evidence = (ObjectNode) node.get("evidence");
    evidence.remove("decided_ingest_us");
    if (verdict.evidence().windowMs() == 0) {
      evidence.remove("inputs");
    }
    return node.toString();
  }

  static String place(DeadLetter letter) {
    return letter.topic() + "/" + letter.partition() + "@" + letter.offset();
  }
}
