// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

import dev.sluice.schemas.text.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other values for some keys of some criteria, as in {@code cache-hit.breach=< 0.6} or {@code
 * deadline-miss.on_missing.after=5m}: what would be if the file said so. Immutable.
 */
public final class WhatIf {
  private static final Pattern FORM = Pattern.compile("([^.=\\s]+)\\.([a-z_]+(?:\\.[a-z]+)?)=(.*)");

  private final Map<String, Map<String, String>> byCriterion = new LinkedHashMap<>();

  private WhatIf() {}

  /**
   * Reads assignments.
   *
   * @throws CriteriaException when one has another form
   */
  public static WhatIf parse(List<String> assignments) {
    WhatIf changes = new WhatIf();
    for (String assignment : assignments) {
      Matcher matcher = FORM.matcher(assignment);
      if (!matcher.matches()) {
        throw new CriteriaException(
            "what-if `"
                + assignment
                + "` is not CRITERION.KEY=VALUE, as in cache-hit.breach=< 0.6");
      }
      changes
          .byCriterion
          .computeIfAbsent(matcher.group(1), id -> new LinkedHashMap<>())
          .put(matcher.group(2), matcher.group(3));
    }
    return changes;
  }

  /** True when nothing is other. */
  public boolean empty() {
    return byCriterion.isEmpty();
  }

  /**
   * Refuses criteria that do not exist: a change that changes nothing would mislead.
   *
   * @throws CriteriaException that names the nearest one
   */
  void check(Set<String> ids) {
    for (String id : byCriterion.keySet()) {
      if (!ids.contains(id)) {
        throw new CriteriaException("what-if: no criterion `" + id + "`" + Suggestion.of(id, ids));
      }
    }
  }

  /** The node of a criterion with its other values. */
  YamlNode apply(YamlNode criterion) {
    YamlNode id = criterion.fields() == null ? null : criterion.fields().get("id");
    YamlNode changed = criterion;
    if (id != null && id.scalar() != null) {
      for (var change : byCriterion.getOrDefault(id.scalar(), Map.of()).entrySet()) {
        changed = with(changed, change.getKey().split("\\.", 2), 0, change.getValue());
      }
    }
    return changed;
  }

  private static YamlNode with(YamlNode node, String[] path, int depth, String value) {
    if (depth == path.length) {
      return new YamlNode("what-if", 1, value, null, null);
    }
    Map<String, YamlNode> fields =
        new LinkedHashMap<>(node == null || node.fields() == null ? Map.of() : node.fields());
    fields.put(path[depth], with(fields.get(path[depth]), path, depth + 1, value));
    String file = node == null ? "what-if" : node.file();
    return new YamlNode(file, node == null ? 1 : node.line(), null, fields, null);
  }
}
