// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.kafka;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.EventSink;
import dev.sluice.engine.sim.VenuePublisher;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the engine's and the venue's events to their topics, keyed by engine. The trading thread
 * only puts them into a bounded {@link Outbox}; a sender thread words and sends them in their
 * order. At least once with an idempotent producer; what cannot be worded or Kafka finally refuses
 * is counted as dropped. Should the sender ever end, the next event that must not be lost throws.
 */
public final class KafkaEventSink implements EventSink, VenuePublisher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEventSink.class);
  private static final int BATCH = 1_024;
  private static final long POLL_MS = 50L;

  private final Outbox outbox;
  private final Producer<byte[], byte[]> producer;
  private final byte[] key;
  private final Thread sender;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong handedOver = new AtomicLong();
  private volatile boolean closing;
  private volatile Throwable ended;

  /** Connects; the producer is closed with this sink. */
  public KafkaEventSink(KafkaAccess kafka, String engineId, EngineConfig.Outbox settings) {
    this(new KafkaProducer<>(properties(kafka, engineId, settings)), engineId, settings);
  }

  KafkaEventSink(Producer<byte[], byte[]> producer, String engineId, EngineConfig.Outbox settings) {
    this.outbox = new Outbox(settings.tickCapacity(), settings.hardCapacity());
    this.producer = producer;
    this.key = engineId.getBytes(StandardCharsets.UTF_8);
    this.sender = new Thread(this::sendUntilClosed, "outbox-sender");
    this.sender.setDaemon(true);
    this.sender.start();
  }

  static Map<String, Object> properties(
      KafkaAccess kafka, String engineId, EngineConfig.Outbox settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "engine-" + engineId);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, settings.lingerMs());
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 67_108_864L);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, settings.compression());
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000L);
    return kafka.client(properties);
  }

  @Override
  public void tick(Tick tick) {
    if (outbox.offerDroppable(Topics.TICKS, tick)) {
      accepted.incrementAndGet();
    }
  }

  @Override
  public void order(Order order) {
    put(Topics.ORDERS, order);
  }

  @Override
  public void fill(Fill fill) {
    put(Topics.FILLS, fill);
  }

  @Override
  public void health(Health health) {
    put(Topics.HEALTH, health);
  }

  @Override
  public void ledger(Ledger ledger) {
    put(Topics.LEDGER, ledger);
  }

  @Override
  public void dropCopy(DropCopy dropCopy) {
    put(Topics.DROPCOPY, dropCopy);
  }

  @Override
  public long dropped() {
    return outbox.dropped();
  }

  /** Events that wait in the outbox. */
  public int waiting() {
    return outbox.size();
  }

  /** Waits until everything put so far is with Kafka; false when that takes longer. */
  public boolean flush(Duration limit) {
    long deadlineNanos = System.nanoTime() + limit.toNanos();
    while (handedOver.get() < accepted.get()) {
      if (ended != null || System.nanoTime() > deadlineNanos) {
        return false;
      }
      try {
        Thread.sleep(1L);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    producer.flush();
    return true;
  }

  @Override
  public void close() {
    flush(Duration.ofSeconds(10));
    closing = true;
    try {
      sender.join(2_000L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(5));
  }

  private void put(String topic, Record event) {
    Throwable cause = ended;
    if (cause != null) {
      throw new SenderEndedException(cause);
    }
    outbox.put(topic, event);
    accepted.incrementAndGet();
  }

  private void sendUntilClosed() {
    try {
      while (!closing) {
        Outbox.Entry first = outbox.poll(POLL_MS);
        if (first != null) {
          send(first);
          List<Outbox.Entry> more = outbox.drain(BATCH);
          more.forEach(this::send);
        }
      }
    } catch (InterruptedException e) {
      ended = e;
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      ended = e;
      LOG.error("the sender has ended; nothing reaches Kafka any more", e);
    }
  }

  private void send(Outbox.Entry entry) {
    try {
      byte[] value = Json.write(entry.event());
      producer.send(
          new ProducerRecord<>(entry.topic(), key, value),
          (metadata, failure) -> {
            if (failure != null) {
              lost(entry, failure);
            }
          });
    } catch (RuntimeException e) {
      lost(entry, e);
    } finally {
      handedOver.incrementAndGet();
    }
  }

  private void lost(Outbox.Entry entry, Exception failure) {
    outbox.countDropped();
    LOG.error("event for {} lost: {}", entry.topic(), failure.toString());
  }
}
