// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import dev.sluice.cli.page.HtmlPage;
import dev.sluice.schemas.Delta;
import dev.sluice.schemas.TrialStatus;
import java.util.List;
import java.util.Locale;

/**
 * A trial as one HTML file that needs nothing else: the data, the plots and the library that draws
 * them are in it, and it is forbidden to fetch anything. All text from outside is escaped.
 */
public final class TrialPage {
  private TrialPage() {}

  /**
   * The page.
   *
   * @param history holds at least one word of the trial
   */
  public static String of(TrialHistory history, TrialHistory.Key trial) {
    List<TrialStatus> words = history.words(trial);
    TrialStatus last = history.last(trial);
    return HtmlPage.fill(
        template("trial-page.html"),
        hole ->
            switch (hole) {
              case "title" -> HtmlPage.escaped(trial.trialId() + " at " + trial.engineId());
              case "summary" -> summary(last);
              case "stages" -> stages(history.lastOfEachStage(trial));
              case "deltas" -> deltas(last.deltas());
              case "data" -> HtmlPage.json(TrialPlots.of(words).toString());
              case "library" -> HtmlPage.library();
              case "script" -> template("trial-page.js");
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
    return "<p>" + HtmlPage.escaped(text) + "</p>\n";
  }

  private static void cell(StringBuilder row, String text) {
    row.append("<td>").append(HtmlPage.escaped(text)).append("</td>");
  }

  private static String template(String name) {
    return HtmlPage.text("/dev/sluice/cli/trial/" + name);
  }
}
