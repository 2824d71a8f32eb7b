// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes any bytes to any topic, as an engine that has gone wrong would. One thread. */
public final class RecordWriter implements AutoCloseable {
  private static final int MAX_REQUEST_BYTES = 12_000_000;
  private static final long TIMEOUT_S = 30;

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  public RecordWriter(String bootstrap) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "max.request.size",
                MAX_REQUEST_BYTES,
                "buffer.memory",
                4L * MAX_REQUEST_BYTES,
                "linger.ms",
                2),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends; the partition is that of the key. */
  void send(String topic, String key, byte[] value) {
    send(topic, null, key, value);
  }

  /** Sends to a partition; null leaves it to the key. */
  void send(String topic, Integer partition, String key, byte[] value) {
    sent.add(
        producer.send(
            new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), value)));
  }

  /**
   * Where everything sent since the last call is, in the order of sending.
   *
   * @throws IllegalStateException when the broker has not taken it
   */
  public List<RecordMetadata> written() {
    List<RecordMetadata> places = new ArrayList<>();
    producer.flush();
    for (Future<RecordMetadata> each : sent) {
      try {
        places.add(each.get(TIMEOUT_S, TimeUnit.SECONDS));
      } catch (ExecutionException | TimeoutException e) {
        throw new IllegalStateException("the broker has not taken a record: " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while writing", e);
      }
    }
    sent.clear();
    return places;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
