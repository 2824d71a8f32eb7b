// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.Home;
import dev.sluice.cli.broker.BrokerOptions;
import dev.sluice.cli.broker.EmbeddedBroker;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.cli.process.ChildProcess;
import dev.sluice.engine.fault.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Broker in this JVM, judge and engine as processes of their own that a test may kill, and the
 * scenario's operator. Everything lives below one directory.
 */
final class Playground implements AutoCloseable {
  private final Path directory;
  private final Scenario scenario;
  private final EmbeddedBroker broker;
  private final Watch watch;
  final Observations observations;
  final FindingBook findings;
  final Operator operator;
  private final List<ChildProcess> children = new ArrayList<>();
  private final List<String> settings;

  Playground(Path directory, Scenario scenario, String... settings) throws IOException {
    this.directory = directory;
    this.scenario = scenario;
    this.settings = List.of(settings);
    Files.createDirectories(directory);
    ScenarioFile.write(scenario, directory.resolve("scenario.yaml"));
    broker = EmbeddedBroker.start(BrokerOptions.in(directory.resolve("broker")));
    try (TopicsAdmin topics = new TopicsAdmin(bootstrap())) {
      topics.create(1, (short) 1);
    }
    Sightings seen = Sightings.of(scenario);
    observations = seen.live();
    findings = seen.findings();
    operator = new Operator(bootstrap(), scenario);
    operator.startsAt(scenario.startUs());
    watch = new Watch(bootstrap(), seen, operator::reached);
  }

  String bootstrap() {
    return broker.bootstrapServers();
  }

  /** {@code sluice jobs} in a process of its own. */
  ChildProcess startJobs(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "jobs",
                "--bootstrap",
                bootstrap(),
                "--config",
                Home.find().resolve("config").resolve("sluice.yaml").toString(),
                "--set",
                "flink.checkpoint.dir=" + directory.resolve("checkpoints"),
                "--set",
                "flink.checkpoint.interval=1s",
                "--set",
                "flink.checkpoint.min_pause=200ms",
                "--set",
                "datasets.dir=" + directory.resolve("datasets")));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of(more));
    return started(
        ChildProcess.java(
            "dev.sluice.cli.Main", List.of("-Xmx1g"), arguments, directory.resolve("jobs.out")));
  }

  /** The engine, remembering its state below the directory. */
  ChildProcess startEngine(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bootstrap",
                bootstrap(),
                "--scenario",
                directory.resolve("scenario.yaml").toString(),
                "--state-dir",
                directory.resolve("engine").toString(),
                "--progress",
                "json"));
    arguments.addAll(List.of(more));
    return started(
        ChildProcess.java(
            EngineArguments.MAIN, List.of("-Xmx512m"), arguments, directory.resolve("engine.out")));
  }

  /** What the engine's process printed so far. */
  List<String> engineLines() {
    try {
      return Files.readAllLines(directory.resolve("engine.out"));
    } catch (IOException e) {
      return List.of();
    }
  }

  Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  long watermarkMs() {
    return (observations.watermarkUs() - scenario.startUs()) / 1000;
  }

  /** Reads what is left on the topics and reckons up, without the oracle. */
  Reckoning.Result reckon() {
    watch.close();
    return Reckoning.of(
        scenario,
        scenario.startUs(),
        Expected.of(scenario, scenario.startUs(), Map.of()),
        observations.told(),
        observations.obeyed(),
        observations.verdicts(),
        operator.sentIds(),
        new HashMap<>(observations.healthAppendedMs())::get);
  }

  private ChildProcess started(ChildProcess child) {
    children.add(child);
    return child;
  }

  /** The last words of every process, for the message of a failed test. */
  String lastWords() {
    StringBuilder words = new StringBuilder();
    children.forEach(c -> words.append(String.join("\n", c.lastLines(20))).append("\n---\n"));
    return words.toString();
  }

  @Override
  public void close() {
    children.forEach(ChildProcess::close);
    watch.close();
    operator.close();
    broker.close();
  }
}
