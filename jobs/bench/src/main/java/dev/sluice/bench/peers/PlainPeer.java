// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.TickReader;
import dev.sluice.schemas.codec.TickView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The floor: one thread and a Kafka consumer, nothing that survives. A bucket closes when the
 * engine's next one begins: it relies on the order of the topic, as no other peer does.
 */
public final class PlainPeer implements Peer {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int MAX_POLL_RECORDS = 2_000;

  private static final class Engine {
    final OpenBucket open = new OpenBucket();
    final List<ClosedBucket> closed = new ArrayList<>();
    long startUs;
  }

  @Override
  public void pass(Task task, Answers answers) throws Exception {
    TickReader reader = new TickReader();
    TickView tick = new TickView();
    Map<String, Engine> engines = new HashMap<>();
    Map<String, Object> properties =
        Map.of("bootstrap.servers", task.bootstrap(), "max.poll.records", MAX_POLL_RECORDS);
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(Topics.TICKS, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!answers.isComplete()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          reader.read(record.value(), tick);
          add(engines, tick, answers);
        }
      }
    }
  }

  private static void add(Map<String, Engine> engines, TickView tick, Answers answers) {
    Engine engine = engines.get(tick.engineId);
    if (engine == null) {
      engine = new Engine();
      engines.put(tick.engineId, engine);
    }
    long startUs = tick.eventTimeUs - tick.eventTimeUs % Question.BUCKET_US;
    if (startUs != engine.startUs) {
      if (engine.startUs > 0) {
        ClosedBucket bucket = engine.open.close(engine.startUs);
        ClosedBucket.append(engine.closed, bucket);
        answers.accept(Question.answers(tick.engineId, bucket.endUs(), engine.closed));
        engine.open.clear();
      }
      engine.startUs = startUs;
    }
    engine.open.add(tick.totalMs, tick.totalMs > tick.deadlineMs, tick.cacheLookup, tick.cacheHit);
  }
}
