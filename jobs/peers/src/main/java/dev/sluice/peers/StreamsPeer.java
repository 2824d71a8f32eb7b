// SPDX-License-Identifier: Apache-2.0
package dev.sluice.peers;

import dev.sluice.bench.peers.Answers;
import dev.sluice.bench.peers.Peer;
import dev.sluice.bench.peers.Task;
import dev.sluice.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Kafka Streams by its Processor API, one thread, at least once, a commit every ten seconds as our
 * checkpoints.
 *
 * <p>What was tuned: a bucket is one array of bytes that is changed in place, so that the store,
 * which keeps bytes, neither encodes nor decodes a tick; stores are in memory behind the cache, so
 * that their changelog gets one record per engine and commit and not one per tick; the cache holds
 * them all; the reader is ours. The windowed aggregation of its own language would decode and
 * encode a whole histogram for each tick.
 */
public final class StreamsPeer implements Peer {
  private static final Duration CLOSE = Duration.ofSeconds(10);
  private static final int COMMIT_MS = 10_000;
  private static final long CACHE_BYTES = 64L << 20;

  @Override
  public void pass(Task task, Answers answers) throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (KafkaStreams streams = new KafkaStreams(topology(answers), properties(task))) {
      streams.setUncaughtExceptionHandler(
          exception -> {
            failure.set(exception);
            exception.printStackTrace();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      streams.start();
      answers.await();
      streams.close(CLOSE);
    } catch (IllegalStateException e) {
      if (failure.get() != null) {
        e.addSuppressed(failure.get());
      }
      throw e;
    }
  }

  private static Topology topology(Answers answers) {
    return new Topology()
        .addSource("ticks", Topics.TICKS)
        .addProcessor("buckets", () -> new BucketProcessor(answers), "ticks")
        .addStateStore(store(BucketProcessor.OPEN), "buckets")
        .addStateStore(store(BucketProcessor.CLOSED), "buckets");
  }

  private static StoreBuilder<?> store(String name) {
    Serde<byte[]> bytes = Serdes.ByteArray();
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), bytes)
        .withCachingEnabled()
        .withLoggingEnabled(Map.of());
  }

  private static Properties properties(Task task) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "peer-" + UUID.randomUUID());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrap());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, task.directory().toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MS);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    properties.put(
        StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class.getName());
    properties.put(
        StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class.getName());
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2_000);
    return properties;
  }
}
