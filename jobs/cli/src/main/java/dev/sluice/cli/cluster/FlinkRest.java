// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Flink's REST API says of a cluster, and the few things it is asked to do. Any thread.
 * Everything throws {@link UnansweredException} when nobody answers, or answers with an error.
 */
public final class FlinkRest {
  private static final String PARTLY_ENDED = "UnionListState";
  private static final String CAUSED_BY = "Caused by: ";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final URI address;

  /** Flink did not answer, or not what was asked; the message says what and why. */
  public static final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnansweredException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The cluster at a glance.
   *
   * @param taskManagers registered
   * @param slots of all of them
   * @param freeSlots that no job holds
   * @param version of Flink
   */
  public record Overview(int taskManagers, int slots, int freeSlots, String version) {}

  /**
   * One job, also one that ended.
   *
   * @param id 32 hexadecimal digits
   * @param name as it was submitted
   * @param state such as RUNNING, RESTARTING, FINISHED
   * @param tasks subtasks of all vertices
   * @param runningTasks of them that run
   */
  public record Job(String id, String name, String state, int tasks, int runningTasks) {
    /** Every one of its tasks runs. */
    public boolean running() {
      return state.equals("RUNNING") && tasks > 0 && tasks == runningTasks;
    }

    /** It has ended and will not go on by itself. */
    public boolean ended() {
      return List.of("FINISHED", "CANCELED", "FAILED").contains(state);
    }
  }

  /**
   * One vertex of a job's graph.
   *
   * @param taskManagers resource ids by subtask; a subtask that runs nowhere is {@code ""}
   */
  public record Vertex(String id, String name, int parallelism, List<String> taskManagers) {}

  /**
   * A checkpoint that is complete.
   *
   * @param id its number
   * @param path where it is
   * @param bytes of state it holds
   * @param durationMs from its trigger to its completion
   */
  public record Checkpoint(long id, String path, long bytes, long durationMs) {}

  /** Asks the JobManager at that address. */
  public FlinkRest(URI address) {
    this.address = address;
  }

  /** Where it asks; the web UI is there too. */
  public URI address() {
    return address;
  }

  /** The cluster at a glance. */
  public Overview overview() {
    JsonNode node = get("/overview");
    return new Overview(
        node.path("taskmanagers").asInt(),
        node.path("slots-total").asInt(),
        node.path("slots-available").asInt(),
        node.path("flink-version").asText());
  }

  /** Resource ids of the registered TaskManagers, in order. */
  public List<String> taskManagers() {
    List<String> ids = new ArrayList<>();
    get("/taskmanagers").path("taskmanagers").forEach(node -> ids.add(node.path("id").asText()));
    return ids.stream().sorted().toList();
  }

  /** Every job the JobManager knows of. */
  public List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode node : get("/jobs/overview").path("jobs")) {
      jobs.add(
          new Job(
              node.path("jid").asText(),
              node.path("name").asText(),
              node.path("state").asText(),
              node.path("tasks").path("total").asInt(),
              node.path("tasks").path("running").asInt()));
    }
    return jobs;
  }

  /** One job, when the JobManager knows it. */
  public Optional<Job> job(String id) {
    return jobs().stream().filter(job -> job.id().equals(id)).findFirst();
  }

  /** The vertices of a job, and where their subtasks run. */
  public List<Vertex> vertices(String job) {
    List<Vertex> vertices = new ArrayList<>();
    for (JsonNode node : get("/jobs/" + job).path("vertices")) {
      String id = node.path("id").asText();
      Map<Integer, String> places = new TreeMap<>();
      for (JsonNode subtask : get("/jobs/" + job + "/vertices/" + id).path("subtasks")) {
        boolean runs = subtask.path("status").asText().equals("RUNNING");
        places.put(
            subtask.path("subtask").asInt(), runs ? subtask.path("taskmanager-id").asText() : "");
      }
      vertices.add(
          new Vertex(
              id,
              node.path("name").asText(),
              node.path("parallelism").asInt(),
              List.copyOf(places.values())));
    }
    return vertices;
  }

  /** How often the job was started anew, in this JobManager's life. */
  public int restarts(String job) {
    for (JsonNode metric : get("/jobs/" + job + "/metrics?get=numRestarts")) {
      return Integer.parseInt(metric.path("value").asText());
    }
    return 0;
  }

  /** First lines of the job's failures, the newest first; only of this JobManager's life. */
  public List<String> exceptions(String job) {
    List<String> lines = new ArrayList<>();
    for (JsonNode entry :
        get("/jobs/" + job + "/exceptions").path("exceptionHistory").path("entries")) {
      lines.add(entry.path("stacktrace").asText().lines().findFirst().orElse(""));
    }
    return lines;
  }

  /** The newest complete checkpoint. */
  public Optional<Checkpoint> latestCheckpoint(String job) {
    JsonNode node = get("/jobs/" + job + "/checkpoints").path("latest").path("completed");
    return node.isObject()
        ? Optional.of(
            new Checkpoint(
                node.path("id").asLong(),
                node.path("external_path").asText(),
                node.path("state_size").asLong(),
                node.path("end_to_end_duration").asLong()))
        : Optional.empty();
  }

  /**
   * Takes a savepoint, publishes what is complete and ends the job; returns where the savepoint is.
   * Where Flink gives it up because some readers were held up and others not (it refuses a
   * savepoint of which only a part of a source's tasks had ended), the job has gone on from its
   * last checkpoint and is stopped again once it runs.
   *
   * @throws UnansweredException when it fails, or takes longer than {@code limit}
   */
  public String stopWithSavepoint(String job, Path directory, Duration limit) {
    long untilNanos = System.nanoTime() + limit.toNanos();
    boolean partlyEnded = false;
    while (true) {
      try {
        return stopOnce(job, directory, untilNanos);
      } catch (UnansweredException e) {
        partlyEnded |= e.getMessage().contains(PARTLY_ENDED);
        if (!partlyEnded) {
          throw e;
        }
        awaitRunning(job, untilNanos, e);
      }
    }
  }

  private String stopOnce(String job, Path directory, long untilNanos) {
    JsonNode asked =
        send(
            "POST",
            "/jobs/" + job + "/stop",
            Map.of("targetDirectory", directory.toUri().toString(), "drain", false));
    String path = "/jobs/" + job + "/savepoints/" + asked.path("request-id").asText();
    while (System.nanoTime() < untilNanos) {
      JsonNode now = get(path);
      if (now.path("status").path("id").asText().equals("COMPLETED")) {
        JsonNode operation = now.path("operation");
        if (operation.hasNonNull("failure-cause")) {
          throw new UnansweredException(
              "no savepoint of " + job + ": " + rootCause(operation.path("failure-cause")), null);
        }
        return operation.path("location").asText();
      }
      pause();
    }
    throw new UnansweredException("no savepoint of " + job + " in time", null);
  }

  /** The last cause's line of a stack trace. */
  private static String rootCause(JsonNode failure) {
    List<String> lines = failure.path("stack-trace").asText().lines().toList();
    return lines.stream()
        .filter(line -> line.startsWith(CAUSED_BY))
        .reduce((earlier, later) -> later)
        .map(line -> line.substring(CAUSED_BY.length()))
        .orElse(lines.isEmpty() ? failure.toString() : lines.get(0));
  }

  private void awaitRunning(String job, long untilNanos, UnansweredException because) {
    do {
      if (System.nanoTime() > untilNanos) {
        throw because;
      }
      pause();
    } while (job(job).filter(Job::running).isEmpty());
  }

  /** Ends the job without a savepoint; does not wait. */
  public void cancel(String job) {
    send("PATCH", "/jobs/" + job + "?mode=cancel", Map.of());
  }

  private JsonNode get(String path) {
    return answer(request(path).GET().build());
  }

  private JsonNode send(String method, String path, Map<String, ?> body) {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER);
  }

  private JsonNode answer(HttpRequest request) {
    String what = request.method() + " " + request.uri();
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode body = Json.mapper().readTree(response.body());
      if (response.statusCode() >= 300) {
        String errors = body.path("errors").toString();
        throw new UnansweredException(
            what + ": " + errors.substring(0, Math.min(errors.length(), 400)), null);
      }
      return body;
    } catch (IOException e) {
      throw new UnansweredException(what + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnansweredException(what + ": interrupted", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnansweredException("interrupted", e);
    }
  }
}
