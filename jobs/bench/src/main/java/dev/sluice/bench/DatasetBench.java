// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.flink.ArchivedEvent;
import dev.sluice.flink.io.parquet.EventFile;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * How fast the archive's Parquet files are written, beside DuckDB's COPY of the same rows in the
 * same run, in pairs; and what typical queries of many ticks take. Both write with one thread and
 * zstd. Ours starts from events, DuckDB's from columns that it already holds in memory.
 */
public final class DatasetBench {
  private static final int PAIRS = 5;

  /**
   * What to measure.
   *
   * @param rows ticks and fills of the write measurement, each
   * @param queryRows ticks that are queried; 0 for no queries
   * @param directory for the files; those of the queries are below {@code datasets}
   */
  public record Options(int rows, long queryRows, Path directory) {}

  private DatasetBench() {}

  /**
   * Measures.
   *
   * @throws IllegalStateException when the disk has too little room
   */
  public static DatasetReport run(Options options, Consumer<String> progress) throws Exception {
    Path files = Files.createDirectories(options.directory().resolve("write"));
    List<DatasetReport.Written> written = new ArrayList<>();
    written.add(pairs("ticks", Tick.class, DatasetFeed.ticks(options.rows()), files, progress));
    written.add(pairs("fills", Fill.class, DatasetFeed.fills(options.rows()), files, progress));
    if (options.queryRows() == 0) {
      return new DatasetReport(written, 0, 0, 0, List.of());
    }
    Path datasets = options.directory().resolve("datasets");
    long start = System.nanoTime();
    long rows = DatasetFeed.write(datasets, options.queryRows(), progress);
    double seconds = (System.nanoTime() - start) / 1e9;
    List<DatasetReport.Asked> asked = DatasetQueries.run(datasets, progress);
    return new DatasetReport(written, rows, size(datasets), rows / seconds, asked);
  }

  private static <T extends Record> DatasetReport.Written pairs(
      String dataset,
      Class<T> type,
      List<ArchivedEvent<T>> rows,
      Path directory,
      Consumer<String> progress)
      throws IOException, SQLException {
    Path ours = directory.resolve(dataset + ".parquet");
    Path theirs = directory.resolve(dataset + "-copy.parquet");
    double[] oursS = new double[PAIRS];
    double[] theirsS = new double[PAIRS];
    double[] ratios = new double[PAIRS];
    write(dataset, type, rows, ours); // warms up, and is what DuckDB copies
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("CREATE TABLE rows AS FROM read_parquet('" + quoted(ours) + "')");
      copy(statement, theirs);
      for (int pair = 0; pair < PAIRS; pair++) {
        oursS[pair] = write(dataset, type, rows, ours);
        theirsS[pair] = copy(statement, theirs);
        ratios[pair] = theirsS[pair] / oursS[pair];
        progress.accept(
            String.format(
                "%s, pair %d of %d: %.2f s, COPY %.2f s",
                dataset, pair + 1, PAIRS, oursS[pair], theirsS[pair]));
      }
    }
    return new DatasetReport.Written(
        dataset,
        rows.size(),
        rows.size() / median(oursS),
        rows.size() / median(theirsS),
        median(ratios),
        Files.size(ours),
        Files.size(theirs));
  }

  private static <T extends Record> double write(
      String dataset, Class<T> type, List<ArchivedEvent<T>> rows, Path to) throws IOException {
    Files.deleteIfExists(to);
    long start = System.nanoTime();
    try (EventFile<T> file = new EventFile<>(dataset, type, DatasetFeed.ROW_GROUP_BYTES, to)) {
      for (ArchivedEvent<T> row : rows) {
        file.write(row);
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double copy(Statement statement, Path to) throws IOException, SQLException {
    Files.deleteIfExists(to);
    long start = System.nanoTime();
    statement.execute("COPY rows TO '" + quoted(to) + "' (FORMAT parquet, COMPRESSION zstd)");
    return (System.nanoTime() - start) / 1e9;
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "''");
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static long size(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    }
  }
}
