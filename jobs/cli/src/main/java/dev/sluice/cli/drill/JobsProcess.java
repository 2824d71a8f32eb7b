// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.CliException;
import dev.sluice.cli.process.ChildProcess;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code sluice jobs} as a process of its own: a whole Flink that dies as one. */
final class JobsProcess implements Judge {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(200);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int LAST_LINES = 20;

  private final JudgeSettings settings;
  private final Path config;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private final List<String> earlierFailures = new ArrayList<>();
  private List<String> failures = List.of();
  private ChildProcess process;
  private URI web;
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
  private synchronized URI web(Path said) {
    try {
      for (String line : Files.readAllLines(said)) {
        if (line.startsWith("{")) {
          web = URI.create(Json.mapper().readTree(line).path("web").asText());
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
        for (JsonNode job : get("/jobs").path("jobs")) {
          JsonNode history =
              get("/jobs/" + job.path("id").asText() + "/exceptions").path("exceptionHistory");
          history
              .path("entries")
              .forEach(
                  e -> now.add(e.path("stacktrace").asText("?").lines().findFirst().orElse("?")));
        }
        failures = now;
      } catch (IOException e) {
        return joined(); // going down: what was known stands
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return joined();
  }

  private List<String> joined() {
    List<String> all = new ArrayList<>(earlierFailures);
    all.addAll(failures);
    return all;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(web.resolve(path)).timeout(ANSWER).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answers " + answer.statusCode());
    }
    return Json.mapper().readTree(answer.body());
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
