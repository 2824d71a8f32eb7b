// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.TextTable;
import dev.sluice.schemas.codec.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What became of a run with its faults.
 *
 * @param judge {@code process} or {@code cluster}
 * @param eventMinutes event time that was played
 * @param wallS how long it took
 * @param faults in the order of their injection
 * @param invariants what must hold after every run
 */
public record DrillReport(
    String judge,
    double eventMinutes,
    double wallS,
    List<DrillResult> faults,
    List<DrillCheck> invariants,
    Path directory) {
  /** True when nothing failed; what was skipped has not failed, and is said. */
  public boolean pass() {
    return faults.stream().allMatch(fault -> fault.skipped() != null || fault.pass())
        && invariants.stream().allMatch(DrillCheck::pass);
  }

  /** For people. */
  public String text() {
    TextTable table = new TextTable("", "drill", "fault", "judged again after");
    for (DrillResult fault : faults) {
      table.row(
          fault.skipped() != null ? "skipped" : fault.pass() ? "ok" : "FAILED",
          fault.name(),
          seconds(fault.faultS()),
          seconds(fault.recoveryS()));
      table.note(fault.reason());
      fault.checks().stream()
          .filter(check -> !check.pass())
          .skip(1)
          .forEach(check -> table.note("FAILED: " + check.what() + ": " + check.found()));
      fault.figures().forEach((name, value) -> table.note(name + " " + value));
    }
    TextTable after = new TextTable("", "after the run", "found");
    for (DrillCheck check : invariants) {
      after.row(check.pass() ? "ok" : "FAILED", check.what(), check.found());
    }
    return table.render()
        + (invariants.isEmpty() ? "" : "\n" + after.render())
        + String.format(
            Locale.ROOT,
            "%n%s: %d drills on a judge as %s, %.0f min of event time in %.0f s; everything is in"
                + " %s%n",
            pass() ? "PASS" : "FAIL",
            faults.size(),
            judge.equals("cluster") ? "a cluster" : "one process",
            eventMinutes,
            wallS,
            directory);
  }

  /** Adds it to a JSON document. */
  public void json(ObjectNode node) {
    node.put("pass", pass())
        .put("judge", judge)
        .put("event_minutes", eventMinutes)
        .put("wall_s", wallS)
        .put("directory", directory.toString());
    ArrayNode drills = node.putArray("drills");
    for (DrillResult fault : faults) {
      ObjectNode drill = drills.addObject();
      drill
          .put("name", fault.name())
          .put("about", fault.about())
          .put("pass", fault.pass())
          .put("skipped", fault.skipped())
          .put("reason", fault.reason())
          .put("fault_s", fault.faultS())
          .put("recovery_s", fault.recoveryS());
      checks(drill.putArray("checks"), fault.checks());
      drill.set("figures", Json.mapper().valueToTree(fault.figures()));
    }
    checks(node.putArray("invariants"), invariants);
  }

  private static void checks(ArrayNode array, List<DrillCheck> checks) {
    for (DrillCheck check : checks) {
      array
          .addObject()
          .put("what", check.what())
          .put("pass", check.pass())
          .put("found", check.found());
    }
  }

  private static String seconds(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.1f s", value);
  }
}
