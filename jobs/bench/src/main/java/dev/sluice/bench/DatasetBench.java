// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.flink.ArchivedEvent;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.schemas.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How fast the event store takes ticks, beside DuckDB's {@code COPY … TO} of the same rows, in
 * turns in one run; and how fast DuckDB answers five questions from a large store that engines at
 * full speed have filled.
 */
public final class DatasetBench {
  private static final int PASSES = 3;
  private static final int ENGINES = 10;

  /** Of a finished tick and of its copy in a segment, while both are there. */
  private static final long BYTES_PER_TICK = 200;

  /**
   * What to measure.
   *
   * @param writeRows ticks written by each side in each pass; 0 leaves it out
   * @param queryRows ticks in the store that is asked; 0 leaves it out
   * @param config the jobs' configuration file
   * @param directory for the files; a store that is there already, and large enough, is asked again
   */
  public record Options(long writeRows, long queryRows, Path config, Path directory) {}

  private final Options options;
  private final Consumer<String> progress;

  private DatasetBench(Options options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param progress told of each step
   * @throws IllegalStateException when the disk has too little room
   */
  public static DatasetReport run(Options options, Consumer<String> progress) throws Exception {
    DatasetBench bench = new DatasetBench(options, progress);
    DatasetReport.Write write = options.writeRows() > 0 ? bench.write() : null;
    return new DatasetReport(write, options.queryRows() > 0 ? bench.query() : null);
  }

  private DatasetReport.Write write() throws Exception {
    progress.accept("an engine at full speed makes " + options.writeRows() + " ticks");
    List<ArchivedEvent<Tick>> rows = TickStore.rows(options.writeRows());
    Path ours = options.directory().resolve("write");
    Path copied = options.directory().resolve("copied.parquet");
    Files.createDirectories(ours);
    Rate bestStore = null;
    Rate bestCopy = null;
    long storeBytes = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      delete(ours);
      bestStore = better(bestStore, rate(rows.size(), () -> store(ours).write(rows)));
      storeBytes = bytes(ours);
      try (Connection connection = AnalystQueries.connect(options.directory());
          Statement statement = connection.createStatement()) {
        load(statement, ours, rows.size());
        bestCopy = better(bestCopy, rate(rows.size(), () -> copy(statement, copied)));
      }
      progress.accept(
          String.format(
              Locale.ROOT,
              "pass %d: store %,.0f, COPY %,.0f rows per core-second so far",
              pass + 1,
              bestStore.eventsPerCoreS(),
              bestCopy.eventsPerCoreS()));
    }
    long copyBytes = Files.size(copied);
    delete(ours);
    Files.delete(copied);
    return new DatasetReport.Write(
        rows.size(),
        bestStore,
        bestCopy,
        bestStore.eventsPerCoreS() / bestCopy.eventsPerCoreS(),
        (double) storeBytes / rows.size(),
        (double) copyBytes / rows.size());
  }

  private static void load(Statement statement, Path ours, long rows) throws SQLException {
    statement.execute("SET threads = 1");
    statement.execute(
        "CREATE TABLE ticks AS SELECT * FROM read_parquet('"
            + ours.toString().replace("'", "''")
            + "/**/*.parquet', hive_partitioning = false)");
    try (var count = statement.executeQuery("SELECT count(*) FROM ticks")) {
      count.next();
      if (count.getLong(1) != rows) {
        throw new IllegalStateException(
            "the store holds " + count.getLong(1) + " of " + rows + " rows");
      }
    }
  }

  private static void copy(Statement statement, Path to) throws SQLException {
    statement.execute(
        "COPY ticks TO '"
            + to.toString().replace("'", "''")
            + "' (FORMAT parquet, COMPRESSION zstd)");
  }

  private DatasetReport.Ask query() throws Exception {
    Path store = options.directory().resolve("store");
    Files.createDirectories(store);
    long each = (options.queryRows() + ENGINES - 1) / ENGINES;
    double generatedS = 0;
    if (bytes(store) == 0) {
      long room = Files.getFileStore(store).getUsableSpace();
      if (room < options.queryRows() * BYTES_PER_TICK) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%,d ticks need up to %,d MB while they are written, and %s has %,d MB",
                options.queryRows(),
                options.queryRows() * BYTES_PER_TICK / 1_000_000,
                store,
                room / 1_000_000));
      }
      generatedS = generate(store, each);
    }
    progress.accept("asking");
    return new DatasetReport.Ask(
        each * ENGINES,
        files(store),
        bytes(store),
        generatedS,
        new AnalystQueries(store, each / EngineTicks.TICKS_PER_SECOND).ask());
  }

  private double generate(Path store, long each) throws Exception {
    progress.accept(ENGINES + " engines at full speed make " + each + " ticks each");
    long start = System.nanoTime();
    ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    try {
      var unused =
          ticker.scheduleAtFixedRate(
              () ->
                  progress.accept(
                      String.format(Locale.ROOT, "%,d ticks", TickStore.GENERATED.get())),
              10,
              10,
              TimeUnit.SECONDS);
      store(store).generate(ENGINES, each, Runtime.getRuntime().availableProcessors());
    } finally {
      ticker.shutdownNow();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private TickStore store(Path directory) {
    return new TickStore(
        SluiceConfig.load(options.config(), List.of("datasets.dir=" + directory.toAbsolutePath())));
  }

  private static Rate better(Rate one, Rate other) {
    return one == null || other.eventsPerCoreS() > one.eventsPerCoreS() ? other : one;
  }

  private static Rate rate(long rows, Step step) throws Exception {
    CpuClock cpu = new CpuClock();
    long startNanos = System.nanoTime();
    long startCpu = cpu.nanos();
    step.run();
    double coreS = (cpu.nanos() - startCpu) / 1e9;
    double wallS = (System.nanoTime() - startNanos) / 1e9;
    return new Rate(rows / wallS, rows / coreS);
  }

  private static List<Path> parquet(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches("[^._].*\\.parquet"))
          .toList();
    }
  }

  private static long files(Path directory) throws IOException {
    return parquet(directory).size();
  }

  private static long bytes(Path directory) throws IOException {
    long bytes = 0;
    for (Path file : parquet(directory)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      files.filter(file -> !file.equals(directory)).forEach(all::add);
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.delete(all.get(i));
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }
}
