// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The segments that will become one file, in the order they were written. The name of the file is
 * settled when the batch begins and its content when a checkpoint closes it: whoever makes the file
 * makes the same one. One thread until it is closed.
 */
final class Batch {
  private static final long OPEN = Long.MAX_VALUE;

  private final String partition;
  private final String id;
  private final long startedMs;
  private int segments;
  private long bytes;
  private long closedBy = OPEN;
  private boolean stored;

  /** A batch without a segment. */
  Batch(String partition, long startedMs) {
    this.partition = partition;
    this.id = UUID.randomUUID().toString();
    this.startedMs = startedMs;
  }

  /** A batch as a checkpoint has it: closed, since others may have made its file by now. */
  Batch(StoredBatch stored, long checkpointId) {
    this.partition = stored.partition();
    this.id = stored.id();
    this.segments = stored.segments();
    this.startedMs = 0;
    this.closedBy = checkpointId;
  }

  /** What a checkpoint keeps of it. */
  StoredBatch store() {
    stored = true;
    return new StoredBatch(partition, id, segments);
  }

  /** Whether a checkpoint may know of it; its segments are needed then. */
  boolean stored() {
    return stored;
  }

  /** Processing time at which it began, epoch milliseconds. */
  long startedMs() {
    return startedMs;
  }

  /** Bytes of its finished segments. */
  long bytes() {
    return bytes;
  }

  /** Counts a segment that is complete. */
  void add(long segmentBytes) {
    segments++;
    bytes += segmentBytes;
  }

  /** Settles what is in it with a checkpoint, unless an earlier one has. */
  void close(long checkpointId) {
    closedBy = Math.min(closedBy, checkpointId);
  }

  /** Whether a completed checkpoint has settled what is in it. */
  boolean settledBy(long completedCheckpointId) {
    return closedBy <= completedCheckpointId;
  }

  /** The file it becomes. */
  String file() {
    return partition + "/part-" + id + ".parquet";
  }

  private String segment(int number) {
    return partition + "/.part-" + id + "-" + number + ".segment";
  }

  /** The segment to be written next. */
  String nextSegment() {
    return segment(segments);
  }

  /**
   * Segments after its last one, without an end. What is there was written after the checkpoint that
   * closed it, by a task that died then; its rows are read again.
   */
  Stream<String> strays() {
    return IntStream.iterate(segments, n -> n + 1).mapToObj(this::segment);
  }

  /** Its segments, in order. */
  Stream<String> segments() {
    return IntStream.range(0, segments).mapToObj(this::segment);
  }
}
