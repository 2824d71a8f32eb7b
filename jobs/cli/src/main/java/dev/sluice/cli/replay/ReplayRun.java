// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.replay;

import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.replay.EngineHistory;
import dev.sluice.rules.replay.EngineReplay;
import dev.sluice.rules.spec.CriterionSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Plays a history to one or two versions of the criteria, on all processors. */
public final class ReplayRun {
  private final History history;
  private final List<List<CriterionSpec>> versions;
  private final long bucketMs;
  private final GatePolicy policy;

  /**
   * A run.
   *
   * @param versions of the criteria; each is judged
   * @param bucketMs width of the buckets
   */
  public ReplayRun(
      History history, List<List<CriterionSpec>> versions, long bucketMs, GatePolicy policy) {
    this.history = history;
    this.versions = versions;
    this.bucketMs = bucketMs;
    this.policy = policy;
  }

  /**
   * Plays.
   *
   * @param progress told of each part that is done
   * @return for each version what came of it, by engine in the order of their names
   * @throws IOException when a file cannot be read
   */
  public List<List<EngineHistory>> play(long fromUs, long untilUs, Consumer<String> progress)
      throws IOException, InterruptedException {
    List<Future<Map<String, List<EngineReplay>>>> parts = new ArrayList<>();
    AtomicLong done = new AtomicLong();
    int count = history.parts().size();
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      for (String part : history.parts()) {
        parts.add(
            threads.submit(
                () -> {
                  Map<String, List<EngineReplay>> replays = new TreeMap<>();
                  history.play(
                      part, fromUs, untilUs, id -> replays.computeIfAbsent(id, this::replays));
                  progress.accept(done.incrementAndGet() + " of " + count + " engines: " + part);
                  return replays;
                }));
      }
      return results(parts);
    } finally {
      threads.shutdownNow();
    }
  }

  private List<EngineReplay> replays(String engineId) {
    return versions.stream()
        .map(specs -> new EngineReplay(engineId, specs, bucketMs, policy))
        .toList();
  }

  private List<List<EngineHistory>> results(List<Future<Map<String, List<EngineReplay>>>> parts)
      throws IOException, InterruptedException {
    List<List<EngineHistory>> results = new ArrayList<>();
    versions.forEach(version -> results.add(new ArrayList<>()));
    for (Future<Map<String, List<EngineReplay>>> part : parts) {
      for (List<EngineReplay> replays : get(part).values()) {
        for (int i = 0; i < replays.size(); i++) {
          results.get(i).add(replays.get(i).end());
        }
      }
    }
    results.forEach(list -> list.sort(Comparator.comparing(EngineHistory::engineId)));
    return results;
  }

  private static <T> T get(Future<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }
}
