// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import dev.sluice.schemas.Nullable;
import java.util.List;

/**
 * A report: nothing but what the datasets said of the span, so the same datasets give the same
 * report at any time.
 *
 * @param since event time of its begin, ISO 8601, UTC
 * @param until before this event time
 * @param engineId null for all
 * @param verdict the worst that is in {@code steps}
 * @param headline one sentence
 * @param steps what to do next, the pressing ones first
 * @param before what changes are against: the span before, and why there are none
 */
public record Report(
    String schema,
    String kind,
    String since,
    String until,
    @Nullable String engineId,
    Verdict verdict,
    String headline,
    List<Step> steps,
    String before,
    List<Change> figures,
    List<FactChange> facts,
    List<SectionResult> sections) {
  public static final String SCHEMA = "report.v1";

  /** Keeps its own copies. */
  public Report {
    steps = List.copyOf(steps);
    figures = List.copyOf(figures);
    facts = List.copyOf(facts);
    sections = List.copyOf(sections);
  }

  /** How things stand at the end of the span. */
  public enum Verdict {
    HEALTHY,
    /** Something is worth a look, nothing presses. */
    ATTENTION,
    /** Something stands that a person must deal with. */
    ACTION,
    /** What is needed to tell is missing, which is not health. */
    NO_DATA
  }

  /** How much a step presses; the later the more. */
  public enum Level {
    LOOK,
    ACT,
    NO_DATA
  }

  /** Something to do, the section that says so, and how. */
  public record Step(Level level, String section, String what, String hint) {}

  /**
   * A figure in both spans.
   *
   * @param before null where there is no data
   * @param now null likewise
   * @param moved true when there is something to compare with, and it differs by more than a
   *     twentieth or is there in one span only
   */
  public record Change(
      String section,
      String name,
      String unit,
      @Nullable Double before,
      @Nullable Double now,
      boolean moved) {}

  /** A fact that is not what it was; null where there was none. */
  public record FactChange(String name, @Nullable String before, @Nullable String now) {}

  /**
   * A section.
   *
   * @param noData why there is none, null when there is
   */
  public record SectionResult(
      String id, String title, String note, @Nullable String noData, List<PartResult> parts) {
    /** Keeps its own copy. */
    public SectionResult {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A table or plot.
   *
   * @param noData why there is none, null when there is
   * @param rows numbers, booleans, texts (times in ISO 8601) or null for no data
   */
  public record PartResult(
      String title,
      Section.Show show,
      String unit,
      List<String> labels,
      String empty,
      @Nullable String noData,
      List<String> columns,
      List<List<Object>> rows) {}
}
