// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes one dataset, each row exactly once. Rows go to hidden segments, which each checkpoint
 * completes; the segments of a partition make a batch, which is closed by the first checkpoint
 * after it is old or large enough. Once that checkpoint is complete, and so the batch can no longer
 * change, a thread of its own makes one file of it. The file appears whole under a name that the
 * batch has had from the start: made again after a crash it is the same file.
 *
 * <p>After a restart every batch is closed as the checkpoint has it. A job that ends in order
 * (stopped with a savepoint, or at the end of its input) makes the same files before it ends, so
 * that nothing written stays hidden.
 */
final class ParquetStoreOperator<T> extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<T, Void> {
  private static final long serialVersionUID = 1L;

  /** The segment longest without a row is completed early beyond this many open at once. */
  private static final int MAX_OPEN_SEGMENTS = 512;

  /** The size of a batch is looked at once in so many rows of a segment. */
  private static final int ROWS_PER_SIZE_CHECK = 4_096;

  private final Partition<T> partition;
  private final RecordParquetBuilder<T> columns;
  private final StoreSettings settings;
  private transient StoreFiles files;
  private transient ParquetWriterFactory<T> writers;
  private transient Map<String, Segment<T>> open;
  private transient Map<String, Batch> growing;
  private transient List<Batch> closed;
  private transient BatchRoller roller;
  private transient ListState<StoredBatch> state;
  private transient Counter rows;

  ParquetStoreOperator(
      Partition<T> partition, RecordParquetBuilder<T> columns, StoreSettings settings) {
    this.partition = partition;
    this.columns = columns;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    rows = getMetricGroup().counter("rows");
    files = new StoreFiles(settings.dir());
    writers = new ParquetWriterFactory<>(columns);
    open = new LinkedHashMap<>(16, 0.75f, true);
    growing = new LinkedHashMap<>();
    closed = new ArrayList<>();
    roller =
        new BatchRoller(
            new SegmentMerge(files, settings.rowGroupBytes(), settings.zstdLevel()),
            files,
            getMetricGroup());
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("batches", TypeInformation.of(StoredBatch.class)));
    if (context.isRestored()) {
      long checkpoint = context.getRestoredCheckpointId().orElse(0);
      for (StoredBatch stored : state.get()) {
        roller.submit(new Batch(stored, checkpoint));
      }
    }
  }

  @Override
  public void processElement(StreamRecord<T> element) throws Exception {
    roller.check();
    T row = element.getValue();
    String path = partition.of(row);
    Segment<T> segment = open.get(path);
    if (segment == null) {
      segment = begin(path);
    }
    segment.write(row);
    rows.inc();
    if (segment.rows() % ROWS_PER_SIZE_CHECK == 0) {
      Batch batch = segment.batch();
      if (batch.bytes() + segment.bytes() >= settings.rollBytes()) {
        open.remove(path);
        segment.finish();
        growing.remove(path);
        closed.add(batch);
      }
    }
  }

  private Segment<T> begin(String path) throws IOException {
    if (open.size() >= MAX_OPEN_SEGMENTS) {
      Iterator<Segment<T>> oldest = open.values().iterator();
      Segment<T> unused = oldest.next();
      oldest.remove();
      unused.finish();
    }
    Batch batch = growing.computeIfAbsent(path, p -> new Batch(p, now()));
    Segment<T> segment = Segment.begin(batch, files, writers);
    open.put(path, segment);
    return segment;
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void finish() throws Exception {
    completeSegments();
    closed.addAll(growing.values());
    growing.clear();
    super.finish();
  }

  private void completeSegments() throws IOException {
    Iterator<Segment<T>> segments = open.values().iterator();
    while (segments.hasNext()) {
      Segment<T> segment = segments.next();
      segments.remove();
      segment.finish();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    roller.check();
    completeSegments();
    long now = now();
    growing
        .values()
        .removeIf(
            batch -> {
              boolean due =
                  now - batch.startedMs() >= settings.rollMs()
                      || batch.bytes() >= settings.rollBytes();
              return due && closed.add(batch);
            });
    List<StoredBatch> kept = new ArrayList<>();
    for (Batch batch : roller.unfinished()) {
      kept.add(batch.store());
    }
    for (Batch batch : closed) {
      batch.close(context.getCheckpointId());
      kept.add(batch.store());
    }
    for (Batch batch : growing.values()) {
      kept.add(batch.store());
    }
    state.update(kept);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    closed.removeIf(
        batch -> {
          boolean settled = batch.settledBy(checkpointId);
          if (settled) {
            roller.submit(batch);
          }
          return settled;
        });
  }

  @Override
  public void close() throws Exception {
    try {
      if (roller != null && endsInOrder()) {
        closed.forEach(roller::submit);
        growing.values().forEach(roller::submit);
        roller.finish();
      }
    } finally {
      if (roller != null) {
        roller.close();
        discard();
      }
      super.close();
    }
  }

  /** Removes what no checkpoint knows of; what a killed process leaves of that stays, unseen. */
  private void discard() {
    for (Segment<T> segment : open.values()) {
      segment.abandon();
      files.deleteQuietly(segment.batch().nextSegment());
    }
    Stream.concat(closed.stream(), growing.values().stream())
        .filter(batch -> !batch.stored())
        .flatMap(Batch::segments)
        .forEach(files::deleteQuietly);
  }

  /**
   * Whether the task ends because all is done: then its last checkpoint is complete and holds what
   * it has. Any other end leaves everything to the next start.
   */
  private boolean endsInOrder() {
    return !getContainingTask().isCanceled() && !getContainingTask().isFailing() && open.isEmpty();
  }
}
