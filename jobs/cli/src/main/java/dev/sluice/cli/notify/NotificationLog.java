// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Notification;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic of what was told, read at the start and written with each receipt. Thread-safe. */
public final class NotificationLog implements AutoCloseable {
  private static final int TIMEOUT_MS = 15_000;

  private final KafkaAccess kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** Connects lazily. */
  public NotificationLog(KafkaAccess kafka) {
    this.kafka = kafka;
    this.producer =
        new KafkaProducer<>(
            kafka.client(
                Map.of(
                    "linger.ms",
                    0,
                    "acks",
                    "all",
                    "max.block.ms",
                    TIMEOUT_MS,
                    "delivery.timeout.ms",
                    TIMEOUT_MS,
                    "request.timeout.ms",
                    5_000)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Everything on the topic now, oldest first within a key.
   *
   * @throws IllegalStateException when there is no such topic
   */
  public List<Notification> read() {
    List<Notification> rows = new ArrayList<>();
    try (RecordTail tail =
        new RecordTail(kafka, List.of(Topics.NOTIFICATIONS), RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            try {
              rows.add(Json.read(record.value(), Notification.class));
            } catch (MalformedException e) {
              return; // foreign bytes: the archive reports them as dead letters
            }
          });
    }
    return rows;
  }

  /** Writes a row; {@link #flush} says whether it is there. */
  public void append(Notification row) {
    String key = row.engineId() == null ? row.channel() : row.engineId();
    producer.send(
        new ProducerRecord<>(
            Topics.NOTIFICATIONS, key.getBytes(StandardCharsets.UTF_8), Json.write(row)),
        (done, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
  }

  /**
   * Waits until the broker has every row.
   *
   * @throws IllegalStateException when it did not take one
   */
  public void flush() {
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException(
          Topics.NOTIFICATIONS + " was not written: " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
