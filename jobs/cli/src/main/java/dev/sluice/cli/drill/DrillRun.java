// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One run: broker, judge and engine play a scenario, the faults are injected one after another, the
 * judge is stopped in order, and what must hold is looked at. {@link #play} then {@link #report};
 * {@link #close} ends whatever still runs.
 */
public final class DrillRun implements AutoCloseable {
  /** Without any progress of the judge's watermark for so long the run is given up. */
  private static final Duration STUCK = Duration.ofSeconds(180);

  private static final Duration LAST_WORDS = Duration.ofSeconds(60);
  private static final long BUCKET_US = 10_000_000L;
  private static final long SAY_EVERY_NS = TimeUnit.SECONDS.toNanos(5);

  private final List<Fault> faults;
  private final Map<Fault, String> skipped = new HashMap<>();
  private final Map<Fault, Injection> injections = new HashMap<>();
  private final String judge;
  private final Path directory;
  private final DrillPlan plan;
  private final DrillStage stage;
  private final long startedNs = System.nanoTime();
  private final Consumer<String> progress;
  private String broken;
  private double wallS;

  /**
   * When a fault was injected.
   *
   * @param fromNs {@link System#nanoTime} before
   * @param toNs after
   * @param pastUs event time that had been reached by the engine, and one bucket
   */
  private record Injection(long fromNs, long toNs, long pastUs) {}

  /**
   * Starts the broker; nothing else runs yet.
   *
   * @param judge what kind of judge {@code site} makes, for the report
   * @param progress told what happens, a line each
   */
  public DrillRun(
      List<Fault> wanted,
      String judge,
      Site site,
      Path directory,
      long seed,
      Consumer<String> progress)
      throws IOException {
    this.judge = judge;
    this.directory = directory;
    this.progress = progress;
    this.faults = List.copyOf(wanted);
    for (Fault fault : faults) {
      String why = fault.impossible();
      if (why != null) {
        skipped.put(fault, why);
        say("SKIPPED " + fault.name() + ": " + why);
      }
    }
    plan = new DrillPlan(possible(), seed);
    stage =
        new DrillStage(
            directory,
            plan.scenario(),
            site,
            plan.judgeSettings(),
            plan.engineArguments(),
            plan.partitions(),
            this::say);
  }

  private List<Fault> possible() {
    return faults.stream().filter(fault -> !skipped.containsKey(fault)).toList();
  }

  /** The stage of this run. */
  public DrillStage stage() {
    return stage;
  }

  /**
   * Plays to the end. A fault that is not recovered from ends it earlier, and {@link #report} says
   * so.
   */
  public void play() throws IOException, InterruptedException {
    if (possible().isEmpty()) {
      return;
    }
    try {
      for (Fault fault : possible()) {
        fault.open(stage);
      }
      stage.judge().start();
      stage.startEngine();
      say("broker, judge and engine run");
      for (Fault fault : possible()) {
        awaitJudged(plan.injectMs(fault));
        inject(fault);
      }
      awaitEnd();
    } catch (DrillFailure e) {
      broken = e.getMessage();
      say("FAILED: " + broken);
    }
    wallS = (System.nanoTime() - startedNs) / 1e9;
  }

  private void inject(Fault fault) throws IOException, InterruptedException {
    if (!stage.engine().alive()) {
      throw new DrillFailure("the run was over before " + fault.name() + " could be injected");
    }
    say(fault.name() + ": " + fault.about());
    long pastUs = stage.eventTimeUs() + BUCKET_US;
    long fromNs = System.nanoTime();
    fault.inject(stage);
    Injection injection = new Injection(fromNs, System.nanoTime(), pastUs);
    injections.put(fault, injection);
    awaitJudged((pastUs - stage.scenario().startUs()) / 1000);
    say(String.format("%s: judged again after %.1f s", fault.name(), recoveryS(injection)));
  }

  private double recoveryS(Injection injection) {
    return Math.max(0, stage.judgedAtNs(injection.pastUs()) - injection.fromNs()) / 1e9;
  }

  private void awaitJudged(long offsetMs) throws InterruptedException {
    long lastMs = stage.watermarkMs();
    long movedNs = System.nanoTime();
    long saidNs = movedNs;
    while (stage.watermarkMs() < offsetMs) {
      Thread.sleep(20);
      if (stage.watchFailure() != null) {
        throw new DrillFailure("reading the topics failed: " + stage.watchFailure().getMessage());
      }
      if (!stage.judge().running()) {
        throw new DrillFailure("the judge has ended: " + stage.judge().lastWords());
      }
      if (!stage.engine().alive() && stage.engine().exitCode() != 0) {
        throw new DrillFailure(
            "the engine has ended with exit code "
                + stage.engine().exitCode()
                + ": "
                + stage.engine().lastLines(1));
      }
      long now = System.nanoTime();
      if (stage.watermarkMs() > lastMs) {
        lastMs = stage.watermarkMs();
        movedNs = now;
      } else if (now - movedNs > STUCK.toNanos()) {
        throw new DrillFailure("the judge's watermark stands still: " + stage.state());
      }
      if (now - saidNs > SAY_EVERY_NS) {
        saidNs = now;
        int restarts = stage.judge().restarts(); // asked now and then: a kill forgets them
        say(stage.state() + (restarts == 0 ? "" : ", " + restarts + " restarts"));
      }
    }
  }

  /** The engine has played all of it, all of it is judged, and what is complete becomes files. */
  private void awaitEnd() throws InterruptedException {
    awaitJudged(stage.scenario().durationMs());
    stage.await("the end of the engine", LAST_WORDS, () -> !stage.engine().alive());
    if (stage.engine().exitCode() != 0) {
      throw new DrillFailure(
          "the engine ended with "
              + stage.engine().exitCode()
              + ": "
              + stage.engine().lastLines(5));
    }
    stage.judge().stop();
    stage.endWatch();
    say("all is judged, the judge has stopped with a savepoint");
  }

  /** What became of it: looks at the topics and the datasets as they are now. */
  public DrillReport report() {
    List<DrillResult> results = new ArrayList<>();
    List<DrillCheck> invariants = new ArrayList<>();
    if (broken != null) {
      invariants.add(new DrillCheck("the run comes to its end", false, broken));
    } else if (!possible().isEmpty()) {
      invariants.addAll(looked("the invariants", () -> new Invariants(stage, plan).check()));
    }
    for (Fault fault : faults) {
      results.add(result(fault));
    }
    return new DrillReport(
        judge, stage.scenario().durationMs() / 60_000.0, wallS, results, invariants, directory);
  }

  private DrillResult result(Fault fault) {
    Injection injection = injections.get(fault);
    if (injection == null || broken != null) {
      return new DrillResult(
          fault.name(),
          fault.about(),
          skipped.get(fault),
          null,
          null,
          skipped.containsKey(fault)
              ? List.of()
              : List.of(DrillCheck.fail("the run comes to its end", "it does not: see below")),
          Map.of());
    }
    List<DrillCheck> checks = looked("its checks", () -> fault.check(stage));
    return new DrillResult(
        fault.name(),
        fault.about(),
        null,
        (injection.toNs() - injection.fromNs()) / 1e9,
        recoveryS(injection),
        checks,
        fault.figures());
  }

  /** Topics or datasets that cannot even be read are a drill that failed. */
  private static List<DrillCheck> looked(String what, Supplier<List<DrillCheck>> look) {
    try {
      return look.get();
    } catch (IllegalStateException | IllegalArgumentException e) {
      return List.of(
          new DrillCheck(
              what + " can be made",
              false,
              String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ")));
    }
  }

  private void say(String line) {
    progress.accept(
        String.format(Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - startedNs) / 1e9, line));
  }

  @Override
  public void close() {
    stage.close();
    for (Fault fault : faults) {
      fault.close();
    }
  }

  /**
   * The directory of a run, made.
   *
   * @throws CliException when it cannot be
   */
  public static Path directory(Path out, String name) {
    try {
      return Files.createDirectories(out.resolve(name));
    } catch (IOException e) {
      throw CliException.environment(
          "cannot make a directory", out.toString(), "give another --out", e);
    }
  }
}
