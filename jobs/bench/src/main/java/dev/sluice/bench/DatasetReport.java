// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What {@link DatasetBench} found.
 *
 * @param queryRows ticks that were queried; 0 when none were
 * @param queryBytes their files
 * @param generatedPerS ticks made and written per second, all threads
 */
public record DatasetReport(
    List<Written> written,
    long queryRows,
    long queryBytes,
    double generatedPerS,
    List<Asked> asked) {

  /**
   * Rows of one dataset written by us and by DuckDB's COPY, medians of the pairs.
   *
   * @param ratio our speed / that of COPY, median of the pairs' ratios
   */
  public record Written(
      String dataset,
      long rows,
      double oursPerS,
      double copyPerS,
      double ratio,
      long oursBytes,
      long copyBytes) {}

  /**
   * One question.
   *
   * @param firstS in a DuckDB that has seen nothing
   * @param againS median of three times more
   * @param rowsWanted ticks the question is about
   * @param rowsOfGroups ticks of the row groups that partitions and statistics do not exclude
   * @param files read / there, of the executed plan; "all" where it has no filter of files
   * @param scan what the executed plan says of its scan
   */
  public record Asked(
      String question,
      double firstS,
      double againS,
      long rowsWanted,
      long rowsOfGroups,
      long rows,
      String files,
      String scan,
      String sql) {}

  /** One JSON object, one line. */
  public String json() {
    return new String(Json.write(this), StandardCharsets.UTF_8);
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "writing, one thread, zstd           rows    rows/s    COPY/s   ratio  bytes/row   COPY\n");
    for (Written each : written) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-30s %9d %9.0f %9.0f  %6.3f  %9.1f %6.1f%n",
              each.dataset,
              each.rows,
              each.oursPerS,
              each.copyPerS,
              each.ratio,
              (double) each.oursBytes / each.rows,
              (double) each.copyBytes / each.rows));
    }
    if (queryRows > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n%d ticks in %.1f MB, %.0f rows/s generated and written%n",
              queryRows,
              queryBytes / 1e6,
              generatedPerS));
      text.append(
          "query                                            first s   again s  files   rows of row"
              + " groups read\n");
      for (Asked each : asked) {
        text.append(
            String.format(
                Locale.ROOT,
                "%-48s %7.3f   %7.3f  %-6s  %d of %d (%.2f %%), %d wanted%n  %s%n",
                each.question,
                each.firstS,
                each.againS,
                each.files,
                each.rowsOfGroups,
                each.rows,
                100.0 * each.rowsOfGroups / each.rows,
                each.rowsWanted,
                excerpt(each.scan)));
      }
    }
    return text.toString();
  }

  private static String excerpt(String scan) {
    return scan.length() > 400 ? scan.substring(0, 400) + " …" : scan;
  }
}
