// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import dev.sluice.schemas.Delta;
import dev.sluice.schemas.TrialStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A trial as one HTML file that needs nothing else: the data, the plots and the library that draws
 * them are in it, and it is forbidden to fetch anything. All text from outside is escaped.
 */
public final class TrialPage {
  private static final String CHART = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";
  private static final String LIBRARIES = "/META-INF/resources/webjars/chart.js/";
  private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");
  private static final Pattern HOLE = Pattern.compile("\\{\\{([a-z]+)}}");

  private TrialPage() {}

  /**
   * The page.
   *
   * @param history holds at least one word of the trial
   */
  public static String of(TrialHistory history, TrialHistory.Key trial) {
    List<TrialStatus> words = history.words(trial);
    TrialStatus last = history.last(trial);
    return fill(
        text("trial-page.html"),
        hole ->
            switch (hole) {
              case "title" -> escaped(trial.trialId() + " at " + trial.engineId());
              case "summary" -> summary(last);
              case "stages" -> stages(history.lastOfEachStage(trial));
              case "deltas" -> deltas(last.deltas());
              case "data" -> json(TrialPlots.of(words).toString());
              case "library" -> library();
              case "script" -> text("trial-page.js");
              default -> throw new IllegalStateException(hole);
            });
  }

  private static String summary(TrialStatus last) {
    return paragraph(
            "Stage "
                + TrialText.stage(last.stage())
                + " since "
                + TrialText.time(last.stageSinceUs())
                + " UTC, judged at "
                + TrialText.time(last.eventTimeUs())
                + " UTC. Plan "
                + last.planHash()
                + ".")
        + paragraph(
            String.format(
                Locale.ROOT,
                "%.1f of %.1f hours covered; %d slots of A and %d of B, %s.",
                last.coveredMs() / 3.6e6,
                last.dwellMs() / 3.6e6,
                last.slotsA(),
                last.slotsB(),
                TrialText.sampleRatio(last.sampleRatioP())))
        + paragraph(last.wish() + ": " + last.reason());
  }

  private static String stages(List<TrialStatus> stages) {
    StringBuilder rows = new StringBuilder();
    for (TrialStatus stage : stages) {
      rows.append("<tr>");
      cell(rows, TrialText.stage(stage.stage()));
      cell(rows, TrialText.time(stage.stageSinceUs()));
      cell(rows, TrialText.time(stage.eventTimeUs()));
      cell(rows, stage.wish().toString());
      cell(rows, stage.reason());
      rows.append("</tr>\n");
    }
    return rows.toString();
  }

  private static String deltas(List<Delta> deltas) {
    StringBuilder rows = new StringBuilder();
    for (Delta delta : deltas) {
      rows.append("<tr>");
      cell(rows, delta.metric());
      cell(rows, delta.unit());
      cell(rows, delta.role().toString().toLowerCase(Locale.ROOT));
      cell(rows, TrialText.number(delta.estimate()));
      cell(rows, TrialText.interval(delta.lower(), delta.upper()));
      cell(rows, Long.toString(delta.blocks()));
      cell(rows, Long.toString(delta.blockSlots()));
      cell(rows, TrialText.number(delta.autocorrelation()));
      cell(rows, TrialText.number(delta.valueA()));
      cell(rows, TrialText.number(delta.valueB()));
      cell(rows, Long.toString(delta.samplesA()));
      cell(rows, Long.toString(delta.samplesB()));
      cell(rows, delta.outcome().toString());
      cell(rows, delta.reason());
      rows.append("</tr>\n");
    }
    return rows.toString();
  }

  private static String paragraph(String text) {
    return "<p>" + escaped(text) + "</p>\n";
  }

  private static void cell(StringBuilder row, String text) {
    row.append("<td>").append(escaped(text)).append("</td>");
  }

  /** Safe as the content of an element and of an attribute. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Safe as the content of a script element: nothing in it can end the element. */
  static String json(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  private static String library() {
    Properties about = new Properties();
    try (InputStream in = resource(CHART)) {
      about.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(CHART, e);
    }
    String code = read(LIBRARIES + about.getProperty("version") + "/dist/chart.umd.min.js");
    return SOURCE_MAP.matcher(code).replaceAll("");
  }

  private static String text(String name) {
    return read("/dev/sluice/cli/trial/" + name);
  }

  private static String read(String path) {
    try (InputStream in = resource(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  private static InputStream resource(String path) {
    InputStream in = TrialPage.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException(path + " is not on the class path");
    }
    return in;
  }

  /** Each hole is filled once, in one pass: what is filled in is not looked at again. */
  private static String fill(String template, java.util.function.UnaryOperator<String> content) {
    Matcher hole = HOLE.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (hole.find()) {
      hole.appendReplacement(filled, Matcher.quoteReplacement(content.apply(hole.group(1))));
    }
    return hole.appendTail(filled).toString();
  }
}
