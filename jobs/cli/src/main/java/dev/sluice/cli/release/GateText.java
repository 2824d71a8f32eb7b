// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.TextTable;
import dev.sluice.rules.release.GateOutcome;
import dev.sluice.rules.release.Waiver;
import dev.sluice.rules.release.WayToGreen;
import dev.sluice.rules.spec.Limit;
import dev.sluice.schemas.text.Durations;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Runs of gates for people: a table, and Markdown. */
public final class GateText {
  private static final String DASH = "-";

  private GateText() {}

  /** A table; below each gate that does not pass, why and what to do. */
  public static String table(GateRunReport report) {
    TextTable table =
        new TextTable("gate", "outcome", "value", "limit", "n", "as of", "age", "file");
    for (GateRunReport.Gate gate : report.gates()) {
      table.row(
          gate.id(),
          outcome(gate),
          value(gate),
          gate.pass(),
          Long.toString(gate.samples()),
          time(gate.asOfUs()),
          age(gate),
          gate.file());
      if (gate.outcome() != GateOutcome.PASS) {
        table.note(gate.reason());
        table.note(gate.waiver() == null ? "mend: " + gate.mend() : waiver(gate.waiver()));
      }
    }
    return table.render() + "\n" + verdict(report) + "\n";
  }

  /** Markdown of the same. */
  static String markdown(GateRunReport report) {
    StringBuilder text = new StringBuilder();
    text.append("# ")
        .append(report.decision())
        .append(": stage ")
        .append(report.stage())
        .append("\n\n");
    facts(report).forEach(fact -> text.append("- ").append(cell(fact)).append('\n'));
    text.append("\n| gate | outcome | value | limit | n | as of | age, at most | why | mend |\n");
    text.append("|---|---|---|---|---|---|---|---|---|\n");
    for (GateRunReport.Gate gate : report.gates()) {
      text.append("| ")
          .append(
              String.join(
                  " | ",
                  List.of(
                      "`" + gate.id() + "`",
                      outcome(gate),
                      value(gate),
                      "`" + gate.pass() + "`",
                      Long.toString(gate.samples()),
                      time(gate.asOfUs()),
                      age(gate) + ", " + Durations.format(gate.maxAgeMs()),
                      cell(gate.reason()),
                      gate.outcome() == GateOutcome.PASS ? "" : cell(gate.mend()))))
          .append(" |\n");
    }
    return text.toString();
  }

  /** What a reader must know beside the gates, one sentence each. */
  static List<String> facts(GateRunReport report) {
    List<String> facts = new java.util.ArrayList<>();
    facts.add(verdict(report));
    facts.add(report.description());
    facts.add(
        "Judged for "
            + time(report.asOfUs())
            + " on "
            + report.datasets()
            + ", by "
            + report.createdBy()
            + ".");
    if (report.sinceUs() != null) {
      facts.add("Nothing before " + time(report.sinceUs()) + " was looked at.");
    }
    facts.add(
        "Evidence from "
            + report.provenance()
            + " on is accepted."
            + (report.rehearsal() ? " " + REHEARSAL : ""));
    facts.add(
        "Builds: "
            + listed(report.builds())
            + "; configurations: "
            + listed(
                report.configHashes().entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue())
                    .toList())
            + "; criteria: "
            + (report.criteriaHash() == null ? DASH : report.criteriaHash())
            + ".");
    facts.add("Approved by: " + listed(report.approvers()) + ".");
    report
        .waivers()
        .forEach(waiver -> facts.add(state(waiver, report.asOfUs()) + ": " + waiver(waiver)));
    return facts;
  }

  /** Said wherever weaker evidence was accepted. */
  static final String REHEARSAL =
      "This is weaker than the stage asks for: a rehearsal, nothing to release on.";

  /** The decision in one sentence. */
  public static String verdict(GateRunReport report) {
    long shut = report.gates().stream().filter(gate -> !gate.open()).count();
    long waived =
        report.gates().stream()
            .filter(gate -> gate.open() && gate.outcome() != GateOutcome.PASS)
            .count();
    return report.decision()
        + ": "
        + (report.gates().size() - shut)
        + " of "
        + report.gates().size()
        + " gates are open"
        + (waived > 0 ? ", " + waived + " by a waiver" : "")
        + (report.rehearsal() ? ". " + REHEARSAL : ".");
  }

  /** The way to green for people. */
  public static String steps(List<WayToGreen.Step> steps, long asOfUs) {
    if (steps.isEmpty()) {
      return "GO: nothing is in the way.\n";
    }
    TextTable table = new TextTable("gate", "at the earliest", "waits for");
    for (WayToGreen.Step step : steps) {
      table
          .row(
              step.gateId(),
              step.earliestUs() == null ? "when mended" : time(step.earliestUs()),
              step.waits())
          .note(step.reason())
          .note("do: " + step.mend());
    }
    Long earliest = WayToGreen.earliestUs(steps);
    long mended = steps.stream().filter(step -> step.earliestUs() == null).count();
    return table.render()
        + "\nNO-GO, judged for "
        + time(asOfUs)
        + ": "
        + (mended > 0
            ? mended + (mended == 1 ? " gate needs" : " gates need") + " a hand"
            : "no gate needs a hand")
        + (earliest == null
            ? "."
            : "; GO at the earliest at " + time(earliest) + ", if nothing more goes wrong.")
        + "\n";
  }

  static String outcome(GateRunReport.Gate gate) {
    return gate.outcome() + (gate.waiver() == null ? "" : " (waived)");
  }

  static String value(GateRunReport.Gate gate) {
    if (gate.value() == null) {
      return DASH;
    }
    String number = Limit.number(Math.round(gate.value() * 1e4) / 1e4);
    return gate.unit().equals("1") || gate.unit().equals("ratio")
        ? number
        : number + " " + gate.unit();
  }

  static String age(GateRunReport.Gate gate) {
    return gate.ageMs() == null
        ? DASH
        : Durations.format(Math.max(gate.ageMs(), 0) / 1_000 * 1_000);
  }

  static String time(Long us) {
    return us == null
        ? DASH
        : Instant.EPOCH.plus(us, ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String waiver(Waiver waiver) {
    return "`"
        + waiver.gateId()
        + "` waived by "
        + waiver.who()
        + ": "
        + waiver.why()
        + "; from "
        + time(waiver.grantedAtUs())
        + " until "
        + time(waiver.expiresAtUs());
  }

  private static String state(Waiver waiver, long asOfUs) {
    return waiver.inForce(asOfUs)
        ? "Waiver in force"
        : waiver.expiresAtUs() <= asOfUs ? "Waiver expired, void" : "Waiver not yet in force, void";
  }

  private static String listed(List<String> words) {
    return words.isEmpty() ? DASH : String.join(", ", words);
  }

  /** Safe in a cell of Markdown. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replaceAll("\\s+", " ");
  }
}
