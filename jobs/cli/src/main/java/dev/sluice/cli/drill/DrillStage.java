// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.cli.demo.EngineArguments;
import dev.sluice.cli.demo.Observations;
import dev.sluice.cli.demo.Operator;
import dev.sluice.cli.demo.ScenarioFile;
import dev.sluice.cli.demo.Sightings;
import dev.sluice.cli.demo.Watch;
import dev.sluice.cli.process.ChildProcess;
import dev.sluice.engine.fault.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a fault has to do with: a broker, a judge and an engine, each a process of its own that may
 * be killed and started again, the scenario's operator, and what was seen on the topics. Everything
 * lives below one directory. One thread, except what is said to be otherwise.
 */
public final class DrillStage implements AutoCloseable {
  private final Path directory;
  private final Scenario scenario;
  private final List<String> engineArguments;
  private final Site site;
  private final Judge judge;
  private final Sightings seen;
  private final Operator operator;
  private final Watch watch;
  private final List<ChildProcess> engines = new ArrayList<>();
  private final TreeMap<Long, Long> judgedAtNs = new TreeMap<>();
  private final List<LeaseSafety.Outage> outages = new ArrayList<>();
  private final Consumer<String> progress;
  private long brokerGoneMs;

  /**
   * Starts the broker, creates the topics and watches; neither judge nor engine run yet.
   *
   * @param progress told what happens, a line each
   */
  public DrillStage(
      Path directory,
      Scenario scenario,
      Site site,
      List<String> judgeSettings,
      List<String> engineArguments,
      int partitions,
      Consumer<String> progress)
      throws IOException {
    this.directory = directory;
    this.scenario = scenario;
    this.site = site;
    this.engineArguments = List.copyOf(engineArguments);
    this.progress = progress;
    Files.createDirectories(directory);
    ScenarioFile.write(scenario, directory.resolve("scenario.yaml"));
    try (TopicsAdmin topics = new TopicsAdmin(bootstrap())) {
      topics.create(partitions, (short) 1);
    }
    List<String> settings = new ArrayList<>(judgeSettings);
    settings.add("datasets.dir=" + datasets().toAbsolutePath());
    judge =
        site.judge(
            new JudgeSettings(bootstrap(), directory.resolve("judge"), settings, partitions));
    Files.createDirectories(directory.resolve("judge"));
    seen = Sightings.of(scenario);
    operator = new Operator(bootstrap(), scenario);
    operator.startsAt(scenario.startUs());
    watch = new Watch(bootstrap(), seen, this::judged);
  }

  private void judged(long watermarkUs) {
    synchronized (judgedAtNs) {
      judgedAtNs.put(watermarkUs, System.nanoTime());
    }
    operator.reached(watermarkUs);
  }

  /** Where everything of this run is. */
  public Path directory() {
    return directory;
  }

  /** Where the judge's datasets are. */
  public Path datasets() {
    return directory.resolve("datasets");
  }

  /** Where the judge's checkpoints are. */
  public Path checkpoints() {
    return directory.resolve("judge").resolve("checkpoints");
  }

  /** What is played. */
  public Scenario scenario() {
    return scenario;
  }

  /** Of Kafka, {@code host:port}. */
  public String bootstrap() {
    return site.broker().bootstrap();
  }

  public Site site() {
    return site;
  }

  public Broker broker() {
    return site.broker();
  }

  public Judge judge() {
    return judge;
  }

  /** Everything seen on the outcome topics. */
  public Sightings seen() {
    return seen;
  }

  /** What was seen of the engine. */
  public Observations observations() {
    return seen.live();
  }

  public Operator operator() {
    return operator;
  }

  /** What ended the watching, or null. */
  public RuntimeException watchFailure() {
    return watch.failure();
  }

  /** Starts the engine; a later one goes on where the one before left off. */
  public ChildProcess startEngine(String... more) {
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
                "json",
                "--kafka-wait",
                "2m"));
    arguments.addAll(engineArguments);
    arguments.addAll(List.of(more));
    ChildProcess engine =
        ChildProcess.java(
            EngineArguments.MAIN,
            List.of("-Xmx384m", "-XX:+UseSerialGC"),
            arguments,
            directory.resolve("engine.out"));
    engines.add(engine);
    return engine;
  }

  /** The engine of this moment, the newest life. */
  public ChildProcess engine() {
    return engines.get(engines.size() - 1);
  }

  /** What the engine's processes have printed so far, all lives. */
  public List<String> engineLines() {
    try {
      return Files.readAllLines(directory.resolve("engine.out"));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The mode the engine itself is in, by its last line of progress; empty before the first. */
  public String engineMode() {
    List<EngineLine> lines = EngineLine.of(engineLines());
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1).mode();
  }

  /**
   * Whether the engine's lease has lapsed and it does not run, by its last line of progress: it is
   * in REDUCE_ONLY or PAUSE by itself, or in HALT already.
   */
  public boolean fallenBack() {
    List<EngineLine> lines = EngineLine.of(engineLines());
    EngineLine last = lines.isEmpty() ? null : lines.get(lines.size() - 1);
    return last != null && last.leaseLeftMs() < 0 && !last.mode().equals("RUN");
  }

  /** Event time up to which the engine is judged, 0 before. Any thread. */
  public long watermarkUs() {
    return seen.live().watermarkUs();
  }

  /** The same, offset from the scenario's start, milliseconds; negative before. Any thread. */
  public long watermarkMs() {
    return (watermarkUs() - scenario.startUs()) / 1000;
  }

  /** Event time that the engine has reached, by its newest heartbeat, 0 before. Any thread. */
  public long eventTimeUs() {
    return seen.live().glance().eventTimeUs();
  }

  /** {@link System#nanoTime} at which an event time was first judged; −1 when it is not yet. */
  public long judgedAtNs(long eventTimeUs) {
    synchronized (judgedAtNs) {
      var entry = judgedAtNs.ceilingEntry(eventTimeUs);
      return entry == null ? -1 : entry.getValue();
    }
  }

  /**
   * Waits until something is so.
   *
   * @param what is waited for, for people: "REDUCE_ONLY by the lapsed lease"
   * @throws DrillFailure when it is not so in time
   */
  public void await(String what, Duration atMost, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new DrillFailure(
            what
                + " did not come within "
                + atMost.toSeconds()
                + " s; "
                + state()
                + (judge.running() ? "" : "; the judge does not run: " + judge.lastWords()));
      }
      Thread.sleep(50);
    }
  }

  /** How things stand, one line. */
  public String state() {
    return "judged up to "
        + watermarkMs() / 1000
        + " s of "
        + scenario.durationMs() / 1000
        + " s, engine "
        + engineMode();
  }

  /** Kills the broker as a crash would; nothing is appended from now on. */
  public void killBroker() {
    brokerGoneMs = System.currentTimeMillis();
    broker().kill();
  }

  /** Starts the broker again; returns once it serves. */
  public void startBroker() {
    broker().start();
    outages.add(new LeaseSafety.Outage(brokerGoneMs, System.currentTimeMillis()));
  }

  /** Times without a broker, so far. */
  List<LeaseSafety.Outage> outages() {
    return List.copyOf(outages);
  }

  /** Tells a person what happens. */
  public void say(String line) {
    progress.accept(line);
  }

  /** Reads what is left on the topics and stops watching. */
  void endWatch() {
    watch.close();
  }

  /** Ends what still runs, the engine first, the broker last. */
  @Override
  public void close() {
    engines.forEach(ChildProcess::close);
    judge.close();
    watch.close();
    operator.close();
    site.close();
  }
}
