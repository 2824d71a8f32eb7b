// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.cases;

import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.YamlNode;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.VerdictOutcome;
import dev.sluice.schemas.text.Durations;
import dev.sluice.schemas.text.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The strict reader of test files: {@code config/criteria/tests/*.yaml}. Thread-safe. */
public final class CasesYaml {
  private static final List<String> KEYS =
      List.of("name", "criterion", "series", "expect", "decisions");

  private CasesYaml() {}

  /**
   * Reads one file: a list of cases.
   *
   * @param specs the criteria by id; a case of another one is an error
   * @throws CriteriaException with file, line and key, when it is wrong
   */
  public static List<CriterionCase> parse(
      String file, String text, Map<String, CriterionSpec> specs) {
    YamlNode root = YamlNode.parse(file, text);
    if (root == null || root.items() == null) {
      throw new CriteriaException(file + ":1: a test file is a list: `- name: …`");
    }
    List<CriterionCase> cases = new ArrayList<>();
    for (YamlNode item : root.items()) {
      cases.add(one(item, specs));
    }
    return List.copyOf(cases);
  }

  private static CriterionCase one(YamlNode node, Map<String, CriterionSpec> specs) {
    Map<String, YamlNode> fields = node.map("a case");
    fields.forEach((key, value) -> known(value, "key", key, KEYS));
    String criterion = mandatory(node, fields, "criterion").text("criterion");
    known(fields.get("criterion"), "criterion", criterion, specs.keySet());
    return new CriterionCase(
        node.file(),
        node.line(),
        mandatory(node, fields, "name").text("name"),
        criterion,
        series(mandatory(node, fields, "series"), specs.get(criterion)),
        times(mandatory(node, fields, "expect"), "expect", CasesYaml::standing),
        fields.containsKey("decisions")
            ? times(fields.get("decisions"), "decisions", CasesYaml::mode)
            : null);
  }

  private static Map<String, Series> series(YamlNode node, CriterionSpec spec) {
    Collection<String> names = CaseRun.series(spec);
    Map<String, Series> series = new LinkedHashMap<>();
    node.map("series")
        .forEach(
            (name, value) -> {
              known(value, "series", name, names);
              series.put(name, value.parsed(name, Series::parse));
            });
    return series;
  }

  private static Map<Long, String> times(
      YamlNode node, String key, Function<String, String> reader) {
    Map<Long, String> expected = new LinkedHashMap<>();
    node.map(key)
        .forEach(
            (at, value) -> {
              long atUs = value.parsed(key, text -> Durations.parseMs(at) * 1_000);
              expected.put(atUs, value.parsed(key + " " + at, reader));
            });
    if (key.equals("expect") && expected.isEmpty()) {
      throw node.error("`expect` is empty: a case that expects nothing tests nothing");
    }
    return expected;
  }

  private static String standing(String text) {
    String[] words = text.strip().split("\\s+", -1);
    if (words.length < 2 || words.length > 3) {
      throw new IllegalArgumentException(
          "`" + text + "` is not OUTCOME PHASE [ACTION], as in BREACH TRIPPED PAUSE");
    }
    word(words[0], "outcome", VerdictOutcome.values());
    word(words[1], "phase", Phase.values());
    if (words.length == 3) {
      word(words[2], "action", Action.values());
    }
    return String.join(" ", words);
  }

  private static String mode(String text) {
    return word(text, "mode", Mode.values());
  }

  private static String word(String text, String kind, Enum<?>[] values) {
    List<String> names = Arrays.stream(values).map(Enum::name).toList();
    if (!names.contains(text)) {
      throw new IllegalArgumentException(
          "unknown " + kind + " `" + text + "`" + Suggestion.of(text, names));
    }
    return text;
  }

  private static YamlNode mandatory(YamlNode node, Map<String, YamlNode> fields, String key) {
    if (!fields.containsKey(key)) {
      throw node.error("`" + key + "` is mandatory");
    }
    return fields.get(key);
  }

  private static void known(YamlNode node, String kind, String name, Collection<String> names) {
    if (!names.contains(name)) {
      throw node.error("unknown " + kind + " `" + name + "`" + Suggestion.of(name, names));
    }
  }
}
