// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.io.parquet.read.DatasetFile;
import java.util.ArrayList;
import java.util.List;

/**
 * A span of event time that is read and sorted at once.
 *
 * @param fromUs start; that of the first span is the beginning of time
 * @param untilUs end, exclusive; that of the last is the end of time
 * @param buckets files that may hold buckets that start in it
 * @param amendments files that may hold amendments made in it
 */
public record BackfillSpan(
    long fromUs, long untilUs, List<DatasetFile> buckets, List<DatasetFile> amendments) {

  /**
   * The spans that hold data, in order.
   *
   * @param widthUs length of a span; what bounds the memory
   */
  static List<BackfillSpan> of(
      List<DatasetFile> buckets, List<DatasetFile> amendments, long widthUs) {
    long firstUs = Long.MAX_VALUE;
    long lastUs = Long.MIN_VALUE;
    for (DatasetFile file : buckets) {
      if (file.rows() > 0) {
        firstUs = Math.min(firstUs, file.minUs());
        lastUs = Math.max(lastUs, file.maxUs());
      }
    }
    List<BackfillSpan> spans = new ArrayList<>();
    long untilUs;
    for (long atUs = firstUs; atUs <= lastUs; atUs = untilUs) {
      long fromUs = atUs == firstUs ? Long.MIN_VALUE : atUs;
      untilUs = lastUs - atUs < widthUs ? Long.MAX_VALUE : atUs + widthUs;
      BackfillSpan span =
          new BackfillSpan(
              fromUs, untilUs, within(buckets, atUs, untilUs), within(amendments, fromUs, untilUs));
      if (!span.buckets.isEmpty() || !span.amendments.isEmpty()) {
        spans.add(span);
      }
      if (untilUs == Long.MAX_VALUE) {
        break;
      }
    }
    return spans;
  }

  private static List<DatasetFile> within(List<DatasetFile> files, long fromUs, long untilUs) {
    return files.stream().filter(file -> file.overlaps(fromUs, untilUs)).toList();
  }
}
