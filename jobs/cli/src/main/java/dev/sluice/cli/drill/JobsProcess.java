// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.cli.CliException;
import dev.sluice.cli.cluster.FlinkRest;
import dev.sluice.cli.process.ChildProcess;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code sluice jobs} as a process of its own: a whole Flink that dies as one. */
final class JobsProcess implements Judge {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(200);
  private static final int LAST_LINES = 20;

  private final JudgeSettings settings;
  private final Path config;
  private final List<String> earlierFailures = new ArrayList<>();
  private List<String> failures = List.of();
  private ChildProcess process;
  private FlinkRest web;
  private int life;

  JobsProcess(JudgeSettings settings, Path config) {
    this.settings = settings;
    this.config = config;
  }

  @Override
  public void start() {
    start(List.of());
  }

  @Override
  public void resume() {
    start(List.of("--resume"));
  }

  private void start(List<String> more) {
    synchronized (this) {
      earlierFailures.addAll(failures);
      failures = List.of();
      web = null;
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "jobs",
                "--bootstrap",
                settings.bootstrap(),
                "--config",
                config.toString(),
                "--output",
                "json"));
    List<String> all = new ArrayList<>(settings.settings());
    all.add("flink.checkpoint.dir=" + settings.checkpoints().toAbsolutePath());
    all.add("flink.parallelism=" + settings.parallelism());
    all.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.addAll(more);
    life++;
    Path said = settings.directory().resolve("jobs-" + life + ".out");
    process = ChildProcess.java("dev.sluice.cli.Main", List.of("-Xmx1g"), arguments, said);
    long deadline = System.nanoTime() + START.toNanos();
    while (web(said) == null) {
      if (!process.alive() || System.nanoTime() > deadline) {
        throw CliException.environment(
            "the judge does not start: " + lastWords(),
            settings.bootstrap(),
            "see " + settings.directory(),
            null);
      }
      pause();
    }
  }

  /** Flink's REST address, which the process says once the job is submitted; null before. */
  private synchronized FlinkRest web(Path said) {
    try {
      for (String line : Files.readAllLines(said)) {
        if (line.startsWith("{")) {
          web = new FlinkRest(URI.create(Json.mapper().readTree(line).path("web").asText()));
        }
      }
    } catch (IOException e) {
      return null; // half a line, or none: it is read again
    }
    return web;
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public boolean running() {
    return process != null && process.alive();
  }

  @Override
  public synchronized int restarts() {
    return failures().size();
  }

  @Override
  public synchronized List<String> failures() {
    if (web != null && running()) {
      try {
        List<String> now = new ArrayList<>();
        web.jobs().forEach(job -> now.addAll(web.exceptions(job.id())));
        failures = now;
      } catch (FlinkRest.UnansweredException e) {
        return joined(); // going down: what was known stands
      }
    }
    return joined();
  }

  private List<String> joined() {
    List<String> all = new ArrayList<>(earlierFailures);
    all.addAll(failures);
    return all;
  }

  @Override
  public void stop() {
    restarts();
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
    long deadline = System.nanoTime() + STOP.toNanos();
    while (process.alive()) {
      if (System.nanoTime() > deadline) {
        throw new DrillFailure("the judge did not stop with a savepoint: " + lastWords());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.environment("interrupted", "drill", "start it again", e);
    }
  }

  @Override
  public String lastWords() {
    return process == null ? "" : String.join(" | ", process.lastLines(LAST_LINES));
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
