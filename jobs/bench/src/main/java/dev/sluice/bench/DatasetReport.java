// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What {@link DatasetBench} measured; a part that was left out is null. */
public record DatasetReport(@Nullable Write write, @Nullable Ask ask) {

  /**
   * The event store beside DuckDB.
   *
   * @param store rows to finished files, through DatasetJob's operator in a local Flink
   * @param copy DuckDB's {@code COPY … TO} of the same rows from a table in memory, one thread
   * @param ratioPerCore store over copy, rows per core-second
   */
  public record Write(
      long rows,
      Rate store,
      Rate copy,
      double ratioPerCore,
      double storeBytesPerRow,
      double copyBytesPerRow) {}

  /**
   * Questions to a large store.
   *
   * @param generatedS wall clock in which engines made it, 0 when it was there already
   */
  public record Ask(long rows, long files, long bytes, double generatedS, List<Query> queries) {}

  /**
   * One question.
   *
   * @param firstMs with a new connection; files may be in the system's cache
   * @param againMs right after it
   * @param rowsWanted that the question is about
   * @param rowsRead in the row groups that neither partitions nor statistics exclude
   * @param filesRead as DuckDB's plan says it
   * @param filters that the scan applies by itself, to skip files and row groups
   */
  public record Query(
      String name,
      String sql,
      double firstMs,
      double againMs,
      long rowsWanted,
      long rowsRead,
      String filesRead,
      String filters) {}

  /** One JSON object. */
  public String json() {
    return new String(Json.write(this), StandardCharsets.UTF_8);
  }

  /** A table for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (write != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "%,d ticks%n%-28s %12s %14s %10s%n",
              write.rows(),
              "",
              "rows/s",
              "per core-s",
              "bytes each"));
      line(text, "event store", write.store(), write.storeBytesPerRow());
      line(text, "DuckDB COPY, one thread", write.copy(), write.copyBytesPerRow());
      text.append(
          String.format(
              Locale.ROOT,
              "ratio per core %.2f, of sizes %.2f%n",
              write.ratioPerCore(),
              write.storeBytesPerRow() / write.copyBytesPerRow()));
    }
    if (ask != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n%,d ticks in %,d files, %,d MB%s%n%-66s %10s %10s %13s %13s %10s%n",
              ask.rows(),
              ask.files(),
              ask.bytes() / 1_000_000,
              ask.generatedS() > 0
                  ? String.format(Locale.ROOT, ", made in %,.0f s", ask.generatedS())
                  : "",
              "",
              "first ms",
              "again ms",
              "rows wanted",
              "rows read",
              "files"));
      for (Query query : ask.queries()) {
        text.append(
            String.format(
                Locale.ROOT,
                "%-66s %10.0f %10.0f %,13d %,13d %10s%n    %s%n",
                query.name(),
                query.firstMs(),
                query.againMs(),
                query.rowsWanted(),
                query.rowsRead(),
                query.filesRead(),
                query.filters()));
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Rate rate, double bytesPerRow) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-28s %,12.0f %,14.0f %10.1f%n",
            name,
            rate.eventsPerS(),
            rate.eventsPerCoreS(),
            bytesPerRow));
  }
}
