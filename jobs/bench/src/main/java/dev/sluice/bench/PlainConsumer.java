// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.rules.bucket.BucketAccumulator;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.MalformedException;
import dev.sluice.schemas.codec.TickReader;
import dev.sluice.schemas.codec.TickView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What one thread and a Kafka consumer can do: the same fields by the same reader into the same
 * bucket accumulators, one per engine, written out when the next bucket begins. No identities, no
 * checks, no state that survives, no clock but the data's order.
 */
final class PlainConsumer {
  private static final long WIDTH_MS = 10_000;
  private static final Duration POLL = Duration.ofMillis(500);

  /** How far a pass goes. */
  enum Depth {
    FETCH,
    PARSE,
    BUCKETS
  }

  private static final class Open {
    final BucketAccumulator bucket = new BucketAccumulator();
    long startUs;
  }

  private final TickReader reader = new TickReader();
  private final TickView tick = new TickView();
  private final Map<String, Open> open = new HashMap<>();
  private long bytes;
  private long buckets;

  /**
   * Reads the ticks topic from its beginning.
   *
   * @return events per second, wall and processor
   */
  static Rate run(String bootstrap, long ticks, Depth depth) throws MalformedException {
    return new PlainConsumer().pass(bootstrap, ticks, depth);
  }

  private Rate pass(String bootstrap, long ticks, Depth depth) throws MalformedException {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrap, "max.poll.records", 2_000);
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(Topics.TICKS, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      RateMeter meter = new RateMeter(ticks);
      long done = 0;
      while (done < ticks) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          add(record, depth);
          done++;
        }
        meter.at(done);
      }
      if (bytes == 0 || (depth == Depth.BUCKETS && buckets == 0)) {
        throw new IllegalStateException("read " + bytes + " bytes into " + buckets + " buckets");
      }
      return meter.rate();
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record, Depth depth) throws MalformedException {
    bytes += record.value().length;
    if (depth == Depth.FETCH) {
      return;
    }
    reader.read(record.value(), tick);
    if (depth == Depth.PARSE) {
      return;
    }
    Open current = open.get(tick.engineId);
    if (current == null) {
      current = new Open();
      open.put(tick.engineId, current);
    }
    long startUs = tick.eventTimeUs - tick.eventTimeUs % (WIDTH_MS * 1_000);
    if (startUs != current.startUs) {
      if (current.startUs > 0) {
        Bucket bucket =
            current.bucket.toBucket(tick.engineId, null, null, current.startUs, WIDTH_MS);
        buckets += bucket.ticks() > 0 ? 1 : 0;
        current.bucket.clear();
      }
      current.startUs = startUs;
    }
    current.bucket.addTick(tick);
    current.bucket.addInput(record.topic(), record.partition(), record.offset());
  }
}
