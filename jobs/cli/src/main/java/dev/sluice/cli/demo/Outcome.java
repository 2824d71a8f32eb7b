// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** Makes the report of a run that is over, from what was seen and what was stored. */
final class Outcome {
  private final DemoOptions options;
  private final Observations observations;
  private final FindingBook findings;
  private final long startUs;
  private final Set<String> commandIds;
  private final Map<String, Long> recordsByTopic;

  Outcome(
      DemoOptions options,
      Observations observations,
      FindingBook findings,
      long startUs,
      Set<String> commandIds,
      Map<String, Long> recordsByTopic) {
    this.options = options;
    this.observations = observations;
    this.findings = findings;
    this.startUs = startUs;
    this.commandIds = commandIds;
    this.recordsByTopic = recordsByTopic;
  }

  DemoReport report(List<String> knownProblems, DoubleSupplier wallS) {
    Scenario scenario = options.scenario();
    List<String> problems = new ArrayList<>(knownProblems);
    problems.addAll(observations.doubled());
    Alarms alarms =
        Alarms.of(scenario, startUs, observations.gateAlarms(), observations.droppedEvents());
    problems.addAll(alarms.problems());
    try (Datasets datasets = new Datasets(options.datasets())) {
      Map<String, Long> fromEvents =
          new Oracle(datasets, scenario.engine())
              .due(scenario, startUs, criteria(options.config().resolve("criteria")));
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
      FindingReckoning.Result found = FindingReckoning.of(scenario, startUs, findings);
      Map<String, Completeness.Line> lines =
          Completeness.of(
              options.datasets(),
              datasets,
              observations.sent(),
              new Completeness.Seen(
                  observations.decisions(),
                  observations.verdictRecords(),
                  startUs,
                  startUs + scenario.durationMs() * 1000),
              topic -> recordsByTopic.getOrDefault(topic, 0L),
              Completeness.Expect.of(scenario));
      problems.addAll(Completeness.problems(lines));
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
          problems,
          alarms.notes(),
          lines,
          queries,
          options.out());
    }
  }

  /** Event time judged, without the few buckets past the end that close the last one. */
  private long judgedUs() {
    return Math.min(observations.watermarkUs() - startUs, options.scenario().durationMs() * 1000);
  }

  /** The criteria files, without their tests. */
  private static List<CriterionSpec> criteria(Path directory) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".yaml") && !name.endsWith("test.yaml")) {
          texts.put(name, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the criteria in " + directory, e);
    }
    return CriteriaYaml.parseAll(texts);
  }
}
