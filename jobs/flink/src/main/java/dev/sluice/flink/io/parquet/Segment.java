// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.io.IOException;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.util.IOUtils;

/**
 * One hidden Parquet file being written: rows of one partition between two checkpoints. One thread.
 */
final class Segment<T> {
  private final Batch batch;
  private final FSDataOutputStream stream;
  private final BulkWriter<T> writer;
  private long rows;

  private Segment(Batch batch, FSDataOutputStream stream, BulkWriter<T> writer) {
    this.batch = batch;
    this.stream = stream;
    this.writer = writer;
  }

  /** Opens the next segment of a batch. */
  static <T> Segment<T> begin(Batch batch, StoreFiles files, BulkWriter.Factory<T> writers)
      throws IOException {
    FSDataOutputStream stream = files.create(batch.nextSegment());
    try {
      return new Segment<>(batch, stream, writers.create(stream));
    } catch (IOException | RuntimeException e) {
      IOUtils.closeQuietly(stream);
      throw e;
    }
  }

  Batch batch() {
    return batch;
  }

  void write(T row) throws IOException {
    writer.addElement(row);
    rows++;
  }

  long rows() {
    return rows;
  }

  /** Bytes of the row groups written so far; the last one is still in memory. */
  long bytes() throws IOException {
    return stream.getPos();
  }

  /** Completes the file and counts it in its batch. */
  void finish() throws IOException {
    try {
      writer.finish();
      long bytes = stream.getPos();
      stream.close();
      batch.add(bytes);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeQuietly(stream);
      throw e;
    }
  }

  /** Gives the file up. */
  void abandon() {
    IOUtils.closeQuietly(stream);
  }
}
