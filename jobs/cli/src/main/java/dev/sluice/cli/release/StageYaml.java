// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.rules.release.ReleaseGate;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.Limit;
import dev.sluice.rules.spec.YamlNode;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.text.Durations;
import dev.sluice.schemas.text.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The strict reader of {@code config/gates/*.yaml}. */
public final class StageYaml {
  private static final List<String> STAGE_KEYS =
      List.of("stage", "description", "window", "provenance", "include", "gates");
  private static final List<String> GATE_KEYS =
      List.of(
          "id", "description", "pass", "unit", "min_samples", "max_age", "sql", "check", "mend");

  private final Path directory;

  /** Reads files of this directory. */
  public StageYaml(Path directory) {
    this.directory = directory;
  }

  /**
   * Names of the stages there are.
   *
   * @throws CriteriaException when the directory cannot be read
   */
  public List<String> names() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new CriteriaException("cannot read the gates in " + directory);
    }
  }

  /**
   * Reads one stage with what it includes.
   *
   * @throws CriteriaException with file, line and key, when it is wrong
   */
  public Stage read(String name) {
    List<String> known = names();
    if (!known.contains(name)) {
      throw new CriteriaException("no stage `" + name + "`" + Suggestion.of(name, known));
    }
    YamlNode root = document(name);
    Map<String, YamlNode> fields = fields(root, STAGE_KEYS, "a stage");
    String said = need(root, fields, "stage").text("stage");
    if (!said.equals(name)) {
      throw fields.get("stage").error("`stage: " + said + "` is in the file of " + name);
    }
    List<Stage.Entry> entries = new ArrayList<>();
    collect(name, entries, new HashSet<>());
    return new Stage(
        name,
        need(root, fields, "description").text("description"),
        need(root, fields, "window").parsed("window", Durations::parseMs),
        word(need(root, fields, "provenance"), "provenance", Source.values()),
        entries);
  }

  private void collect(String name, List<Stage.Entry> into, Set<String> seen) {
    YamlNode root = document(name);
    Map<String, YamlNode> fields = fields(root, STAGE_KEYS, "a stage");
    if (!seen.add(name)) {
      throw root.error("stage `" + name + "` includes itself");
    }
    YamlNode include = fields.get("include");
    for (YamlNode other : include == null ? List.<YamlNode>of() : items(include, "include")) {
      String included = other.text("include");
      if (!names().contains(included)) {
        throw other.error("no stage `" + included + "`" + Suggestion.of(included, names()));
      }
      collect(included, into, seen);
    }
    for (YamlNode gate : items(need(root, fields, "gates"), "gates")) {
      Stage.Entry entry = entry(gate);
      if (into.stream().anyMatch(one -> one.gate().id().equals(entry.gate().id()))) {
        throw gate.error("gate `" + entry.gate().id() + "` is there twice");
      }
      into.add(entry);
    }
  }

  private static Stage.Entry entry(YamlNode node) {
    Map<String, YamlNode> fields = fields(node, GATE_KEYS, "a gate");
    boolean sql = fields.containsKey("sql");
    if (sql == fields.containsKey("check")) {
      throw node.error("a gate is read by `sql` or by `check`, exactly one of them");
    }
    YamlNode age = fields.get("max_age");
    ReleaseGate gate;
    try {
      gate =
          new ReleaseGate(
              need(node, fields, "id").text("id"),
              need(node, fields, "description").text("description"),
              need(node, fields, "pass").parsed("pass", Limit::parse),
              fields.containsKey("unit") ? fields.get("unit").text("unit") : "1",
              need(node, fields, "min_samples").parsed("min_samples", Long::parseLong),
              age == null ? 0 : age.parsed("max_age", Durations::parseMs),
              need(node, fields, "mend").text("mend"));
    } catch (CriteriaException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw node.error(e.getMessage());
    }
    return new Stage.Entry(
        gate,
        sql ? fields.get("sql").text("sql") : null,
        sql ? null : word(fields.get("check"), "check", Stage.Check.values()));
  }

  private YamlNode document(String name) {
    Path file = directory.resolve(name + ".yaml");
    try {
      YamlNode root = YamlNode.parse(file.toString(), Files.readString(file));
      if (root == null) {
        throw new CriteriaException(file + ":1: empty");
      }
      return root;
    } catch (IOException e) {
      throw new CriteriaException("cannot read " + file);
    }
  }

  private static Map<String, YamlNode> fields(YamlNode node, List<String> known, String where) {
    Map<String, YamlNode> fields = node.map(where);
    fields.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            throw value.error("unknown key `" + key + "` in " + where + Suggestion.of(key, known));
          }
        });
    return fields;
  }

  private static YamlNode need(YamlNode node, Map<String, YamlNode> fields, String key) {
    if (!fields.containsKey(key)) {
      throw node.error("`" + key + "` is mandatory");
    }
    return fields.get(key);
  }

  private static List<YamlNode> items(YamlNode node, String key) {
    if (node.items() == null) {
      throw node.error("`" + key + "` is a list");
    }
    return node.items();
  }

  private static <E extends Enum<E>> E word(YamlNode node, String key, E[] values) {
    String text = node.text(key);
    for (E value : values) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    List<String> known =
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    throw node.error("`" + key + ": " + text + "` is unknown" + Suggestion.of(text, known));
  }
}
