// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes files of batches, off the task's thread; one batch at a time in the whole process, however
 * many datasets there are, so that no judge loses more than one core to it. Called by the task's
 * thread only.
 */
final class BatchRoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRoller.class);
  private static final Semaphore ONE_AT_A_TIME = new Semaphore(1);
  private static final long IDLE_THREAD_S = 5;
  private static final long PATIENCE_S = 60;

  private final SegmentMerge merge;
  private final StoreFiles files;
  private final Counter filesMade;
  private final Counter segmentsLost;
  private final Set<Batch> submitted = new LinkedHashSet<>();
  private final Queue<Batch> done = new ConcurrentLinkedQueue<>();
  private final ThreadPoolExecutor thread;
  private volatile Exception failure;

  BatchRoller(SegmentMerge merge, StoreFiles files, MetricGroup metrics) {
    this.merge = merge;
    this.files = files;
    this.filesMade = metrics.counter("files");
    this.segmentsLost = metrics.counter("segments_lost");
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    thread =
        new ThreadPoolExecutor(
            0,
            1,
            IDLE_THREAD_S,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread made = new Thread(work, "dataset-roller");
              made.setDaemon(true);
              made.setContextClassLoader(classes);
              return made;
            });
  }

  /** Makes the file of a batch that a completed checkpoint has settled. */
  void submit(Batch batch) {
    submitted.add(batch);
    thread.execute(() -> roll(batch));
  }

  /** The batches whose files are not known to be there. */
  List<Batch> unfinished() {
    for (Batch batch = done.poll(); batch != null; batch = done.poll()) {
      submitted.remove(batch);
      filesMade.inc();
    }
    return new ArrayList<>(submitted);
  }

  /**
   * Tells of a batch that failed.
   *
   * @throws IOException as it happened; the task restarts and tries again
   */
  void check() throws IOException {
    if (failure != null) {
      throw new IOException("a file of the dataset could not be made", failure);
    }
  }

  /** Waits until every file is there. */
  void finish() throws IOException, InterruptedException {
    thread.shutdown();
    while (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
      check();
    }
    check();
  }

  /** Stops after the file under way; given up after a while, no trace of it is seen. */
  @Override
  public void close() throws InterruptedException {
    thread.getQueue().clear();
    thread.shutdown();
    if (!thread.awaitTermination(PATIENCE_S, TimeUnit.SECONDS)) {
      LOG.warn("a file takes too long; it will be made again after the restart");
      thread.shutdownNow();
    }
  }

  private void roll(Batch batch) {
    try {
      ONE_AT_A_TIME.acquire();
      try {
        if (failure == null) {
          make(batch);
          done.add(batch);
        }
      } finally {
        ONE_AT_A_TIME.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private void make(Batch batch) throws IOException {
    if (!files.exists(batch.file())) {
      List<String> segments = new ArrayList<>();
      for (String segment : batch.segments().toList()) {
        if (files.exists(segment)) {
          segments.add(segment);
        } else {
          // Somebody has removed it; engines must not lose their judges for that.
          segmentsLost.inc();
          LOG.error("{} is gone, and its rows with it", segment);
        }
      }
      if (!segments.isEmpty()) {
        merge.write(segments, batch.file());
      }
    }
    for (String segment : batch.segments().toList()) {
      files.delete(segment);
    }
    Iterator<String> strays = batch.strays().iterator();
    for (String stray = strays.next(); files.exists(stray); stray = strays.next()) {
      files.delete(stray);
    }
  }
}
