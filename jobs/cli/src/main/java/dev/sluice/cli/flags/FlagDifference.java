// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.flags;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.Nullable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One flag of one engine that is not the same.
 *
 * @param flag null where one side does not know the engine at all
 * @param before null where that side does not know the flag; as is {@code after}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlagDifference(
    String engineId, @Nullable String flag, @Nullable Boolean before, @Nullable Boolean after) {

  /** Every difference of two fleets, by engine and flag. */
  public static List<FlagDifference> between(
      Collection<EngineFlags> before, Collection<EngineFlags> after) {
    Map<String, EngineFlags> old = byId(before);
    Map<String, EngineFlags> now = byId(after);
    TreeSet<String> engines = new TreeSet<>(old.keySet());
    engines.addAll(now.keySet());
    List<FlagDifference> differences = new ArrayList<>();
    for (String engine : engines) {
      if (old.containsKey(engine) && now.containsKey(engine)) {
        differences.addAll(of(engine, old.get(engine).flags(), now.get(engine).flags()));
      } else {
        Boolean known = old.containsKey(engine);
        differences.add(new FlagDifference(engine, null, known, !known));
      }
    }
    return differences;
  }

  /** Those of one engine. */
  static List<FlagDifference> of(
      String engineId, Map<String, Boolean> before, Map<String, Boolean> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(before.get(name), after.get(name)))
        .map(name -> new FlagDifference(engineId, name, before.get(name), after.get(name)))
        .toList();
  }

  /** For people. */
  public String text() {
    if (flag == null) {
      return engineId + ": " + (Boolean.TRUE.equals(before) ? "is not there any more" : "is new");
    }
    return engineId + ": " + flag + " " + word(before) + " -> " + word(after);
  }

  private static String word(Boolean value) {
    return value == null ? "absent" : value.toString();
  }

  private static Map<String, EngineFlags> byId(Collection<EngineFlags> engines) {
    Map<String, EngineFlags> byId = new TreeMap<>();
    engines.forEach(engine -> byId.put(engine.engineId(), engine));
    return byId;
  }
}
