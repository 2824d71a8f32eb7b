// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.io.parquet.read.DatasetFile;
import dev.sluice.flink.io.parquet.read.DatasetReader;
import dev.sluice.schemas.Bucket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Archived buckets and amendments of a span in the order live saw them: amendments by when they
 * were made, then buckets per engine by start, the whole engine's last. Files may hold them in any
 * order. Keeps one span in memory.
 */
final class ReadBuckets implements FlatMapFunction<BackfillSpan, Bucket> {
  private static final long serialVersionUID = 1L;

  private static final Comparator<Bucket> AS_LIVE =
      Comparator.comparingLong(Bucket::startUs)
          .thenComparing(Bucket::engineId)
          .thenComparing(Bucket::wholeEngine)
          .thenComparing(Bucket::symbol, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Bucket::arm, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final DatasetReader<Bucket> buckets;
  private final DatasetReader<Bucket> amendments;

  ReadBuckets(String engineId) {
    buckets = new DatasetReader<>(Bucket.class, "start_us", engineId);
    amendments = new DatasetReader<>(Bucket.class, "amended_at_us", engineId);
  }

  @Override
  public void flatMap(BackfillSpan span, Collector<Bucket> out) throws IOException {
    List<Bucket> late = read(amendments, span.amendments(), span);
    late.sort(Comparator.comparingLong(Bucket::amendedAtUs).thenComparing(AS_LIVE));
    late.forEach(out::collect);
    List<Bucket> closed = read(buckets, span.buckets(), span);
    closed.sort(AS_LIVE);
    closed.forEach(out::collect);
  }

  private static List<Bucket> read(
      DatasetReader<Bucket> reader, List<DatasetFile> files, BackfillSpan span) throws IOException {
    List<Bucket> rows = new ArrayList<>();
    for (DatasetFile file : files) {
      reader.read(file, span.fromUs(), span.untilUs(), rows::add);
    }
    return rows;
  }
}
