// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.Cleanup;
import dev.sluice.cli.CliException;
import dev.sluice.cli.broker.BrokerOptions;
import dev.sluice.cli.broker.EmbeddedBroker;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.cli.flink.EmbeddedFlink;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.flink.app.AllJobs;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.rules.trial.TrialPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of the demo: broker, judge and engine together play a scenario; when it is over the judge
 * is stopped with a savepoint and the outcome is reckoned up. One thread; {@link #close} ends
 * whatever still runs, from any thread.
 */
public final class DemoRun implements AutoCloseable {
  /** Without any progress of the judge's watermark for so long the run is given up. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private static final Duration WIND_DOWN = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final long LOOK_EVERY_MS = 50;
  private static final int PARTITIONS = 1;

  private final DemoOptions options;
  private final Scenario scenario;
  private final Progress progress;
  private final Observations observations;
  private final Sightings seen;
  private final List<String> problems = new ArrayList<>();
  private EmbeddedBroker broker;
  private EmbeddedFlink flink;
  private Operator operator;
  private Watch watch;
  private Engines engines;
  private TrialPlan plan;
  private int failuresSeen;
  private volatile boolean closing;
  private long startUs = Long.MAX_VALUE;

  /** Prepares a run; {@code progress} gets the lines of progress. */
  public DemoRun(DemoOptions options, java.io.PrintWriter progress) {
    this.options = options;
    this.scenario = options.scenario();
    this.progress = new Progress(progress);
    this.seen = Sightings.of(scenario);
    this.observations = seen.live();
  }

  /**
   * Plays and reckons up.
   *
   * @throws CliException when the surroundings fail: a child process dies, the judge gets stuck
   */
  public DemoReport run() throws IOException {
    prepare();
    startBroker();
    startJudge();
    startEngines();
    play();
    windDown();
    return reckon();
  }

  private void prepare() throws IOException {
    Files.createDirectories(options.logs());
    ScenarioFile.write(scenario, options.out().resolve("scenario.yaml"));
    if (scenario.trial() != null) {
      plan = TrialFile.write(scenario, options.config().resolve("trials"), options.trials());
    }
  }

  private void startBroker() {
    try {
      broker = EmbeddedBroker.start(BrokerOptions.in(options.broker()));
    } catch (IllegalStateException e) {
      throw CliException.environment(
          e.getMessage(), options.broker().toString(), "see " + options.logs(), e);
    }
    try (TopicsAdmin topics = new TopicsAdmin(broker.bootstrapServers())) {
      topics.create(PARTITIONS, (short) 1);
    }
    progress.say("Kafka serves at " + broker.bootstrapServers());
  }

  private void startJudge() {
    SluiceConfig config =
        SluiceConfig.load(
            options.config().resolve("sluice.yaml"), judgeSettings(broker.bootstrapServers()));
    try {
      flink =
          EmbeddedFlink.start(
              new EmbeddedFlink.Options("sluice demo", PARTITIONS, 0, Optional.empty()),
              env -> AllJobs.define(env, config));
    } catch (IllegalStateException e) {
      throw CliException.environment(e.getMessage(), "Flink", "see " + options.logs(), e);
    }
    progress.say("Flink runs the judge (" + flink.webAddress() + ")");
    operator = new Operator(broker.bootstrapServers(), scenario);
    watch = new Watch(broker.bootstrapServers(), seen, operator::reached);
  }

  private List<String> judgeSettings(String bootstrap) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "kafka.bootstrap=" + bootstrap,
                "roster=" + roster(),
                "flink.parallelism=" + PARTITIONS,
                "flink.checkpoint.dir=" + options.checkpoints().toAbsolutePath(),
                "datasets.enabled=true",
                "datasets.dir=" + options.datasets().toAbsolutePath()));
    if (plan != null) {
      settings.add("trials.dir=" + options.trials().toAbsolutePath());
    }
    if (scenario.shadow()) {
      settings.add("parity.pairs=[" + scenario.engine() + "=" + Sightings.shadowId(scenario) + "]");
    }
    return settings;
  }

  private String roster() {
    return scenario.shadow()
        ? "[" + scenario.engine() + ", " + Sightings.shadowId(scenario) + "]"
        : "[" + scenario.engine() + "]";
  }

  private void startEngines() {
    engines = Engines.start(options, broker.bootstrapServers());
    progress.say("the engine runs as process " + engines.pids());
  }

  /** Until the engine has played the scenario to its end and the judge has judged all of it. */
  private void play() {
    long lastWatermarkUs = 0;
    long movedNs = System.nanoTime();
    while (engines.alive() || seen.watermarkUs() < endUs()) {
      pause();
      if (startUs == Long.MAX_VALUE && observations.firstEventUs() != Long.MAX_VALUE) {
        startUs = options.data().isEmpty() ? scenario.startUs() : observations.firstEventUs();
        operator.startsAt(startUs);
      }
      if (startUs != Long.MAX_VALUE) {
        progress.show(observations.glance(), startUs, endUs());
      }
      checkHealth();
      if (seen.watermarkUs() > lastWatermarkUs) {
        lastWatermarkUs = seen.watermarkUs();
        movedNs = System.nanoTime();
      } else if (System.nanoTime() - movedNs > stuckNs()) {
        throw stuck();
      }
    }
    progress.done();
    progress.say("the engine is done and everything is judged");
  }

  private long endUs() {
    return startUs == Long.MAX_VALUE ? Long.MAX_VALUE : startUs + scenario.durationMs() * 1000;
  }

  /** A run in real time moves its watermark once per bucket. */
  private long stuckNs() {
    double bucketS = options.speed() > 0 ? 10.0 / options.speed() : 0;
    return STUCK.toNanos() + (long) (bucketS * 3e9);
  }

  private CliException stuck() {
    return CliException.failed(
        "the judge's watermark stands still at "
            + Reckoning.instant(seen.watermarkUs())
            + (engines.alive() ? "" : " although the engine has ended"),
        "job " + flink.status() + ", engine " + observations.glance().engineMode(),
        "see " + options.logs());
  }

  private void checkHealth() {
    if (closing) {
      throw CliException.environment(
          "stopped by a signal",
          options.out().toString(),
          "start it again with another --out",
          null);
    }
    engines.check();
    if (watch.failure() != null) {
      throw CliException.environment(
          "reading the outcome topics failed: " + watch.failure().getMessage(),
          broker.bootstrapServers(),
          "see " + options.logs(),
          watch.failure());
    }
    if (flink.status().isGloballyTerminalState()) {
      throw CliException.environment(
          "the job ended: " + flink.failure().orElse(flink.status().toString()),
          "Flink",
          "see " + options.logs(),
          null);
    }
    int failures = flink.failures();
    if (failures > failuresSeen) {
      failuresSeen = failures;
      progress.say("the job restarts: " + flink.failure().orElse("?"));
    }
  }

  /**
   * What is complete becomes files. The engine has ended before, so that no further answer can
   * come; the watch reads to the end of what there is.
   */
  private void windDown() {
    long deadline = System.nanoTime() + WIND_DOWN.toNanos();
    flink.stopWithSavepoint(options.checkpoints().resolve("end").toUri(), STOP);
    watch.close();
    progress.say(
        "the judge has stopped with a savepoint"
            + (System.nanoTime() > deadline ? ", slowly" : ""));
  }

  private DemoReport reckon() {
    if (failuresSeen > 0) {
      problems.add("the job restarted " + failuresSeen + " times");
    }
    observations
        .refusals()
        .forEach(v -> problems.add("a command was refused: " + v.evidence().reason()));
    if (operator.waiting() > 0) {
      problems.add(operator.waiting() + " commands of the scenario were never sent");
    }
    try (TopicsAdmin topics = new TopicsAdmin(broker.bootstrapServers())) {
      Map<String, Long> records = new HashMap<>();
      topics.list().forEach(state -> records.put(state.name(), state.records()));
      return new Outcome(options, seen, plan, startUs, operator.sentIds(), records)
          .report(problems, progress::wallS);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.environment("interrupted", "demo", "start it again", e);
    }
  }

  /** Ends whatever still runs: the engine first, the broker last. */
  @Override
  public void close() {
    closing = true;
    closeAll();
  }

  private synchronized void closeAll() {
    closeQuietly(engines);
    closeQuietly(watch);
    closeQuietly(operator);
    closeQuietly(flink);
    closeQuietly(broker);
    if (!options.keep()) {
      Cleanup.delete(options.broker());
      Cleanup.delete(options.checkpoints());
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    if (closeable == null) {
      return;
    }
    try {
      closeable.close();
    } catch (Exception e) {
      org.slf4j.LoggerFactory.getLogger(DemoRun.class).warn("while closing", e);
    }
  }
}
