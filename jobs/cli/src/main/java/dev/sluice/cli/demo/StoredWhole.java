// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Version;
import dev.sluice.cli.verify.DatasetLocation;
import dev.sluice.cli.verify.ManifestCheck;
import dev.sluice.cli.verify.ManifestWriter;
import dev.sluice.cli.verify.Span;
import dev.sluice.cli.verify.Verification;
import dev.sluice.cli.verify.VerificationText;
import dev.sluice.cli.verify.Verifier;
import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.rules.completeness.CompletenessSettings;
import dev.sluice.schemas.text.Durations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code sluice verify} says of a run's datasets, after their manifests were written, and how
 * that agrees with what the scenario loses on purpose. Nothing else may be missing: a simulation
 * has no tolerance.
 *
 * @param covered least time without a gap up to the end that the scenario allows for
 * @param planned what is missing because the scenario loses it, one sentence each
 * @param problems what is missing for no such reason
 * @param manifests written
 */
record StoredWhole(
    Path datasets,
    String covered,
    Verification verification,
    List<String> planned,
    List<String> problems,
    int manifests) {
  /** Minutes at both ends of a gap that are touched by it. */
  private static final long SLACK_MS = 120_000;

  /**
   * Writes the manifests and verifies.
   *
   * @param startUs event time of the run's start
   */
  static StoredWhole of(DemoOptions options, long startUs) {
    Scenario scenario = options.scenario();
    long coveredMs = options.data().isEmpty() ? coveredMs(scenario) : 0;
    try (DatasetLocation location = DatasetLocation.of(options.datasets().toString())) {
      int manifests =
          new ManifestWriter(location, Version.own(), step -> {}).write(null, null).size();
      Verification found =
          Verifier.verify(
              options.datasets(),
              options.datasets().toString(),
              Span.ALL,
              new CompletenessSettings(0, 0, coveredMs),
              ManifestCheck.of(location.files(), step -> {}),
              step -> {});
      PlannedLoss loss = PlannedLoss.of(scenario, startUs, found);
      return new StoredWhole(
          options.datasets(),
          Durations.format(coveredMs),
          found,
          loss.planned(),
          loss.problems(),
          manifests);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot verify " + options.datasets(), e);
    }
  }

  /** From the end of the last fault that stops the ticks to the end of the run. */
  static long coveredMs(Scenario scenario) {
    long lastGapMs =
        scenario.faults().stream()
            .filter(f -> f.kind() == FaultKind.HOLE || f.kind() == FaultKind.SILENCE)
            .mapToLong(f -> f.atMs() + f.forMs())
            .max()
            .orElse(0);
    long slackMs = lastGapMs == 0 ? 0 : SLACK_MS;
    return Math.max(0, scenario.durationMs() - lastGapMs - slackMs) / 60_000 * 60_000;
  }

  /** The command that says the same again. */
  String command() {
    return "./sluice verify " + datasets + " --covered " + covered;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        planned.isEmpty() && problems.isEmpty()
            ? String.format(
                Locale.ROOT,
                "Complete: %d checks, all passed; %d manifests written",
                verification.checks().size(),
                manifests)
            : String.format(
                Locale.ROOT,
                "Of %d checks of completeness %d passed; %d manifests written",
                verification.checks().size(),
                verification.count(dev.sluice.rules.completeness.CheckResult.PASS),
                manifests));
    planned.forEach(line -> lines.add("  " + line));
    lines.add("  again: " + command() + (verification.complete() ? "" : "   (exits 2 for that)"));
    return "\n" + String.join("\n", lines) + "\n";
  }

  void json(ObjectNode node) {
    VerificationText.fill(node, verification);
    planned.forEach(node.putArray("planned")::add);
    node.put("manifests_written", manifests);
    node.put("command", command());
  }
}
