// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A report as JSON and as Markdown; of plots Markdown has least, median and most. */
public final class ReportText {
  private ReportText() {}

  /** One document, with every row. */
  public static String json(Report report) {
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For people without a browser, and for tickets. */
  public static String markdown(Report report) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(title(report)).append("\n\n**").append(report.verdict());
    text.append("**: ").append(inline(report.headline())).append("\n\n## Next steps\n\n");
    if (report.steps().isEmpty()) {
      text.append("None.\n");
    }
    report
        .steps()
        .forEach(
            step ->
                text.append("- **")
                    .append(step.level())
                    .append("** ")
                    .append(inline(step.what()))
                    .append(" → ")
                    .append(inline(step.hint()))
                    .append('\n'));
    text.append("\n## What changed\n\nAgainst ").append(inline(report.before())).append(".\n\n");
    table(text, CHANGES, changes(report));
    report
        .facts()
        .forEach(
            fact ->
                text.append("- ")
                    .append(inline(fact.name()))
                    .append(": ")
                    .append(inline(fact(fact.before())))
                    .append(" → ")
                    .append(inline(fact(fact.now())))
                    .append('\n'));
    report.sections().forEach(section -> section(text, section));
    return text.toString();
  }

  /** What it is about, in a line. */
  static String title(Report report) {
    String kind = report.kind().substring(0, 1).toUpperCase(java.util.Locale.ROOT);
    return kind
        + report.kind().substring(1)
        + " report, "
        + (report.engineId() == null ? "all engines" : report.engineId())
        + ", "
        + Cells.text("", report.since())
        + " to "
        + Cells.text("", report.until())
        + " UTC";
  }

  static final List<String> CHANGES = List.of("figure", "before", "now", "");

  /** The figures of both spans, a mark beside those that moved. */
  static List<List<String>> changes(Report report) {
    return report.figures().stream()
        .map(
            change ->
                List.of(
                    change.name(),
                    Cells.figure(change.before(), change.unit()),
                    Cells.figure(change.now(), change.unit()),
                    change.moved() ? "moved" : ""))
        .toList();
  }

  static String fact(String value) {
    return value == null ? Cells.NO_DATA : value;
  }

  private static void section(StringBuilder text, Report.SectionResult section) {
    text.append("\n## ").append(inline(section.title())).append("\n\n");
    if (!section.note().isEmpty()) {
      text.append(inline(section.note())).append("\n\n");
    }
    if (section.noData() != null) {
      text.append("No data: ").append(inline(section.noData())).append(".\n");
    }
    for (Report.PartResult part : section.parts()) {
      text.append("### ").append(inline(part.title())).append("\n\n");
      if (part.noData() != null) {
        text.append("No data: ").append(inline(part.noData())).append(".\n\n");
      } else if (part.rows().isEmpty()) {
        text.append(inline(part.empty())).append(".\n\n");
      } else if (part.show() == Section.Show.TABLE || part.show() == Section.Show.BAR) {
        table(text, part.columns().stream().map(Cells::head).toList(), cells(part));
      } else {
        table(text, List.of("", "least", "median", "most", "points"), summary(part));
      }
    }
  }

  private static List<List<String>> cells(Report.PartResult part) {
    return part.rows().stream()
        .map(
            row -> {
              List<String> cells = new ArrayList<>();
              for (int c = 0; c < row.size(); c++) {
                cells.add(Cells.text(part.columns().get(c), row.get(c)));
              }
              return cells;
            })
        .toList();
  }

  private static List<List<String>> summary(Report.PartResult part) {
    List<List<String>> lines = new ArrayList<>();
    for (int c = 1; c < part.columns().size(); c++) {
      int column = c;
      List<Double> values =
          part.rows().stream()
              .map(row -> row.get(column))
              .filter(Number.class::isInstance)
              .map(value -> ((Number) value).doubleValue())
              .sorted()
              .toList();
      Function<Double, String> at =
          share ->
              values.isEmpty()
                  ? Cells.NO_DATA
                  : level(part, values.get((int) Math.round(share * (values.size() - 1))));
      lines.add(
          List.of(
              part.columns().get(c),
              at.apply(0.0),
              at.apply(0.5),
              at.apply(1.0),
              Integer.toString(values.size())));
    }
    return lines;
  }

  private static String level(Report.PartResult part, double value) {
    return part.labels().isEmpty()
        ? Cells.figure(value, part.unit())
        : part.labels().get((int) value);
  }

  private static void table(StringBuilder text, List<String> head, List<List<String>> rows) {
    line(text, head);
    line(text, head.stream().map(name -> "---").toList());
    rows.forEach(row -> line(text, row));
    text.append('\n');
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append('|');
    cells.forEach(cell -> text.append(' ').append(inline(cell)).append(" |"));
    text.append('\n');
  }

  /** Nothing in it is markup. */
  private static String inline(String text) {
    return text.replaceAll("[\\\\`*_\\[\\]<>|#]", "\\\\$0").replaceAll("\\s*\\R\\s*", " ");
  }
}
