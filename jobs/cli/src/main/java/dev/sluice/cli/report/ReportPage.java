// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.page.HtmlPage;
import dev.sluice.schemas.codec.Json;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;

/**
 * A report as one HTML file that needs nothing else: the data, the plots and the library that draws
 * them are in it, and it is forbidden to fetch anything. All text is escaped.
 */
public final class ReportPage {
  private static final String RESOURCES = "/dev/sluice/cli/report/";

  private final ArrayNode plots = Json.mapper().createArrayNode();

  private ReportPage() {}

  /** The page. */
  public static String of(Report report) {
    ReportPage page = new ReportPage();
    String sections = page.sections(report);
    return HtmlPage.fill(
        HtmlPage.text(RESOURCES + "report-page.html"),
        hole ->
            switch (hole) {
              case "title" -> HtmlPage.escaped(ReportText.title(report));
              case "verdict" -> report.verdict().toString().replace('_', ' ');
              case "tone" -> report.verdict().toString().toLowerCase(Locale.ROOT);
              case "headline" -> HtmlPage.escaped(report.headline());
              case "steps" -> steps(report);
              case "before" -> HtmlPage.escaped(report.before());
              case "changes" -> changes(report);
              case "contents" -> contents(report);
              case "sections" -> sections;
              case "data" -> HtmlPage.json(page.plots.toString());
              case "library" -> HtmlPage.library();
              case "script" -> HtmlPage.text(RESOURCES + "report-page.js");
              default -> throw new IllegalStateException(hole);
            });
  }

  private static String steps(Report report) {
    if (report.steps().isEmpty()) {
      return "<p>None.</p>";
    }
    StringBuilder rows = new StringBuilder("<ul class=\"steps\">\n");
    for (Report.Step step : report.steps()) {
      rows.append("<li><span class=\"level ")
          .append(step.level().toString().toLowerCase(Locale.ROOT))
          .append("\">")
          .append(step.level().toString().replace('_', ' '))
          .append("</span><div>")
          .append(HtmlPage.escaped(step.what()))
          .append("<br><small>")
          .append(HtmlPage.escaped(step.hint()))
          .append(" · <a href=\"#")
          .append(HtmlPage.escaped(step.section()))
          .append("\">more</a></small></div></li>\n");
    }
    return rows.append("</ul>").toString();
  }

  private static String changes(Report report) {
    StringBuilder rows = new StringBuilder("<div class=\"figures\">\n");
    for (Report.Change change : report.figures()) {
      rows.append("<div class=\"figure")
          .append(change.moved() ? " moved" : "")
          .append("\"><span>")
          .append(HtmlPage.escaped(change.name()))
          .append("</span><b>")
          .append(HtmlPage.escaped(Cells.figure(change.now(), change.unit())))
          .append("</b><small>before: ")
          .append(HtmlPage.escaped(Cells.figure(change.before(), change.unit())))
          .append("</small></div>\n");
    }
    rows.append("</div>\n");
    for (Report.FactChange fact : report.facts()) {
      rows.append("<p>")
          .append(HtmlPage.escaped(fact.name()))
          .append(": ")
          .append(HtmlPage.escaped(ReportText.fact(fact.before())))
          .append(" → <b>")
          .append(HtmlPage.escaped(ReportText.fact(fact.now())))
          .append("</b></p>\n");
    }
    return rows.toString();
  }

  private static String contents(Report report) {
    StringBuilder links = new StringBuilder();
    for (Report.SectionResult section : report.sections()) {
      links
          .append("<a href=\"#")
          .append(section.id())
          .append(section.noData() == null ? "\">" : "\" class=\"none\">")
          .append(HtmlPage.escaped(section.title()))
          .append("</a>\n");
    }
    return links.toString();
  }

  private String sections(Report report) {
    StringBuilder html = new StringBuilder();
    for (Report.SectionResult section : report.sections()) {
      html.append("<section id=\"").append(section.id()).append("\">\n<h2>");
      html.append(HtmlPage.escaped(section.title())).append("</h2>\n");
      if (!section.note().isEmpty()) {
        html.append("<p class=\"note\">").append(HtmlPage.escaped(section.note()));
        html.append("</p>\n");
      }
      if (section.noData() != null) {
        noData(html, section.noData());
      }
      section.parts().forEach(part -> part(html, part));
      html.append("</section>\n");
    }
    return html.toString();
  }

  private void part(StringBuilder html, Report.PartResult part) {
    html.append("<h3>").append(HtmlPage.escaped(part.title())).append("</h3>\n");
    if (part.noData() != null) {
      noData(html, part.noData());
    } else if (part.rows().isEmpty()) {
      html.append("<p>").append(HtmlPage.escaped(part.empty())).append(".</p>\n");
    } else if (part.show() == Section.Show.TABLE) {
      table(html, part);
    } else if (empty(part)) {
      noData(html, "not one point in this span");
    } else {
      html.append("<div class=\"plot ")
          .append(part.show() == Section.Show.LINE ? "line" : "low")
          .append("\"><canvas id=\"plot-")
          .append(plots.size())
          .append("\" role=\"img\" aria-label=\"")
          .append(HtmlPage.escaped(part.title()))
          .append("\"></canvas></div>\n");
      plots.add(plot(part));
    }
  }

  private static boolean empty(Report.PartResult part) {
    return part.rows().stream()
        .allMatch(row -> row.stream().skip(1).allMatch(java.util.Objects::isNull));
  }

  private static void noData(StringBuilder html, String why) {
    html.append("<p class=\"nodata\"><b>No data</b>: ").append(HtmlPage.escaped(why));
    html.append(".</p>\n");
  }

  private static void table(StringBuilder html, Report.PartResult part) {
    html.append("<div class=\"wide\"><table>\n<thead><tr>");
    for (int c = 0; c < part.columns().size(); c++) {
      html.append(numeric(part, c) ? "<th class=\"n\">" : "<th>");
      html.append(HtmlPage.escaped(Cells.head(part.columns().get(c)))).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<Object> row : part.rows()) {
      html.append("<tr>");
      for (int c = 0; c < row.size(); c++) {
        Object value = row.get(c);
        html.append(
            value == null
                ? "<td class=\"nodata\">"
                : numeric(part, c) ? "<td class=\"n\">" : "<td>");
        html.append(HtmlPage.escaped(Cells.text(part.columns().get(c), value))).append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  private static boolean numeric(Report.PartResult part, int column) {
    return part.rows().stream().anyMatch(row -> row.get(column) instanceof Number);
  }

  private static ObjectNode plot(Report.PartResult part) {
    ObjectNode plot = Json.mapper().createObjectNode();
    plot.put("show", part.show().name()).put("unit", part.unit());
    part.labels().forEach(plot.putArray("labels")::add);
    part.columns().stream().skip(1).forEach(plot.putArray("series")::add);
    boolean timed = part.show() != Section.Show.BAR;
    ArrayNode x = plot.putArray("x");
    ArrayNode lines = plot.putArray("y");
    for (List<Object> row : part.rows()) {
      if (timed) {
        x.add(OffsetDateTime.parse(row.get(0).toString()).toInstant().toEpochMilli());
      } else {
        x.add(String.valueOf(row.get(0)));
      }
    }
    for (int c = 1; c < part.columns().size(); c++) {
      ArrayNode line = lines.addArray();
      for (List<Object> row : part.rows()) {
        if (row.get(c) instanceof Number number) {
          line.add(number.doubleValue());
        } else {
          line.addNull();
        }
      }
    }
    return plot;
  }
}
