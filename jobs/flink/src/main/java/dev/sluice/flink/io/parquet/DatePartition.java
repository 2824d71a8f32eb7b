// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import dev.sluice.flink.RecordTime;
import java.time.LocalDate;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/**
 * Files a row under {@code dataset=<name>/date=<UTC date of its time>}. A time outside 2000 to 2099
 * is no date of ours and goes to the null partition, so that wild times cannot open a file each.
 */
final class DatePartition<T> implements BucketAssigner<T, String> {
  private static final long serialVersionUID = 1L;
  private static final long DAY_US = 86_400_000_000L;
  private static final long FIRST_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(2099, 12, 31).toEpochDay();
  private static final String NO_DATE = "__HIVE_DEFAULT_PARTITION__";

  private final String dataset;
  private final RecordTime<T> time;
  private transient long lastDay = Long.MIN_VALUE;
  private transient String lastPath;

  DatePartition(String dataset, RecordTime<T> time) {
    this.dataset = dataset;
    this.time = time;
  }

  @Override
  public String getBucketId(T row, Context context) {
    long day = Math.floorDiv(time.us(row), DAY_US);
    if (lastPath == null || day != lastDay) {
      lastDay = day;
      boolean known = day >= FIRST_DAY && day <= LAST_DAY;
      lastPath = "dataset=" + dataset + "/date=" + (known ? LocalDate.ofEpochDay(day) : NO_DATE);
    }
    return lastPath;
  }

  @Override
  public SimpleVersionedSerializer<String> getSerializer() {
    return SimpleVersionedStringSerializer.INSTANCE;
  }
}
