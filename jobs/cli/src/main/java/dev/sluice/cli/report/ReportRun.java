// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.Rows;
import dev.sluice.cli.report.Report.Level;
import dev.sluice.cli.report.Report.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the sections' questions of the datasets. One thread. */
public final class ReportRun {
  private static final Pattern NOT_THERE = Pattern.compile("Table with name (\\w+) does not exist");
  private static final Pattern VIEW = Pattern.compile("CREATE VIEW (\\w+)");

  private final Datasets datasets;
  private final List<Section> sections;
  private final Map<String, Boolean> filled = new HashMap<>();

  /** Views that could not be made, and the dataset that each lacks. */
  private final Map<String, String> lacking = new HashMap<>();

  /** Reads the shipped sections. */
  public ReportRun(Datasets datasets) {
    this.datasets = datasets;
    this.sections = SectionYaml.all();
  }

  /**
   * The report of a span.
   *
   * @param given sections that are not from datasets
   * @param progress told each section
   */
  public Report of(ReportSpan span, List<GivenSection> given, Consumer<String> progress) {
    SpanViews views = new SpanViews(datasets, span.engineId());
    views.show(span.before(), span.since());
    progress.accept("the span before");
    views();
    boolean before = filled("health");
    Map<Section, List<Rows>> earlier = new LinkedHashMap<>();
    for (Section section : sections) {
      earlier.put(
          section,
          List.of(optional(section, section.figures()), optional(section, section.facts())));
    }

    views.show(span.since(), span.until());
    views();
    List<Report.SectionResult> results = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    List<Report.Change> figures = new ArrayList<>();
    List<Report.FactChange> facts = new ArrayList<>();
    for (GivenSection section : given) {
      results.add(section.result());
      steps.addAll(section.steps());
    }
    for (Section section : sections) {
      progress.accept(section.title());
      Report.SectionResult result = section(section);
      results.add(result);
      steps.addAll(steps(section, result));
      figures.addAll(
          Changes.figures(
              section, before, earlier.get(section).get(0), optional(section, section.figures())));
      facts.addAll(Changes.facts(earlier.get(section).get(1), optional(section, section.facts())));
    }
    steps.sort(Comparator.comparing(Step::level).reversed());
    Report.Verdict verdict = verdict(steps);
    String compared = span.before() + " to " + span.since();
    return new Report(
        Report.SCHEMA,
        span.kind(),
        span.since().toString(),
        span.until().toString(),
        span.engineId(),
        verdict,
        headline(verdict, steps),
        steps,
        before ? compared : "no data from " + compared + ": nothing to compare with",
        figures,
        before ? facts : List.of(),
        results);
  }

  private void views() {
    filled.clear();
    lacking.clear();
    for (Section section : sections) {
      for (String view : section.views()) {
        String missing = missing(view, datasets::execute);
        Matcher name = VIEW.matcher(view);
        if (missing != null && name.find()) {
          lacking.put(name.group(1), missing);
        }
      }
    }
  }

  /** Whether a dataset has a row in the span that is looked at. */
  private boolean filled(String name) {
    return datasets.has(name)
        && filled.computeIfAbsent(
            name, n -> !datasets.query("FROM report." + n + " LIMIT 1").values().isEmpty());
  }

  private Report.SectionResult section(Section section) {
    String noData =
        !datasets.has(section.needs())
            ? "there is no dataset " + section.needs()
            : !filled(section.needs()) ? "nothing in " + section.needs() + " in this span" : null;
    return new Report.SectionResult(
        section.id(),
        section.title(),
        section.note(),
        noData,
        noData != null
            ? List.of()
            : section.parts().stream().map(part -> part(section, part)).toList());
  }

  private Report.PartResult part(Section section, Section.Part part) {
    Rows[] rows = {new Rows(List.of(), List.of())};
    String noData =
        ask(
            part.sql(),
            section.sparse(),
            sql -> rows[0] = Series.beside(finite(datasets.query(sql))));
    return new Report.PartResult(
        part.title(),
        part.show(),
        part.unit(),
        part.labels(),
        part.empty(),
        noData,
        rows[0].columns(),
        rows[0].values());
  }

  /** Why there is no data: a dataset that is not there and is not sparse; null otherwise. */
  private String ask(String sql, List<String> sparse, Consumer<String> run) {
    String name = missing(sql, run);
    return name == null || sparse.contains(name) ? null : "there is no dataset " + name;
  }

  /**
   * Runs SQL.
   *
   * @return the dataset that is not there, where a view needs it or it is asked itself; else null
   * @throws IllegalArgumentException when the SQL is wrong
   */
  private String missing(String sql, Consumer<String> run) {
    try {
      run.accept(sql);
      return null;
    } catch (IllegalArgumentException e) {
      Matcher name = NOT_THERE.matcher(String.valueOf(e.getMessage()));
      if (!name.find()) {
        throw e;
      }
      return lacking.getOrDefault(name.group(1), name.group(1));
    }
  }

  /** A number that is not finite is no data. */
  private static Rows finite(Rows rows) {
    return new Rows(
        rows.columns(),
        rows.values().stream()
            .map(
                row ->
                    row.stream()
                        .map(
                            value ->
                                value instanceof Double d && !Double.isFinite(d) ? null : value)
                        .toList())
            .toList());
  }

  private Rows optional(Section section, String sql) {
    Rows[] rows = {new Rows(List.of(), List.of())};
    if (sql != null && filled(section.needs())) {
      ask(sql, section.sparse(), text -> rows[0] = finite(datasets.query(text)));
    }
    return rows[0];
  }

  private List<Step> steps(Section section, Report.SectionResult result) {
    List<Step> steps = new ArrayList<>();
    String missing = result.noData();
    Rows[] rows = {new Rows(List.of(), List.of())};
    if (missing == null && section.steps() != null) {
      missing = ask(section.steps(), section.sparse(), sql -> rows[0] = datasets.query(sql));
    }
    if (section.missing() != null && missing != null) {
      steps.add(
          new Step(
              section.missing(),
              section.id(),
              section.title() + ": no data, " + missing,
              "find out why nothing was archived (sluice verify); until then nothing is known"));
    }
    rows[0].maps().stream()
        .map(
            row ->
                new Step(
                    Level.valueOf(String.valueOf(row.get("level"))),
                    section.id(),
                    String.valueOf(row.get("what")),
                    String.valueOf(row.get("hint"))))
        .sorted(Comparator.comparing(Step::what))
        .forEach(steps::add);
    return steps;
  }

  private static Report.Verdict verdict(List<Step> steps) {
    return steps.stream()
        .map(Step::level)
        .max(Comparator.naturalOrder())
        .map(
            level ->
                switch (level) {
                  case LOOK -> Report.Verdict.ATTENTION;
                  case ACT -> Report.Verdict.ACTION;
                  case NO_DATA -> Report.Verdict.NO_DATA;
                })
        .orElse(Report.Verdict.HEALTHY);
  }

  private static String headline(Report.Verdict verdict, List<Step> steps) {
    long[] counts = new long[Level.values().length];
    steps.forEach(step -> counts[Arrays.asList(Level.values()).indexOf(step.level())]++);
    return switch (verdict) {
      case HEALTHY -> "Everything that was asked for was there, and nothing needs a person.";
      case ATTENTION -> "Nothing presses; " + count(counts[0], "thing") + " to look at.";
      case ACTION ->
          count(counts[1], "thing") + " to deal with, " + count(counts[0], "more") + " to look at.";
      case NO_DATA ->
          "Nobody can tell: " + count(counts[2], "section") + " that must have data has none.";
    };
  }

  private static String count(long n, String what) {
    return n + " " + (n == 1 || what.equals("more") ? what : what + "s");
  }
}
