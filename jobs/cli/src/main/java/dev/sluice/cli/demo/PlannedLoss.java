// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.verify.Verification;
import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.rules.completeness.CompletenessCheck;
import dev.sluice.rules.completeness.NumberRange;
import dev.sluice.rules.completeness.StreamCounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is missing, told apart: lost because the scenario has a hole there, or lost for no reason.
 *
 * @param planned one sentence per hole that is where the scenario has it
 * @param problems the rest, and holes that were planned and did not come
 */
record PlannedLoss(List<String> planned, List<String> problems) {
  /** How far the ticks beside a hole may be from its borders: one pass, and a bucket. */
  private static final long BORDER_US = 10_000_000;

  static PlannedLoss of(Scenario scenario, long startUs, Verification found) {
    PlannedLoss loss = new PlannedLoss(new ArrayList<>(), new ArrayList<>());
    List<Scenario.Fault> holes =
        scenario.faults().stream().filter(f -> f.kind() == FaultKind.HOLE).toList();
    Set<String> seen = new HashSet<>();
    for (StreamCounts stream : found.counts().streams()) {
      loss.take(stream, holes, startUs, seen);
    }
    for (Scenario.Fault hole : holes) {
      if (!seen.contains(hole.id())) {
        loss.problems.add(hole.id() + ": ticks were to be lost there, and none are");
      }
    }
    for (CompletenessCheck check : found.checks()) {
      if (!check.ok() && !check.name().equals("count_delta")) {
        loss.problems.add(check.reason());
      }
    }
    return loss;
  }

  /** Explains what a stream lacks; {@code seen} gets the holes that did. */
  private void take(
      StreamCounts stream, List<Scenario.Fault> holes, long startUs, Set<String> seen) {
    long explained = 0;
    for (NumberRange range : stream.missing()) {
      Scenario.Fault hole =
          stream.dataset().equals("ticks")
              ? holes.stream().filter(f -> within(range, f, startUs)).findFirst().orElse(null)
              : null;
      if (hole != null) {
        seen.add(hole.id());
        explained += range.count();
        planned.add(
            String.format(
                Locale.ROOT,
                "%,d ticks (%s) lost before the archive, on the way, as the scenario planned (%s)",
                range.count(),
                range.text(),
                hole.id()));
      }
    }
    if (stream.countDelta() != explained || stream.said() == null) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%s: %s sent, %,d stored, and %,d lost as planned",
              stream.subject(),
              stream.said() == null ? "nobody knows how many" : Long.toString(stream.sent()),
              stream.stored(),
              explained));
    }
  }

  private static boolean within(NumberRange range, Scenario.Fault hole, long startUs) {
    long fromUs = startUs + hole.atMs() * 1000;
    long toUs = fromUs + hole.forMs() * 1000;
    return range.beforeUs() != null
        && range.afterUs() != null
        && Math.abs(range.beforeUs() - fromUs) <= BORDER_US
        && Math.abs(range.afterUs() - toUs) <= BORDER_US;
  }
}
