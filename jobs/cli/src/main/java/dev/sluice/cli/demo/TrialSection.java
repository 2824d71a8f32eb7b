// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.TextTable;
import dev.sluice.cli.trial.TrialText;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.text.Durations;
import java.util.List;
import java.util.Locale;

/** The parts of a demo's report that speak of its trial and its shadow, as text and as JSON. */
final class TrialSection {
  private TrialSection() {}

  static String text(TrialOutcome trial) {
    StringBuilder text = new StringBuilder("\nTrial " + trial.trialId() + "\n");
    if (!trial.rollouts().isEmpty()) {
      TextTable table =
          new TextTable("", "to", "due", "decided", "effective", "in force from", "latency");
      for (RolloutResult row : trial.rollouts()) {
        table.row(
            row.ok() ? "ok" : "FAILED",
            TrialText.stage(row.to()),
            time(row.dueUs()),
            time(row.decidedUs()),
            time(row.effectiveUs()),
            time(row.inForceUs()),
            row.latencyMs() == null
                ? "-"
                : String.format(Locale.ROOT, "%,.0f ms", row.latencyMs()));
        table.note(row.evidence());
        table.note(row.problem() == null ? "" : "FAILED: " + row.problem());
      }
      text.append(table.render());
    }
    lines(text, "Unexpected changes of stage", trial.unexpected());
    trial
        .decided()
        .forEach(
            word ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%nStage %s as judged at %s: %s: %s%n%s",
                        TrialText.stage(word.stage()),
                        TrialText.time(word.eventTimeUs()),
                        word.wish(),
                        word.reason(),
                        TrialText.deltas(word.deltas()))));
    text.append('\n').append(checks(trial.checks()));
    return text.toString();
  }

  private static String checks(List<Check> checks) {
    TextTable table = new TextTable("", "check", "found");
    for (Check check : checks) {
      table.row(check.ok() ? "ok" : "FAILED", check.what(), check.found());
      table.note(check.problem() == null ? "" : "FAILED: " + check.problem());
    }
    return table.render();
  }

  static String text(ParityReckoning.Result parity) {
    StringBuilder text = new StringBuilder("\nParity with the shadow\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%d windows, %d with enough to compare%n",
            parity.windows(),
            parity.compared()));
    if (!parity.rows().isEmpty()) {
      TextTable table = new TextTable("", "expected", "from", "to", "windows", "name it");
      for (ParityReckoning.Row row : parity.rows()) {
        table.row(
            row.ok() ? "ok" : "FAILED",
            row.expected().cause().toString(),
            Durations.format(row.expected().fromMs()),
            Durations.format(row.expected().toMs()),
            Integer.toString(row.windows()),
            Integer.toString(row.named()));
        table.note(row.evidence());
        table.note(row.problem() == null ? "" : "FAILED: " + row.problem());
      }
      text.append(table.render());
    }
    lines(text, "Unexpected drifts", parity.unexpected());
    return text.toString();
  }

  static void json(ObjectNode node, TrialOutcome trial) {
    node.put("ok", trial.ok());
    node.put("trial_id", trial.trialId());
    ArrayNode rollouts = node.putArray("rollouts");
    for (RolloutResult row : trial.rollouts()) {
      rollouts
          .addObject()
          .put("to", row.to())
          .put("due_event_time", iso(row.dueUs()))
          .put("decided_event_time", iso(row.decidedUs()))
          .put("effective", row.effectiveUs() != null)
          .put("effective_event_time", iso(row.effectiveUs()))
          .put("in_force_from", iso(row.inForceUs()))
          .put("latency_ms", row.latencyMs())
          .put("evidence", row.evidence())
          .put("problem", row.problem());
    }
    trial.unexpected().forEach(node.putArray("unexpected")::add);
    node.set("stages", Json.mapper().valueToTree(trial.decided()));
    node.set("checks", Json.mapper().valueToTree(trial.checks()));
  }

  static void json(ObjectNode node, ParityReckoning.Result parity) {
    node.put("ok", parity.ok());
    node.put("windows", parity.windows());
    node.put("compared", parity.compared());
    ArrayNode rows = node.putArray("drifts");
    for (ParityReckoning.Row row : parity.rows()) {
      rows.addObject()
          .put("cause", row.expected().cause().name())
          .put("windows", row.windows())
          .put("named", row.named())
          .put("evidence", row.evidence())
          .put("problem", row.problem());
    }
    parity.unexpected().forEach(node.putArray("unexpected")::add);
  }

  private static void lines(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append(title).append('\n');
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }

  private static String time(Long us) {
    return us == null ? "-" : TrialText.time(us);
  }

  private static String iso(Long us) {
    return us == null ? null : Reckoning.instant(us).toString();
  }
}
