// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.reference;

import dev.sluice.flink.config.SettingsCatalogue;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.rules.metric.Direction;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The generated pages. */
enum ReferencePage {
  METRICS {
    @Override
    void body(StringBuilder out, Path root) {
      out.append(
          "s = +1 buy, −1 sell; w = price·qty. A ratio with an empty denominator is NO_DATA,");
      out.append(" never 0. Percentiles: ").append(Metric.PERCENTILE_METHOD).append(".\n\n");
      out.append("| metric | unit | formula | bad is |\n|---|---|---|---|\n");
      for (Metric metric : Metric.values()) {
        row(
            out,
            "`" + metric.id() + "`",
            metric.unit(),
            metric.formula(),
            metric.direction() == Direction.HIGH_IS_BAD ? "high" : "low");
      }
    }
  },
  CRITERIA {
    @Override
    void body(StringBuilder out, Path root) throws IOException {
      out.append("## Keys\n\nEvery key of an entry in `config/criteria/*.yaml`.\n\n");
      out.append("| key | default | meaning |\n|---|---|---|\n");
      CriterionKeys.ROWS.forEach(
          row -> row(out, "`" + row.key() + "`", row.value(), row.meaning()));
      out.append("\n## Shipped\n\n");
      out.append("| id | breach | over | hold | action | when missing | mode |\n");
      out.append("|---|---|---|---|---|---|---|\n");
      List<CriterionSpec> specs = CriteriaYaml.parseAll(criteriaFiles(root));
      for (CriterionSpec spec : specs) {
        row(
            out,
            "`" + spec.id() + "`",
            "`" + spec.metric().id() + " " + spec.breach() + "`",
            spec.instant() ? "instant" : span(spec.overMs()),
            spec.holdMs() == 0 ? "–" : span(spec.holdMs()),
            spec.action()
                + (spec.escalateTo() == null
                    ? ""
                    : " → " + spec.escalateTo() + " after " + span(spec.escalateAfterMs())),
            spec.missingAction() + " after " + span(spec.missingAfterMs()),
            spec.mode().name().toLowerCase(Locale.ROOT));
      }
      out.append("\nWhat each is for:\n\n");
      specs.forEach(
          s -> out.append("- `").append(s.id()).append("`: ").append(s.description()).append('\n'));
    }
  },
  GATES {
    @Override
    void body(StringBuilder out, Path root) {
      GatePages.body(out, root.resolve("config/gates"));
    }
  },
  TOPICS {
    @Override
    void body(StringBuilder out, Path root) {
      out.append("| topic | content | cleanup | key |\n|---|---|---|---|\n");
      for (Topics.Spec topic : Topics.ALL) {
        row(
            out,
            "`" + topic.name() + "`",
            topic.content(),
            topic.compacted() ? "compact" : "delete",
            topic.key());
      }
    }
  },
  RECORDS {
    @Override
    void body(StringBuilder out, Path root) throws IOException {
      out.append(
          "JSON, snake_case, one object per Kafka record. Unknown fields are ignored, a missing");
      out.append(" required field makes a dead letter. `…_us` is epoch microseconds UTC, `…_ms` a");
      out.append(
          " duration, `…_e6` millionths. Examples and JSON Schema are committed beside the code.\n");
      for (Class<?> record : RECORDS_IN_ORDER) {
        String name = record.getSimpleName();
        String stem = name.toLowerCase(Locale.ROOT);
        out.append("\n## ").append(stem).append("\n\n");
        out.append("[schema](../../schemas/src/main/resources/dev/sluice/schemas/")
            .append(stem)
            .append(".schema.json) · [example](../../schemas/src/test/resources/golden/")
            .append(stem)
            .append(".json)\n\n| field | type | required |\n|---|---|---|\n");
        for (RecordComponent component : record.getRecordComponents()) {
          row(
              out,
              "`" + Json.snakeCase(component.getName()) + "`",
              typeName(component.getType(), component.getGenericType()),
              component.isAnnotationPresent(Nullable.class) ? "" : "yes");
        }
      }
    }
  },
  CONFIGURATION {
    @Override
    void body(StringBuilder out, Path root) throws IOException {
      out.append("## Jobs: `config/sluice.yaml`\n\n");
      out.append("A file may leave out what it does not change. `--set key=value` beats the");
      out.append(" environment, which beats the file.\n\n");
      out.append("| key | type | default | | environment |\n|---|---|---|---|---|\n");
      for (SettingsCatalogue.Entry entry : SettingsCatalogue.of(SluiceConfig.class)) {
        row(
            out,
            "`" + entry.key() + "`",
            entry.type(),
            "`" + entry.defaultValue() + "`",
            entry.doc(),
            "`" + entry.environmentName() + "`");
      }
      out.append("\n## Reconciliation: `config/reconciliation.yaml`\n\n");
      out.append("The shipped file shows every key at its default.\n\n");
      out.append("```yaml\n");
      out.append(Files.readString(root.resolve("config/reconciliation.yaml")));
      out.append("```\n");
      out.append(
          "\n## Engine: `config/engine.yaml`\n\nThe shipped file shows every key at its default.\n\n");
      out.append("```yaml\n").append(Files.readString(root.resolve("config/engine.yaml")));
      out.append("```\n");
    }
  };

  private static final List<Class<?>> RECORDS_IN_ORDER =
      List.of(
          dev.sluice.schemas.Tick.class,
          dev.sluice.schemas.Order.class,
          dev.sluice.schemas.Fill.class,
          dev.sluice.schemas.Health.class,
          dev.sluice.schemas.Ledger.class,
          dev.sluice.schemas.DropCopy.class,
          dev.sluice.schemas.Bucket.class,
          dev.sluice.schemas.Verdict.class,
          dev.sluice.schemas.Control.class,
          dev.sluice.schemas.Lease.class,
          dev.sluice.schemas.Ack.class,
          dev.sluice.schemas.Command.class,
          dev.sluice.schemas.DeadLetter.class);

  abstract void body(StringBuilder out, Path root) throws IOException;

  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".md";
  }

  String render(Path root) throws IOException {
    StringBuilder out = new StringBuilder();
    String title = name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    out.append("<!-- Generated from code by ReferencePagesTest; do not edit. -->\n");
    out.append("# ").append(title).append("\n\n");
    body(out, root);
    return out.toString();
  }

  static void row(StringBuilder out, String... cells) {
    out.append(
        Arrays.stream(cells)
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private static Map<String, String> criteriaFiles(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(root.resolve("config/criteria"))) {
      for (Path file : listed.filter(f -> f.toString().matches(".*(?<!\\.test)\\.yaml")).toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  private static String span(long durationMs) {
    return dev.sluice.schemas.text.Durations.format(durationMs);
  }

  private static String typeName(Class<?> type, Type generic) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Object::toString)
          .collect(Collectors.joining(", "));
    } else if (type.isRecord()) {
      return Arrays.stream(type.getRecordComponents())
          .map(c -> Json.snakeCase(c.getName()))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (type == BigDecimal.class) {
      return "decimal string";
    } else if (type == byte[].class) {
      return "base64";
    } else if (type == String.class) {
      return "string";
    } else if (type == double.class || type == Double.class) {
      return "number";
    } else if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    } else if (List.class.isAssignableFrom(type)) {
      Class<?> item =
          (Class<?>) ((java.lang.reflect.ParameterizedType) generic).getActualTypeArguments()[0];
      return "list of " + typeName(item, item);
    } else if (Map.class.isAssignableFrom(type)) {
      return "object";
    }
    return "integer";
  }
}
