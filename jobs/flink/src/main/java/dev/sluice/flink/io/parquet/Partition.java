// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import dev.sluice.flink.RecordEngine;
import dev.sluice.flink.RecordTime;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Files a row under {@code dataset=<name>/date=<UTC date of its time>/engine=<its engine>}. A time
 * outside 2000 to 2099 is no date of ours and goes to the null partition, so that wild times cannot
 * open a file each. One thread.
 */
final class Partition<T> implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long DAY_US = 86_400_000_000L;
  private static final long FIRST_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(2099, 12, 31).toEpochDay();

  /** Paths remembered; made anew beyond. */
  private static final int MAX_REMEMBERED = 4_096;

  private final String dataset;
  private final RecordTime<T> time;
  private final RecordEngine<T> engine;
  private transient Map<String, String> pathsOfDay;
  private transient long day;

  Partition(String dataset, RecordTime<T> time, RecordEngine<T> engine) {
    this.dataset = dataset;
    this.time = time;
    this.engine = engine;
  }

  /** The directory of a row, relative to that of all datasets. */
  String of(T row) {
    long today = Math.floorDiv(time.us(row), DAY_US);
    if (pathsOfDay == null || today != day || pathsOfDay.size() > MAX_REMEMBERED) {
      pathsOfDay = new HashMap<>();
      day = today;
    }
    return pathsOfDay.computeIfAbsent(engine.id(row), this::path);
  }

  private String path(String engineId) {
    boolean known = day >= FIRST_DAY && day <= LAST_DAY;
    String date = known ? LocalDate.ofEpochDay(day).toString() : PartitionValue.NULL;
    return "dataset=" + dataset + "/date=" + date + "/engine=" + PartitionValue.of(engineId);
  }
}
