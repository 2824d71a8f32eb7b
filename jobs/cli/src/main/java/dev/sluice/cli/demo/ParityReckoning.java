// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.engine.fault.ExpectedDrift;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the windows of parity with the drifts the scenario expects. Pure. A window that lies in
 * an expected drift must name its cause, one that overlaps it may, every other must name none.
 */
final class ParityReckoning {
  private static final int MAX_LINES = 20;

  private ParityReckoning() {}

  /**
   * One expected drift.
   *
   * @param windows that lie in it
   * @param named of them, those that name the cause
   * @param evidence the words of the last that does
   */
  record Row(
      ExpectedDrift expected, int windows, int named, String evidence, @Nullable String problem) {
    boolean ok() {
      return problem == null;
    }
  }

  /**
   * The outcome.
   *
   * @param windows all of them
   * @param compared of them, those with enough pairs
   */
  record Result(List<Row> rows, List<String> unexpected, int windows, int compared) {
    boolean ok() {
      return unexpected.isEmpty() && rows.stream().allMatch(Row::ok);
    }
  }

  /**
   * Reckons up.
   *
   * @param startUs event time of the run's start
   * @param windows by time; those that begin after the scenario's end are not looked at
   */
  static Result of(Scenario scenario, long startUs, List<Parity> windows) {
    long endUs = startUs + scenario.durationMs() * 1000;
    List<Parity> played = windows.stream().filter(w -> w.startUs() < endUs).toList();
    List<Row> rows =
        scenario.parity().stream().map(expected -> row(expected, startUs, played)).toList();
    List<String> unexpected = new ArrayList<>();
    for (Parity window : played) {
      boolean explained =
          window.cause() == null
              || scenario.parity().stream()
                  .anyMatch(e -> e.cause() == window.cause() && overlaps(e, startUs, window));
      if (!explained && unexpected.size() < MAX_LINES) {
        unexpected.add(
            window.cause()
                + " in the window from "
                + Reckoning.instant(window.startUs())
                + ": "
                + window.reason());
      }
    }
    int compared = (int) played.stream().filter(w -> w.outcome() == VerdictOutcome.PASS).count();
    return new Result(rows, unexpected, played.size(), compared);
  }

  private static Row row(ExpectedDrift expected, long startUs, List<Parity> windows) {
    List<Parity> own = windows.stream().filter(w -> lies(expected, startUs, w)).toList();
    List<Parity> named = own.stream().filter(w -> w.cause() == expected.cause()).toList();
    String problem = null;
    if (own.isEmpty()) {
      problem = "no window lies in it";
    } else if (named.size() < own.size()) {
      Parity silent = own.stream().filter(w -> w.cause() != expected.cause()).findFirst().get();
      problem =
          own.size()
              - named.size()
              + " windows do not name it, the first from "
              + Reckoning.instant(silent.startUs())
              + ": "
              + silent.reason();
    }
    return new Row(
        expected,
        own.size(),
        named.size(),
        named.isEmpty() ? "" : named.get(named.size() - 1).reason(),
        problem);
  }

  private static boolean lies(ExpectedDrift expected, long startUs, Parity window) {
    return window.startUs() >= startUs + expected.fromMs() * 1000
        && endUs(window) <= startUs + expected.toMs() * 1000;
  }

  private static boolean overlaps(ExpectedDrift expected, long startUs, Parity window) {
    return window.startUs() < startUs + expected.toMs() * 1000
        && endUs(window) > startUs + expected.fromMs() * 1000;
  }

  private static long endUs(Parity window) {
    return window.startUs() + window.widthMs() * 1000;
  }
}
