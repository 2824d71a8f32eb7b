// SPDX-License-Identifier: Apache-2.0
package dev.sluice.peers;

import dev.sluice.bench.peers.Answers;
import dev.sluice.bench.peers.ClosedBucket;
import dev.sluice.bench.peers.OpenBucket;
import dev.sluice.bench.peers.Question;
import dev.sluice.schemas.codec.MalformedException;
import dev.sluice.schemas.codec.TickReader;
import dev.sluice.schemas.codec.TickView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Ticks into buckets by engine and start; a bucket closes when the time of the stream is past its
 * end by the allowed lateness.
 */
final class BucketProcessor implements Processor<byte[], byte[], Void, Void> {
  /** {@code engine@start} to the bytes of an {@link OpenBucket}. */
  static final String OPEN = "open";

  /** Engine to its closed buckets. */
  static final String CLOSED = "closed";

  private static final long LATENESS_US = Question.LATENESS_MS * 1_000;

  /** The key of the bucket an engine was in last, so that it is not put together for each tick. */
  private record Last(long startUs, String key) {}

  private final Answers answers;
  private final TickReader reader = new TickReader();
  private final TickView tick = new TickView();
  private final Map<String, Last> last = new HashMap<>();
  private KeyValueStore<String, byte[]> open;
  private KeyValueStore<String, byte[]> closed;
  private long nextCloseUs;

  BucketProcessor(Answers answers) {
    this.answers = answers;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    open = context.getStateStore(OPEN);
    closed = context.getStateStore(CLOSED);
    nextCloseUs = Long.MIN_VALUE; // looks through the store with the first tick
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    try {
      reader.read(record.value(), tick);
    } catch (MalformedException e) {
      throw new IllegalStateException("not a tick", e);
    }
    if (tick.eventTimeUs >= nextCloseUs) {
      close(tick.eventTimeUs);
    }
    long startUs = tick.eventTimeUs - tick.eventTimeUs % Question.BUCKET_US;
    Last bucket = last.get(tick.engineId);
    if (bucket == null || bucket.startUs != startUs) {
      bucket = new Last(startUs, tick.engineId + "@" + startUs);
      last.put(tick.engineId, bucket);
      nextCloseUs = Math.min(nextCloseUs, closeUs(startUs));
    }
    byte[] bytes = open.get(bucket.key);
    OpenBucket counts = bytes == null ? new OpenBucket() : new OpenBucket(bytes);
    counts.add(tick.totalMs, tick.totalMs > tick.deadlineMs, tick.cacheLookup, tick.cacheHit);
    open.put(bucket.key, counts.bytes());
  }

  private static long closeUs(long startUs) {
    return startUs + Question.BUCKET_US + LATENESS_US;
  }

  private void close(long nowUs) {
    List<String> due = new ArrayList<>();
    nextCloseUs = Long.MAX_VALUE;
    try (KeyValueIterator<String, byte[]> buckets = open.all()) {
      while (buckets.hasNext()) {
        String key = buckets.next().key;
        long closeUs = closeUs(startUs(key));
        if (closeUs <= nowUs) {
          due.add(key);
        } else {
          nextCloseUs = Math.min(nextCloseUs, closeUs);
        }
      }
    }
    due.sort((one, other) -> Long.compare(startUs(one), startUs(other)));
    due.forEach(this::close);
  }

  private void close(String key) {
    String engine = key.substring(0, key.lastIndexOf('@'));
    ClosedBucket bucket = new OpenBucket(open.delete(key)).close(startUs(key));
    List<ClosedBucket> buckets = ClosedBucket.read(closed.get(engine));
    ClosedBucket.append(buckets, bucket);
    closed.put(engine, ClosedBucket.write(buckets));
    answers.accept(Question.answers(engine, bucket.endUs(), buckets));
  }

  private static long startUs(String key) {
    return Long.parseLong(key.substring(key.lastIndexOf('@') + 1));
  }
}
