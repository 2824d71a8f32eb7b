// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import dev.sluice.flink.RawRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;

/**
 * A reader that asks the broker where its partitions end, and emits the time of its question as a
 * watermark once it has handed on everything before those ends; then it asks again. Task thread
 * only, but for what {@link Ends} does.
 *
 * <p>The last offset of a partition need not be a record (the marker of a transaction, a compacted
 * one), and where a group's committed offset is, is unknown here until the first record: a
 * partition that brings nothing for {@link #PATIENCE_MS} after an answer is taken for read.
 */
final class ReadThroughReader implements SourceReader<RawRecord, KafkaPartitionSplit> {
  static final long PATIENCE_MS = 10_000;

  /** A reader without partitions may only not have been given any yet. */
  static final long WITHOUT_PARTITIONS_MS = 3_000;

  private static final int RECORDS_PER_LOOK = 1_000;

  private final SourceReader<RawRecord, KafkaPartitionSplit> reader;
  private final Ends ends;
  private final LongSupplier nanoTime;
  private final Map<String, Position> positions = new HashMap<>();
  private ReaderOutput<RawRecord> output;
  private ReaderOutput<RawRecord> noting;
  private CompletableFuture<Ends.Answer> answer;
  private CompletableFuture<Void> nextLook;
  private int recordsToLook = RECORDS_PER_LOOK;
  private long emittedMs = Long.MIN_VALUE;

  /** How far one partition has been handed on. */
  private static final class Position {
    final TopicPartition partition;
    long next;
    long nextAtLook;
    long sinceNanos;

    Position(KafkaPartitionSplit split) {
      partition = split.getTopicPartition();
      next = split.getStartingOffset(); // below 0 where Kafka knows better
    }
  }

  /**
   * Wraps a reader.
   *
   * @param nanoTime measures patience
   */
  ReadThroughReader(
      SourceReader<RawRecord, KafkaPartitionSplit> reader, Ends ends, LongSupplier nanoTime) {
    this.reader = reader;
    this.ends = ends;
    this.nanoTime = nanoTime;
  }

  @Override
  public void start() {
    reader.start();
    ask(positions.isEmpty() ? WITHOUT_PARTITIONS_MS : 0);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> to) throws Exception {
    if (to != output) {
      output = to;
      noting = new NotingOutput(to);
    }
    InputStatus status = reader.pollNext(noting);
    if (status != InputStatus.MORE_AVAILABLE || --recordsToLook <= 0) {
      recordsToLook = RECORDS_PER_LOOK;
      look();
    }
    return status;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> records = reader.isAvailable();
    CompletableFuture<?> news = nextLook == null ? answer : nextLook;
    if (records.isDone() || news == null) {
      return records;
    }
    return news.isDone()
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.anyOf(records, news).thenAccept(either -> {});
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    splits.forEach(split -> positions.put(split.splitId(), new Position(split)));
    reader.addSplits(splits);
    if (answer != null) {
      ask(KafkaSources.READ_THROUGH_MS); // the one under way says nothing of these
    }
  }

  private void ask(long delayMs) {
    List<TopicPartition> all = new ArrayList<>();
    positions.values().forEach(position -> all.add(position.partition));
    answer = ends.ask(all, delayMs);
    nextLook = null;
  }

  private void look() {
    if (answer == null || !answer.isDone()) {
      return;
    }
    boolean first = nextLook == null;
    if (!first && !nextLook.isDone()) {
      return;
    }
    Ends.Answer reached = answer.join();
    if (readTo(reached.offsets(), first)) {
      emittedMs = Math.max(emittedMs + 1, reached.askedAtMs());
      output.emitWatermark(new Watermark(emittedMs));
      ask(KafkaSources.READ_THROUGH_MS);
    } else {
      nextLook = ends.after(KafkaSources.READ_THROUGH_MS);
    }
  }

  private boolean readTo(Map<TopicPartition, Long> offsets, boolean first) {
    boolean all = true;
    for (Position position : positions.values()) {
      long end = offsets.get(position.partition);
      if (Math.max(position.next, 0) < end && !gaveUp(position, end, first)) {
        all = false;
      }
    }
    return all;
  }

  private boolean gaveUp(Position position, long end, boolean first) {
    long nowNanos = nanoTime.getAsLong();
    if (first || position.next != position.nextAtLook) {
      position.nextAtLook = position.next;
      position.sinceNanos = nowNanos;
      return false;
    }
    boolean given = nowNanos - position.sinceNanos >= TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    if (given) {
      position.next = end;
    }
    return given;
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return reader.snapshotState(checkpointId);
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
    reader.pauseOrResumeSplits(toPause, toResume);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() throws Exception {
    ends.close();
    reader.close();
  }

  /** Notes the offset of each record on its way out. */
  private final class NotingOutput implements ReaderOutput<RawRecord> {
    private final ReaderOutput<RawRecord> to;

    NotingOutput(ReaderOutput<RawRecord> to) {
      this.to = to;
    }

    @Override
    public SourceOutput<RawRecord> createOutputForSplit(String splitId) {
      return new NotingSplitOutput(to.createOutputForSplit(splitId), positions.get(splitId));
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
      to.releaseOutputForSplit(splitId);
    }

    @Override
    public void collect(RawRecord value) {
      throw new IllegalStateException("Kafka's reader hands records on by their partition");
    }

    @Override
    public void collect(RawRecord value, long timestamp) {
      collect(value);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      throw new IllegalStateException("Kafka's reader has no watermarks");
    }

    @Override
    public void markIdle() {
      to.markIdle();
    }

    @Override
    public void markActive() {
      to.markActive();
    }
  }

  private record NotingSplitOutput(SourceOutput<RawRecord> to, Position position)
      implements SourceOutput<RawRecord> {
    @Override
    public void collect(RawRecord value) {
      to.collect(value);
      position.next = value.offset() + 1;
    }

    @Override
    public void collect(RawRecord value, long timestamp) {
      to.collect(value, timestamp);
      position.next = value.offset() + 1;
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      to.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
      to.markIdle();
    }

    @Override
    public void markActive() {
      to.markActive();
    }
  }
}
