// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate.edge;

import dev.sluice.engine.gate.AckSink;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects a {@link GateClient} to Kafka. One thread of its own reads the control topic from its
 * beginning and the leases from their end, stamps each record of this engine with the wall clock,
 * and queues it; the engine's thread takes them over in {@link #poll}. Acknowledgements leave from
 * the engine's thread without waiting for the broker.
 *
 * <p>{@link #poll}, {@link #await} and {@link #send} belong to the engine's thread.
 */
public final class KafkaControlLink implements AckSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaControlLink.class);
  private static final int QUEUE_RECORDS = 1_024;
  private static final int CLOSE_TIMEOUT_MS = 5_000;

  /**
   * What has arrived: one of the two records, or neither for "control has been read to its end".
   */
  record Arrival(Control control, Lease lease, long receivedUs) {}

  private final ArrayBlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(QUEUE_RECORDS);
  private final AtomicLong lostAcks = new AtomicLong();
  private final ControlReader reader;
  private final Thread thread;
  private final KafkaProducer<byte[], byte[]> producer;
  private final byte[] key;
  private Arrival next;

  /**
   * Starts the thread; returns at once, also while the broker cannot be reached.
   *
   * @param wallClockUs the wall clock, epoch microseconds; called from the link's thread
   */
  public KafkaControlLink(KafkaAccess kafka, String engineId, LongSupplier wallClockUs) {
    this(kafka, engineId, ControlTrust.EVERYBODY, wallClockUs);
  }

  /**
   * Starts the thread; returns at once, also while the broker cannot be reached.
   *
   * @param trust whose records are believed; the others are counted and go no further
   * @param wallClockUs the wall clock, epoch microseconds; called from the link's thread
   */
  public KafkaControlLink(
      KafkaAccess kafka, String engineId, ControlTrust trust, LongSupplier wallClockUs) {
    key = engineId.getBytes(StandardCharsets.UTF_8);
    producer = producer(kafka, engineId);
    reader = new ControlReader(kafka, engineId, trust, wallClockUs, arrivals);
    thread = new Thread(reader, "sluice-control-" + engineId);
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands over everything that has arrived; returns how many records. */
  public int poll(GateClient client) {
    int taken = 0;
    Arrival arrival = next != null ? next : arrivals.poll();
    next = null;
    while (arrival != null) {
      if (arrival.control() != null) {
        client.onControl(arrival.control(), arrival.receivedUs());
      } else if (arrival.lease() != null) {
        client.onLease(arrival.lease(), arrival.receivedUs());
      } else {
        client.controlReadToEnd(arrival.receivedUs());
      }
      taken++;
      arrival = arrivals.poll();
    }
    return taken;
  }

  /** Waits until something has arrived, at most so long; true when {@link #poll} has work. */
  public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
    if (next == null) {
      next = arrivals.poll(timeout, unit);
    }
    return next != null;
  }

  @Override
  public void send(Ack ack) {
    try {
      producer.send(
          new ProducerRecord<>(Topics.ACKS, key, Json.write(ack)),
          (metadata, failure) -> {
            if (failure != null) {
              lost(ack, failure);
            }
          });
    } catch (KafkaException e) {
      lost(ack, e);
    }
  }

  /** Acknowledgements that never reached the broker. */
  public long lostAcks() {
    return lostAcks.get();
  }

  /**
   * Records of this engine that could not be read, and leases dropped because the queue was full.
   */
  public long skippedRecords() {
    return reader.skipped();
  }

  /** Records of this engine that were not believed, by reason; empty where all were. */
  public Map<Refusal, Long> refusedRecords() {
    return reader.refused();
  }

  @Override
  public void close() {
    reader.stop();
    try {
      thread.join(CLOSE_TIMEOUT_MS);
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofMillis(CLOSE_TIMEOUT_MS));
  }

  private void lost(Ack ack, Exception failure) {
    lostAcks.incrementAndGet();
    LOG.warn("acknowledgement {} of {} is lost", ack.status(), ack.decisionId(), failure);
  }

  private static KafkaProducer<byte[], byte[]> producer(KafkaAccess kafka, String engineId) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "sluice-acks-" + engineId);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
    return new KafkaProducer<>(
        kafka.client(properties), new ByteArraySerializer(), new ByteArraySerializer());
  }
}
