// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.replay;

import dev.sluice.flink.dataset.Datasets;
import dev.sluice.flink.io.Locations;
import dev.sluice.flink.io.parquet.read.DatasetFile;
import dev.sluice.flink.io.parquet.read.DatasetReader;
import dev.sluice.rules.replay.EngineReplay;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Health;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What datasets hold of engines: closed buckets, heartbeats and commands, each in the order of
 * time, a day in memory at once. Immutable; {@link #play} may be called from several threads.
 */
public final class History {
  private static final long DAY_US = 86_400_000_000L;
  private static final Pattern ENGINE = Pattern.compile("/engine=([^/]+)/");

  /** The order of what has one time: a heartbeat is judged at once, and closes the bucket. */
  private enum Rank {
    HEALTH,
    BUCKET,
    COMMAND
  }

  private record Told(long atUs, Rank rank, int order, Record what) {}

  private record Files(
      List<DatasetFile> buckets, List<DatasetFile> health, List<DatasetFile> commands) {}

  private final DatasetReader<Bucket> buckets;
  private final DatasetReader<Health> health;
  private final DatasetReader<Command> commands;
  private final Map<String, Files> byDirectory = new TreeMap<>();

  /**
   * Looks at the files; reads none.
   *
   * @param directory of datasets, a path or a URI
   * @param engineId this engine alone; null for all
   * @throws IOException when a file is no Parquet file or cannot be reached
   */
  public History(String directory, String engineId) throws IOException {
    buckets = new DatasetReader<>(Bucket.class, "start_us", engineId);
    health = new DatasetReader<>(Health.class, "event_time_us", engineId);
    commands = new DatasetReader<>(Command.class, "issued_at_us", engineId);
    URI from = Locations.uri(directory);
    add(buckets.files(from, Datasets.BUCKETS.name()), (files, file) -> files.buckets.add(file));
    add(health.files(from, Datasets.HEALTH.name()), (files, file) -> files.health.add(file));
    add(commands.files(from, Datasets.COMMANDS.name()), (files, file) -> files.commands.add(file));
    byDirectory.values().removeIf(files -> files.buckets.isEmpty());
  }

  private void add(List<DatasetFile> found, BiConsumer<Files, DatasetFile> into) {
    for (DatasetFile file : found) {
      Matcher matcher = ENGINE.matcher(file.uri());
      String directory = matcher.find() ? matcher.group(1) : "";
      into.accept(
          byDirectory.computeIfAbsent(
              directory,
              name -> new Files(new ArrayList<>(), new ArrayList<>(), new ArrayList<>())),
          file);
    }
  }

  /** Parts that can be played independently: an engine each, where the archive is partitioned. */
  public List<String> parts() {
    return List.copyOf(byDirectory.keySet());
  }

  /** Rows of the buckets of a part. */
  public long rows(String part) {
    return byDirectory.get(part).buckets.stream().mapToLong(DatasetFile::rows).sum();
  }

  /** Whoever is told of one engine. */
  public interface Listeners {
    /** The replays of this engine; asked for once per engine and part. */
    List<EngineReplay> of(String engineId);
  }

  /**
   * Plays one part.
   *
   * @param fromUs what begins before is left out
   * @param untilUs what begins then or later is left out
   */
  public void play(String part, long fromUs, long untilUs, Listeners listeners) throws IOException {
    Files files = byDirectory.get(part);
    long firstUs =
        Math.max(fromUs, files.buckets.stream().mapToLong(DatasetFile::minUs).min().orElse(0));
    long lastUs =
        Math.min(untilUs - 1, files.buckets.stream().mapToLong(DatasetFile::maxUs).max().orElse(0));
    Map<String, List<EngineReplay>> replays = new HashMap<>();
    for (long dayUs = firstUs - Math.floorMod(firstUs, DAY_US); dayUs <= lastUs; dayUs += DAY_US) {
      for (Told told : day(files, Math.max(dayUs, fromUs), Math.min(dayUs + DAY_US, untilUs))) {
        tell(told.what, id -> replays.computeIfAbsent(id, listeners::of));
      }
    }
  }

  private static void tell(Record what, Function<String, List<EngineReplay>> replays) {
    if (what instanceof Bucket bucket) {
      replays.apply(bucket.engineId()).forEach(replay -> replay.bucket(bucket));
    } else if (what instanceof Health beat) {
      replays.apply(beat.engineId()).forEach(replay -> replay.health(beat, 0));
    } else if (what instanceof Command command) {
      replays.apply(command.engineId()).forEach(replay -> replay.command(command));
    }
  }

  private List<Told> day(Files files, long fromUs, long untilUs) throws IOException {
    List<Told> told = new ArrayList<>();
    for (DatasetFile file : files.buckets) {
      if (file.overlaps(fromUs, untilUs)) {
        buckets.read(
            file,
            fromUs,
            untilUs,
            b -> told.add(new Told(b.endUs(), Rank.BUCKET, b.wholeEngine() ? 1 : 0, b)));
      }
    }
    for (DatasetFile file : files.health) {
      if (file.overlaps(fromUs, untilUs)) {
        health.read(
            file, fromUs, untilUs, h -> told.add(new Told(h.eventTimeUs(), Rank.HEALTH, 0, h)));
      }
    }
    for (DatasetFile file : files.commands) {
      if (file.overlaps(fromUs, untilUs)) {
        commands.read(
            file, fromUs, untilUs, c -> told.add(new Told(c.issuedAtUs(), Rank.COMMAND, 0, c)));
      }
    }
    told.sort(
        Comparator.comparingLong(Told::atUs).thenComparing(Told::rank).thenComparing(Told::order));
    return told;
  }
}
