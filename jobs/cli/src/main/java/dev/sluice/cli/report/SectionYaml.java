// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import dev.sluice.rules.spec.YamlNode;
import dev.sluice.schemas.text.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The strict reader of the sections that are on our class path. */
final class SectionYaml {
  /** Names of the files, in the order of a report. */
  static final List<String> ORDER =
      List.of(
          "uptime",
          "alerts",
          "decisions",
          "latency",
          "cache",
          "edge",
          "symbols",
          "money",
          "guards",
          "resources",
          "reconciliation",
          "risk",
          "parity",
          "trial",
          "commands",
          "notifications",
          "completeness",
          "identity");

  private static final List<String> SECTION_KEYS =
      List.of(
          "title", "needs", "missing", "sparse", "note", "views", "figures", "facts", "steps",
          "parts");
  private static final List<String> PART_KEYS =
      List.of("title", "show", "unit", "labels", "empty", "sql");

  private SectionYaml() {}

  /** All sections. */
  static List<Section> all() {
    return ORDER.stream().map(id -> parse(id, text(id + ".yaml"))).toList();
  }

  /**
   * Reads one section.
   *
   * @throws dev.sluice.rules.spec.CriteriaException with the line, when it is wrong
   */
  static Section parse(String id, String yaml) {
    YamlNode root = YamlNode.parse(id + ".yaml", yaml);
    Map<String, YamlNode> fields = fields(root, SECTION_KEYS);
    return new Section(
        id,
        need(root, fields, "title"),
        need(root, fields, "needs"),
        fields.containsKey("missing")
            ? fields.get("missing").parsed("missing", Report.Level::valueOf)
            : null,
        texts(fields, "sparse"),
        text(fields, "note", ""),
        texts(fields, "views"),
        text(fields, "figures", null),
        text(fields, "facts", null),
        text(fields, "steps", null),
        items(fields, "parts").stream().map(SectionYaml::part).toList());
  }

  private static Section.Part part(YamlNode node) {
    Map<String, YamlNode> fields = fields(node, PART_KEYS);
    Section.Show show =
        node.map("a part")
            .get("show")
            .parsed("show", text -> Section.Show.valueOf(text.toUpperCase(Locale.ROOT)));
    return new Section.Part(
        need(node, fields, "title"),
        show,
        text(fields, "unit", ""),
        texts(fields, "labels"),
        text(fields, "empty", "none"),
        need(node, fields, "sql"));
  }

  private static Map<String, YamlNode> fields(YamlNode node, List<String> known) {
    Map<String, YamlNode> fields = node.map("a section");
    fields.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            throw value.error("unknown key `" + key + "`" + Suggestion.of(key, known));
          }
        });
    return fields;
  }

  private static String need(YamlNode node, Map<String, YamlNode> fields, String key) {
    if (!fields.containsKey(key)) {
      throw node.error("`" + key + "` is mandatory");
    }
    return fields.get(key).text(key);
  }

  private static String text(Map<String, YamlNode> fields, String key, String otherwise) {
    return fields.containsKey(key) ? fields.get(key).text(key) : otherwise;
  }

  private static List<YamlNode> items(Map<String, YamlNode> fields, String key) {
    YamlNode list = fields.get(key);
    if (list != null && list.items() == null) {
      throw list.error("`" + key + "` is a list");
    }
    return list == null ? List.of() : list.items();
  }

  private static List<String> texts(Map<String, YamlNode> fields, String key) {
    return items(fields, key).stream().map(item -> item.text(key)).toList();
  }

  private static String text(String name) {
    String path = "/dev/sluice/cli/report/sections/" + name;
    try (InputStream in = SectionYaml.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
