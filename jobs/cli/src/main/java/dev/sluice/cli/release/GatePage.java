// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import static dev.sluice.cli.page.HtmlPage.escaped;

import dev.sluice.rules.release.GateOutcome;
import dev.sluice.schemas.text.Durations;

/** A run of gates as one HTML file that needs, and fetches, nothing else. All text is escaped. */
final class GatePage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: #222; }
      table { border-collapse: collapse; width: 100%%; }
      th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #ddd; }
      td.number { text-align: right; white-space: nowrap; }
      .PASS { color: #0a6b2d; } .FAIL { color: #a40000; font-weight: 600; } .NO_DATA { color: #8a5a00; font-weight: 600; }
      .why { color: #444; } code { font-size: .9em; } .waived { color: #555; font-style: italic; }
      </style></head><body>
      """;

  private GatePage() {}

  /** The page. */
  static String of(GateRunReport report) {
    String title = report.decision() + ": stage " + report.stage();
    StringBuilder page = new StringBuilder(HEAD.formatted(escaped(title)));
    page.append("<h1 class=\"").append(report.go() ? "PASS" : "FAIL").append("\">");
    page.append(escaped(title)).append("</h1>\n<ul>\n");
    GateText.facts(report)
        .forEach(fact -> page.append("<li>").append(escaped(fact)).append("</li>\n"));
    page.append("</ul>\n<table>\n<tr>");
    for (String head :
        new String[] {
          "gate", "outcome", "value", "limit", "n", "as of", "age", "at most", "evidence"
        }) {
      page.append("<th>").append(head).append("</th>");
    }
    page.append("</tr>\n");
    report.gates().forEach(gate -> row(page, gate));
    return page.append("</table>\n</body></html>\n").toString();
  }

  private static void row(StringBuilder page, GateRunReport.Gate gate) {
    page.append("<tr><td><code>").append(escaped(gate.id())).append("</code><br>");
    page.append(escaped(gate.description()));
    if (gate.outcome() != GateOutcome.PASS) {
      page.append("<div class=\"why\">").append(escaped(gate.reason())).append("</div>");
      page.append("<div>").append(escaped("Mend: " + gate.mend())).append("</div>");
    }
    if (gate.waiver() != null) {
      page.append("<div class=\"waived\">")
          .append(escaped(GateText.waiver(gate.waiver())))
          .append("</div>");
    }
    page.append("</td><td class=\"").append(gate.outcome()).append("\">");
    page.append(escaped(GateText.outcome(gate))).append("</td>");
    number(page, GateText.value(gate));
    number(page, gate.pass());
    number(page, Long.toString(gate.samples()));
    number(page, GateText.time(gate.asOfUs()));
    number(page, GateText.age(gate));
    number(page, Durations.format(gate.maxAgeMs()));
    page.append("<td><code title=\"").append(escaped(gate.evidenceSha256())).append("\">");
    page.append(escaped(gate.evidenceSha256().substring(0, 12))).append("</code></td></tr>\n");
  }

  private static void number(StringBuilder page, String text) {
    page.append("<td class=\"number\">").append(escaped(text)).append("</td>");
  }
}
