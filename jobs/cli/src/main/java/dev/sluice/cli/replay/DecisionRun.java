// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.replay;

import dev.sluice.cli.CliException;
import dev.sluice.cli.flink.EmbeddedFlink;
import dev.sluice.flink.app.HistoryReplay;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.dataset.Dataset;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.flink.history.HistoryChannel;
import dev.sluice.flink.history.HistoryListener;
import dev.sluice.flink.io.Locations;
import dev.sluice.flink.io.parquet.read.DatasetFile;
import dev.sluice.flink.io.parquet.read.DatasetReader;
import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.replay.DecisionReplay;
import dev.sluice.rules.replay.Redecided;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Verdict;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobStatus;

/** Decides an archive's decisions again, from its raw events, by the jobs of production. */
public final class DecisionRun {
  private final String directory;
  private final URI location;

  /**
   * A run over datasets.
   *
   * @param directory a path or a URI
   */
  public DecisionRun(String directory) {
    this.directory = directory;
    this.location = Locations.uri(directory);
  }

  /**
   * Engines that sent heartbeats: the roster where none is given.
   *
   * @throws IOException when a file cannot be read
   */
  public Set<String> engines() throws IOException {
    Set<String> engines = new TreeSet<>();
    for (Health beat : rows(Datasets.HEALTH, row -> true)) {
      engines.add(beat.engineId());
    }
    return engines;
  }

  /**
   * Names of the archived decisions.
   *
   * @throws IOException when a file cannot be read
   */
  public Set<String> decisionIds() throws IOException {
    Set<String> ids = new TreeSet<>();
    for (Control control : rows(Datasets.DECISIONS, row -> true)) {
      ids.add(control.decisionId());
    }
    return ids;
  }

  /**
   * Decides them all again.
   *
   * @param config as production had it
   * @param progress told of each day that has been read
   * @return by engine, in the order of their epochs
   * @throws IOException when a file cannot be read
   * @throws CliException when there is nothing to decide, or the job fails
   */
  public Map<String, List<Redecided>> play(SluiceConfig config, Consumer<String> progress)
      throws IOException {
    Map<String, List<Control>> decisions = new TreeMap<>();
    Set<String> named = new HashSet<>();
    for (Control control : rows(Datasets.DECISIONS, row -> true)) {
      decisions.computeIfAbsent(control.engineId(), id -> new ArrayList<>()).add(control);
      control.cause().forEach(cause -> named.add(cause.verdictId()));
    }
    HistoryReplay job = HistoryReplay.of(directory);
    if (decisions.isEmpty() || job.days() == 0) {
      throw CliException.usage(
          decisions.isEmpty() ? "there is not one decision" : "there is not one raw event",
          directory,
          "give the directory of datasets of the whole event store");
    }
    Map<String, DecisionReplay> replays = replays(decisions, config);
    judge(job, config, replays, progress);
    Map<String, Verdict> verdicts = new HashMap<>();
    for (Verdict verdict : rows(Datasets.VERDICTS, row -> named.contains(row.verdictId()))) {
      verdicts.put(verdict.verdictId(), verdict);
    }
    Map<String, List<Redecided>> results = new TreeMap<>();
    replays.forEach((engineId, replay) -> results.put(engineId, replay.end(verdicts)));
    return results;
  }

  /**
   * Those that are wanted, by engine.
   *
   * @param decision an id, or {@code all}
   * @param engineId of this engine alone; null for all
   */
  public static Map<String, List<Redecided>> select(
      Map<String, List<Redecided>> all, String decision, String engineId) {
    Map<String, List<Redecided>> wanted = new TreeMap<>();
    all.forEach(
        (engine, decisions) ->
            wanted.put(
                engine,
                decisions.stream()
                    .filter(one -> engineId == null || engineId.equals(engine))
                    .filter(one -> decision.equals("all") || one.named(decision))
                    .toList()));
    wanted.values().removeIf(List::isEmpty);
    return wanted;
  }

  private Map<String, DecisionReplay> replays(
      Map<String, List<Control>> decisions, SluiceConfig config) throws IOException {
    List<Command> commands = rows(Datasets.COMMANDS, row -> true);
    List<Ack> acks = rows(Datasets.ACKS, row -> true);
    GatePolicy policy = config.gate().policy(config.rolloutPolicy());
    Map<String, DecisionReplay> replays = new TreeMap<>();
    decisions.forEach(
        (engineId, controls) ->
            replays.put(
                engineId,
                new DecisionReplay(
                    engineId,
                    controls,
                    commands.stream().filter(c -> c.engineId().equals(engineId)).toList(),
                    acks.stream().filter(a -> a.engineId().equals(engineId)).toList(),
                    policy)));
    return replays;
  }

  private void judge(
      HistoryReplay job,
      SluiceConfig config,
      Map<String, DecisionReplay> replays,
      Consumer<String> progress) {
    HistoryListener listener =
        new HistoryListener() {
          @Override
          public void heard(Verdict verdict) {
            DecisionReplay replay = replays.get(verdict.engineId());
            if (replay != null) {
              replay.heard(verdict);
            }
          }

          @Override
          public void read(String date, long events) {
            progress.accept(date + " judged again, " + events + " events so far");
          }
        };
    EmbeddedFlink.Options options =
        new EmbeddedFlink.Options("sluice-replay", 1, 0, Optional.empty());
    try (HistoryChannel channel = HistoryChannel.open(listener);
        EmbeddedFlink flink =
            EmbeddedFlink.start(options, env -> job.define(env, config, channel))) {
      if (flink.awaitEnd() != JobStatus.FINISHED) {
        throw CliException.environment(
            "the replay failed: " + flink.failure().orElse("?"),
            directory,
            "'sluice verify' says which files are whole",
            null);
      }
    }
  }

  private <T extends Record> List<T> rows(Dataset<T> dataset, Predicate<T> wanted)
      throws IOException {
    DatasetReader<T> reader = new DatasetReader<>(dataset.type(), "event_time_us", null);
    List<T> rows = new ArrayList<>();
    for (DatasetFile file : reader.files(location, dataset.name())) {
      reader.readAll(
          file,
          row -> {
            if (wanted.test(row)) {
              rows.add(row);
            }
          });
    }
    return rows;
  }
}
