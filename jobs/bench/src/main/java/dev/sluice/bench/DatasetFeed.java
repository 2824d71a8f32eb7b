// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.flink.ArchivedEvent;
import dev.sluice.flink.RawRecord;
import dev.sluice.flink.io.parquet.EventFile;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Raw events as the archive has them: in memory, or as files of the dataset ticks. */
final class DatasetFeed {
  static final int ENGINES = 4;
  static final int DAYS = 6;
  static final int SYMBOLS = 20;
  static final int ROW_GROUP_BYTES = 16 * 1024 * 1024;
  static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 5);

  /** On disk, zstd; measured 49, with room for the file system. */
  private static final long BYTES_PER_TICK = 70;

  private static final byte[] NOT_STORED = new byte[0];
  private static final long DAY_US = 86_400_000_000L;

  private DatasetFeed() {}

  /** So many ticks of one engine and twenty symbols. */
  static List<ArchivedEvent<Tick>> ticks(int rows) {
    TickSource source = new TickSource(1, 42);
    List<ArchivedEvent<Tick>> ticks = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      ticks.add(tick(source, 0, row, dayUs(0) + row * 20_000L));
    }
    return ticks;
  }

  /** At least so many fills of one engine. */
  static List<ArchivedEvent<Fill>> fills(int rows) {
    List<ArchivedEvent<Fill>> fills = new ArrayList<>(rows);
    OrderBooks books =
        new OrderBooks(
            TickFeed.name(0),
            message -> {
              if (message instanceof Fill fill) {
                fills.add(archived(Topics.FILLS, fills.size(), fill.eventTimeUs(), fill));
              }
            });
    for (long second = 0; fills.size() < rows; second++) {
      books.second(dayUs(0) + second * 1_000_000);
    }
    return fills;
  }

  /**
   * Writes ticks of four engines and six days, one file for each engine and day, as
   * dataset=ticks/date=…/engine=…, in as many threads as there are processors.
   *
   * @param rows rounded up to a multiple of the files
   * @return the exact number
   * @throws IllegalStateException when the disk has too little room
   */
  static long write(Path directory, long rows, Consumer<String> progress) throws Exception {
    Files.createDirectories(directory);
    long needed = rows * BYTES_PER_TICK;
    long usable = Files.getFileStore(directory).getUsableSpace();
    progress.accept(
        rows
            + " ticks need about "
            + needed / 1_000_000
            + " MB; "
            + usable / 1_000_000
            + " are free");
    if (needed > usable) {
      throw new IllegalStateException(
          rows + " ticks need about " + needed + " bytes, and " + usable + " are free");
    }
    long perFile = (rows + ENGINES * DAYS - 1) / (ENGINES * DAYS);
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<?>> files = new ArrayList<>();
      for (int day = 0; day < DAYS; day++) {
        for (int engine = 0; engine < ENGINES; engine++) {
          int ofDay = day;
          int ofEngine = engine;
          files.add(pool.submit(() -> file(directory, ofDay, ofEngine, perFile)));
        }
      }
      for (int done = 0; done < files.size(); done++) {
        files.get(done).get();
        progress.accept("written: " + (done + 1) * perFile + " of " + files.size() * perFile);
      }
      return files.size() * perFile;
    } finally {
      pool.shutdownNow();
    }
  }

  /** The date of a day of the feed. */
  static String date(int day) {
    return FIRST_DAY.plusDays(day).toString();
  }

  private static void file(Path directory, int day, int engine, long rows) {
    Path folder =
        directory
            .resolve("dataset=ticks")
            .resolve("date=" + date(day))
            .resolve("engine=" + TickFeed.name(engine));
    TickSource source = new TickSource(ENGINES, 42 + (long) day * ENGINES + engine);
    try {
      Files.createDirectories(folder);
      try (EventFile<Tick> file =
          new EventFile<>("ticks", Tick.class, ROW_GROUP_BYTES, folder.resolve("part-0.parquet"))) {
        for (long row = 0; row < rows; row++) {
          file.write(tick(source, engine, row, dayUs(day) + (long) ((double) DAY_US / rows * row)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write below " + folder, e);
    }
  }

  private static ArchivedEvent<Tick> tick(TickSource source, int engine, long row, long atUs) {
    int symbol = (int) (row % SYMBOLS);
    Tick tick = source.next(engine, atUs, "SYM" + symbol + "USDT", 0.01 * (symbol + 1));
    return archived(Topics.TICKS, row, atUs, tick);
  }

  private static <T extends Record> ArchivedEvent<T> archived(
      String topic, long offset, long atUs, T event) {
    return new ArchivedEvent<>(new RawRecord(topic, 0, offset, atUs + 1_500, NOT_STORED), event);
  }

  private static long dayUs(int day) {
    return FIRST_DAY.plusDays(day).atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000;
  }
}
