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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The strict reader of {@code config/gates/*.yaml}. */
public final class StageYaml {
  /** Keys of a file. */
  public static final List<String> STAGE_KEYS =
      List.of("stage", "description", "window", "provenance", "include", "with", "gates");

  /** Keys of a gate. */
  public static final List<String> GATE_KEYS =
      List.of(
          "id",
          "description",
          "pass",
          "unit",
          "min_samples",
          "max_age",
          "window",
          "hard",
          "may_be_empty",
          "sql",
          "check",
          "mend");

  private static final String SUFFIX = ".yaml";
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

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
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new CriteriaException("cannot read the gates in " + directory);
    }
  }

  /** The file of a stage. */
  public Path file(String name) {
    return directory.resolve(name + SUFFIX);
  }

  /**
   * Reads one stage with what it includes; a file that is included twice counts once.
   *
   * @throws CriteriaException with file, line and key, when it is wrong
   */
  public Stage read(String name) {
    List<String> known = names();
    if (!known.contains(name)) {
      throw new CriteriaException(
          "no stage `" + name + "` in " + directory + Suggestion.of(name, known));
    }
    YamlNode root = document(name);
    Map<String, YamlNode> fields = fields(root, STAGE_KEYS, "a stage");
    Map<String, Stage.Entry> entries = new LinkedHashMap<>();
    Set<String> files = new LinkedHashSet<>(Set.of(name));
    collect(name, entries, new LinkedHashSet<>(), files);
    if (entries.isEmpty()) {
      throw root.error("stage `" + name + "` has no gates, so nothing could stop it");
    }
    return new Stage(
        name,
        need(root, fields, "description").text("description"),
        word(need(root, fields, "provenance"), "provenance", Source.values()),
        List.copyOf(files),
        List.copyOf(entries.values()));
  }

  private void collect(
      String name, Map<String, Stage.Entry> into, Set<String> above, Set<String> files) {
    YamlNode root = document(name);
    Map<String, YamlNode> fields = fields(root, STAGE_KEYS, "a stage");
    YamlNode stage = need(root, fields, "stage");
    if (!stage.text("stage").equals(name)) {
      throw stage.error("`stage: " + stage.scalar() + "` is in the file of " + name);
    }
    above.add(name);
    for (YamlNode other : items(fields.get("include"), "include")) {
      String included = other.text("include");
      if (!names().contains(included)) {
        throw other.error("no stage `" + included + "`" + Suggestion.of(included, names()));
      }
      if (above.contains(included)) {
        throw other.error("stage `" + included + "` includes itself");
      }
      if (files.add(included)) {
        collect(included, into, above, files);
      }
    }
    above.remove(name);
    long windowMs = need(root, fields, "window").parsed("window", Durations::parseMs);
    Map<String, String> with = with(fields.get("with"));
    for (YamlNode gate : items(fields.get("gates"), "gates")) {
      Stage.Entry entry = entry(name, windowMs, with, gate);
      if (into.putIfAbsent(entry.gate().id(), entry) != null) {
        throw gate.error("gate `" + entry.gate().id() + "` is there twice");
      }
    }
  }

  private static Map<String, String> with(YamlNode node) {
    Map<String, String> with = new LinkedHashMap<>();
    if (node != null) {
      node.map("with").forEach((name, sql) -> with.put(name, sql.text("with." + name)));
    }
    return with;
  }

  private static Stage.Entry entry(
      String file, long windowMs, Map<String, String> with, YamlNode node) {
    Map<String, YamlNode> fields = fields(node, GATE_KEYS, "a gate");
    boolean sql = fields.containsKey("sql");
    if (sql == fields.containsKey("check")) {
      throw node.error("a gate is read by `sql` or by `check`, exactly one of them");
    }
    YamlNode window = fields.get("window");
    YamlNode read = fields.get(sql ? "sql" : "check");
    ReleaseGate gate;
    try {
      gate =
          new ReleaseGate(
              need(node, fields, "id").parsed("id", StageYaml::id),
              need(node, fields, "description").text("description"),
              need(node, fields, "pass").parsed("pass", Limit::parse),
              fields.containsKey("unit") ? fields.get("unit").text("unit") : "1",
              need(node, fields, "min_samples").parsed("min_samples", Long::parseLong),
              need(node, fields, "max_age").parsed("max_age", Durations::parseMs),
              window == null ? windowMs : window.parsed("window", Durations::parseMs),
              fields.containsKey("hard") && fields.get("hard").parsed("hard", StageYaml::flag),
              need(node, fields, "mend").text("mend"));
    } catch (CriteriaException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw node.error(e.getMessage());
    }
    return new Stage.Entry(
        file,
        read.file() + ":" + read.line(),
        gate,
        sql ? whole(with, read.text("sql")) : null,
        sql ? null : word(read, "check", Stage.Check.values()),
        items(fields.get("may_be_empty"), "may_be_empty").stream()
            .map(one -> dataset(one, one.text("may_be_empty")))
            .toList());
  }

  /** The query with the parts of {@code with} that it, or one of those, names. */
  private static String whole(Map<String, String> with, String sql) {
    Map<String, String> needed = new TreeMap<>();
    gather(with, sql, needed);
    if (needed.isEmpty()) {
      return sql.strip();
    }
    return with.entrySet().stream()
            .filter(part -> needed.containsKey(part.getKey()))
            .map(part -> part.getKey() + " AS (" + part.getValue().strip() + ")")
            .collect(Collectors.joining(",\n", "WITH ", "\n"))
        + "SELECT * FROM ("
        + sql.strip()
        + ")";
  }

  private static void gather(Map<String, String> with, String sql, Map<String, String> into) {
    with.forEach(
        (name, part) -> {
          if (!into.containsKey(name)
              && Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(sql).find()) {
            into.put(name, part);
            gather(with, part, into);
          }
        });
  }

  private static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw new IllegalArgumentException("write small letters and digits with hyphens between");
    }
    return text;
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("write true or false");
    };
  }

  private static String dataset(YamlNode node, String name) {
    if (!SpanViews.KNOWN.containsKey(name)) {
      throw node.error("no dataset `" + name + "`" + Suggestion.of(name, SpanViews.KNOWN.keySet()));
    }
    return name;
  }

  private YamlNode document(String name) {
    Path file = file(name);
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

  /** The items of a list; none where the key is not there. */
  private static List<YamlNode> items(YamlNode node, String key) {
    if (node != null && node.items() == null) {
      throw node.error("`" + key + "` is a list");
    }
    return node == null ? List.of() : node.items();
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
