// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.kafka;

import dev.sluice.engine.kafka.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends what a person says, one record at a time. Thread-safe. */
public final class RecordSender implements AutoCloseable {
  private static final long TIMEOUT_MS = 15_000;

  private final KafkaProducer<byte[], byte[]> producer;

  /** Connects lazily. */
  public RecordSender(KafkaAccess kafka) {
    producer =
        new KafkaProducer<>(
            kafka.client(
                Map.of(
                    "linger.ms",
                    0,
                    "acks",
                    "all",
                    "max.block.ms",
                    (int) TIMEOUT_MS,
                    "request.timeout.ms",
                    5_000,
                    "delivery.timeout.ms",
                    (int) TIMEOUT_MS)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Sends and waits until the broker has it; returns the broker's append time, epoch milliseconds.
   *
   * @param what names the record in the error, as in {@code the command}
   * @throws IllegalStateException when the broker does not take it
   */
  public long send(String what, String topic, String key, byte[] value) {
    try {
      return producer
          .send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
          .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
          .timestamp();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw notTaken(what, topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending " + what, e);
    }
  }

  /** A user who may write nothing at all is refused as such, before the first record or with it. */
  private static IllegalStateException notTaken(String what, String topic, Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String why =
        cause instanceof AuthorizationException
            ? "this user may not write " + topic + " (" + cause.getMessage() + ")"
            : cause.getMessage();
    return new IllegalStateException(what + " was not taken: " + why, failure);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
