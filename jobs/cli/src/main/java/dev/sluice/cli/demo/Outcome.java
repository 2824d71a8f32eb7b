// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.trial.TrialHistory;
import dev.sluice.cli.trial.TrialPage;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.flink.config.CriteriaFiles;
import dev.sluice.rules.trial.TrialPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;

/** Makes the report of a run that is over, from what was seen and what was stored. */
final class Outcome {
  private final DemoOptions options;
  private final Sightings seen;
  private final Observations observations;
  private final TrialPlan plan;
  private final long startUs;
  private final Set<String> commandIds;
  private final Map<String, Long> recordsByTopic;

  Outcome(
      DemoOptions options,
      Sightings seen,
      TrialPlan plan,
      long startUs,
      Set<String> commandIds,
      Map<String, Long> recordsByTopic) {
    this.options = options;
    this.seen = seen;
    this.observations = seen.live();
    this.plan = plan;
    this.startUs = startUs;
    this.commandIds = commandIds;
    this.recordsByTopic = recordsByTopic;
  }

  DemoReport report(List<String> knownProblems, DoubleSupplier wallS) {
    Scenario scenario = options.scenario();
    List<String> problems = new ArrayList<>(knownProblems);
    problems.addAll(observations.doubled());
    problems.addAll(seen.complaintsAboutTheShadow());
    Alarms alarms =
        Alarms.of(scenario, startUs, observations.gateAlarms(), observations.droppedEvents());
    problems.addAll(alarms.problems());
    try (Datasets datasets = new Datasets(options.datasets())) {
      Map<String, Long> fromEvents =
          new Oracle(datasets, scenario.engine())
              .due(scenario, startUs, CriteriaFiles.read(options.config().resolve("criteria")));
      Reckoning.Result result =
          Reckoning.of(
              scenario,
              startUs,
              Expected.of(scenario, startUs, fromEvents),
              observations.told(),
              observations.obeyed(),
              observations.verdicts(),
              commandIds,
              observations.healthAppendedMs()::get);
      FindingReckoning.Result found = FindingReckoning.of(scenario, startUs, seen.findings());
      Map<String, Completeness.Line> lines =
          Completeness.of(
              options.datasets(),
              datasets,
              new Completeness.Seen(
                  seen.decisions(),
                  observations.verdictRecords(),
                  startUs,
                  startUs + scenario.durationMs() * 1000,
                  seen.engineIds()),
              topic -> recordsByTopic.getOrDefault(topic, 0L),
              scenario);
      problems.addAll(Completeness.problems(lines));
      StoredWhole whole = StoredWhole.of(options, startUs);
      problems.addAll(whole.problems());
      TrialHistory history = seen.trials().history();
      TrialOutcome trial = plan == null ? null : trial(history, datasets);
      ParityReckoning.Result parity =
          scenario.shadow() ? ParityReckoning.of(scenario, startUs, seen.trials().windows()) : null;
      if (plan != null) {
        page(history);
      }
      List<DemoReport.Query> queries = Queries.run(datasets);
      return new DemoReport(
          scenario.name(),
          observations.glance().events(),
          wallS.getAsDouble(),
          judgedUs() / 3.6e9,
          result.faults(),
          result.unexpected(),
          found.rows(),
          found.unexpected(),
          trial,
          parity,
          problems,
          alarms.notes(),
          lines,
          whole,
          queries,
          options.out());
    }
  }

  private TrialOutcome trial(TrialHistory history, Datasets datasets) {
    RolloutReckoning.Result rollouts =
        RolloutReckoning.of(
            options.scenario(), startUs, observations.told(), observations.obeyed(), commandIds);
    return TrialOutcome.of(options.scenario(), plan, rollouts, history, datasets);
  }

  /** The trial over time, with plots; nothing when nothing was said of it. */
  private void page(TrialHistory history) {
    history
        .newest(options.scenario().engine(), options.scenario().trial())
        .ifPresent(
            key -> {
              try {
                Files.writeString(options.out().resolve("trial.html"), TrialPage.of(history, key));
              } catch (IOException e) {
                throw new UncheckedIOException("cannot write trial.html", e);
              }
            });
  }

  /** Event time judged, without the few buckets past the end that close the last one. */
  private long judgedUs() {
    return Math.min(observations.watermarkUs() - startUs, options.scenario().durationMs() * 1000);
  }
}
