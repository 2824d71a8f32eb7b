// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.TextTable;
import dev.sluice.cli.dataset.Rows;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The outcome of a demo.
 *
 * @param events sent by the engine: ticks, orders, fills, heartbeats
 * @param wallS from the start of the broker to the last query
 * @param eventHours judged
 * @param unexpected decisions nobody expected
 * @param findings one row per finding that a fault must lead to
 * @param unexpectedFindings findings nobody expected
 * @param trial what became of the scenario's trial, null without one
 * @param parity the engine against its shadow, null without one
 * @param problems everything else that must not be: restarts, refused commands, rows that lack
 * @param notes worth knowing, and no failure: leases that were withheld
 * @param whole what {@code sluice verify} says of the datasets
 * @param queries just run, with their results
 */
public record DemoReport(
    String scenario,
    long events,
    double wallS,
    double eventHours,
    List<FaultResult> faults,
    List<String> unexpected,
    List<FindingResult> findings,
    List<String> unexpectedFindings,
    @Nullable TrialOutcome trial,
    @Nullable ParityReckoning.Result parity,
    List<String> problems,
    List<String> notes,
    Map<String, Completeness.Line> datasets,
    StoredWhole whole,
    List<Query> queries,
    Path out) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int QUERY_ROWS = 12;

  /** A query and its result. */
  public record Query(String title, String sql, Rows rows) {}

  /** True when all went as expected and nothing else did. */
  public boolean ok() {
    return unexpected.isEmpty()
        && unexpectedFindings.isEmpty()
        && problems.isEmpty()
        && (trial == null || trial.ok())
        && (parity == null || parity.ok())
        && faults.stream().allMatch(FaultResult::ok)
        && findings.stream().allMatch(FindingResult::ok);
  }

  /** One JSON document. */
  public String json() throws JsonProcessingException {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("ok", ok());
    root.put("scenario", scenario);
    root.put("events", events);
    root.put("wall_s", Math.round(wallS * 1000) / 1000.0);
    root.put("event_hours", Math.round(eventHours * 1000) / 1000.0);
    ArrayNode rows = root.putArray("faults");
    faults.forEach(fault -> json(rows.addObject(), fault));
    unexpected.forEach(root.putArray("unexpected")::add);
    ArrayNode found = root.putArray("findings");
    findings.forEach(finding -> json(found.addObject(), finding));
    unexpectedFindings.forEach(root.putArray("unexpected_findings")::add);
    if (trial != null) {
      TrialSection.json(root.putObject("trial"), trial);
    }
    if (parity != null) {
      TrialSection.json(root.putObject("parity"), parity);
    }
    problems.forEach(root.putArray("problems")::add);
    notes.forEach(root.putArray("notes")::add);
    ObjectNode sets = root.putObject("datasets");
    datasets.forEach(
        (name, line) ->
            sets.putObject(name)
                .put("path", line.path().toString())
                .put("rows", line.rows())
                .put("said_by", line.saidBy())
                .put("problem", line.problem()));
    whole.json(root.putObject("verification"));
    ArrayNode asked = root.putArray("queries");
    for (Query query : queries) {
      asked
          .addObject()
          .put("title", query.title())
          .put("sql", query.sql())
          .set("rows", Json.mapper().valueToTree(query.rows().maps()));
    }
    root.put("out", out.toString());
    return Json.mapper().writeValueAsString(root);
  }

  private static void json(ObjectNode node, FaultResult fault) {
    node.put("id", fault.id());
    node.put("expected_action", fault.expectedAction());
    node.put("due_event_time", iso(fault.dueUs()));
    node.put("decided_event_time", iso(fault.decidedUs()));
    node.put("effective", fault.effectiveUs() != null);
    node.put("effective_event_time", iso(fault.effectiveUs()));
    node.put("latency_ms", fault.latencyMs());
    node.put("evidence", fault.evidence());
    node.put("problem", fault.problem());
  }

  private static void json(ObjectNode node, FindingResult finding) {
    node.put("id", finding.id());
    node.put("expected", finding.expected());
    node.put("count", finding.count());
    node.put("confirmed_event_time", iso(finding.confirmedUs()));
    node.put("age_ms", finding.ageMs());
    node.put("ends", finding.ends());
    node.put("evidence", finding.evidence());
    node.put("problem", finding.problem());
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(faultTable());
    section(text, "Unexpected decisions", unexpected);
    text.append(findingTable());
    section(text, "Unexpected findings", unexpectedFindings);
    text.append(trial == null ? "" : TrialSection.text(trial));
    text.append(parity == null ? "" : TrialSection.text(parity));
    section(text, "Problems", problems);
    section(text, "Notes", notes);
    text.append("\nDatasets in ").append(out.resolve("datasets")).append('\n');
    TextTable table = new TextTable("dataset", "rows", "checked against");
    datasets.forEach(
        (name, line) ->
            table.row(
                name,
                String.format(Locale.ROOT, "%,d", line.rows()),
                line.problem() == null ? line.saidBy() : "BUT " + line.problem()));
    text.append(table.render()).append(whole.text());
    for (Query query : queries) {
      text.append('\n')
          .append(query.title())
          .append("\n  ")
          .append(query.sql().strip().replace("\n", "\n  "));
      text.append('\n').append(query.rows().text(QUERY_ROWS));
    }
    text.append(verdict());
    return text.toString();
  }

  private String faultTable() {
    if (faults.isEmpty()) {
      return "The scenario has no faults: nothing may be decided.\n";
    }
    TextTable table =
        new TextTable("", "fault", "expected", "due", "decided", "effective", "latency");
    for (FaultResult fault : faults) {
      table.row(
          fault.ok() ? "ok" : "FAILED",
          fault.id(),
          fault.expectedAction(),
          time(fault.dueUs()),
          fault.decidedUs() == null ? "none" : time(fault.decidedUs()),
          time(fault.effectiveUs()),
          fault.latencyMs() == null
              ? "-"
              : String.format(Locale.ROOT, "%,.0f ms", fault.latencyMs()));
      table.note(fault.evidence());
      table.note(fault.problem() == null ? "" : "FAILED: " + fault.problem());
    }
    return table.render();
  }

  private String findingTable() {
    if (findings.isEmpty()) {
      return "";
    }
    TextTable table = new TextTable("", "fault", "to be found", "found", "confirmed", "age", "end");
    for (FindingResult finding : findings) {
      table.row(
          finding.ok() ? "ok" : "FAILED",
          finding.id(),
          finding.expected(),
          Integer.toString(finding.count()),
          time(finding.confirmedUs()),
          finding.ageMs() == null
              ? "-"
              : String.format(Locale.ROOT, "%,.1f s", finding.ageMs() / 1000),
          finding.ends() == null ? "-" : finding.ends());
      table.note(finding.evidence());
      table.note(finding.problem() == null ? "" : "FAILED: " + finding.problem());
    }
    return "\n" + table.render();
  }

  private String verdict() {
    List<String> counts = new ArrayList<>();
    long failed = faults.stream().filter(f -> !f.ok()).count();
    if (failed > 0) {
      counts.add(failed + " of " + faults.size() + " faults not as expected");
    }
    if (!unexpected.isEmpty()) {
      counts.add(unexpected.size() + " unexpected decisions");
    }
    long notFound = findings.stream().filter(f -> !f.ok()).count();
    if (notFound > 0) {
      counts.add(notFound + " of " + findings.size() + " findings not as expected");
    }
    if (!unexpectedFindings.isEmpty()) {
      counts.add(unexpectedFindings.size() + " unexpected findings");
    }
    if (trial != null && !trial.ok()) {
      counts.add("the trial not as expected");
    }
    if (parity != null && !parity.ok()) {
      counts.add("parity not as expected");
    }
    if (!problems.isEmpty()) {
      counts.add(problems.size() + " problems");
    }
    return String.format(
        Locale.ROOT,
        "%n%s: %s, %s of event time and %,d events in %.1f s%s%n",
        ok() ? "OK" : "FAILED",
        scenario,
        eventHours < 2
            ? String.format(Locale.ROOT, "%.0f min", eventHours * 60)
            : String.format(Locale.ROOT, "%.0f h", eventHours),
        events,
        wallS,
        counts.isEmpty()
            ? "; every decision came when it was due, and no other"
                + (findings.isEmpty() ? "; no findings" : "; every finding once, and no other")
            : "; " + String.join(", ", counts));
  }

  private static void section(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append('\n').append(title).append('\n');
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }

  private static String time(Long us) {
    return us == null ? "-" : TIME.format(Reckoning.instant(us));
  }

  private static String iso(Long us) {
    return us == null ? null : Reckoning.instant(us).toString();
  }
}
