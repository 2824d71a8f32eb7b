// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate.edge;

import dev.sluice.engine.gate.edge.KafkaControlLink.Arrival;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reading thread of a {@link KafkaControlLink}. Goes on through every failure of the broker.
 */
final class ControlReader implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long RETRY_MS = 250;

  private final Map<String, Object> properties;
  private final byte[] key;
  private final ControlCheck check;
  private final LongSupplier wallClockUs;
  private final BlockingQueue<Arrival> arrivals;
  private final AtomicLong skipped = new AtomicLong();
  private volatile boolean stopped;
  private volatile Consumer<byte[], byte[]> consumer;

  ControlReader(
      KafkaAccess kafka,
      String engineId,
      ControlTrust trust,
      LongSupplier wallClockUs,
      BlockingQueue<Arrival> arrivals) {
    this.key = engineId.getBytes(StandardCharsets.UTF_8);
    this.check = new ControlCheck(trust, engineId);
    this.wallClockUs = wallClockUs;
    this.arrivals = arrivals;
    Map<String, Object> own = new HashMap<>();
    own.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-control-" + engineId);
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    own.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    own.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    properties = kafka.client(own);
  }

  long skipped() {
    return skipped.get();
  }

  Map<Refusal, Long> refused() {
    return check.refused();
  }

  void stop() {
    stopped = true;
    Consumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
  }

  @Override
  public void run() {
    try (Consumer<byte[], byte[]> opened =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer = opened;
      read(opened);
    } catch (WakeupException | InterruptException | InterruptedException e) {
      LOG.debug("control link stopped");
    }
  }

  private void read(Consumer<byte[], byte[]> from) throws InterruptedException {
    List<TopicPartition> control = partitions(from, Topics.CONTROL);
    List<TopicPartition> leases = partitions(from, Topics.LEASES);
    if (stopped) {
      return;
    }
    List<TopicPartition> all = new ArrayList<>(control);
    all.addAll(leases);
    from.assign(all);
    from.seekToBeginning(control);
    from.seekToEnd(leases);
    Map<TopicPartition, Long> ends = ends(from, control);
    while (!stopped && !ends.isEmpty()) {
      if (pollOnce(from, control, leases) && reached(from, ends)) {
        arrivals.put(new Arrival(null, null, wallClockUs.getAsLong()));
        ends = Map.of();
      }
    }
    while (!stopped) {
      pollOnce(from, control, leases);
    }
  }

  /** True when the broker answered. */
  private boolean pollOnce(
      Consumer<byte[], byte[]> from, List<TopicPartition> control, List<TopicPartition> leases)
      throws InterruptedException {
    try {
      for (ConsumerRecord<byte[], byte[]> message : from.poll(POLL)) {
        if (Arrays.equals(key, message.key()) && message.value() != null && check.signed(message)) {
          arrived(message);
        }
      }
      return true;
    } catch (OffsetOutOfRangeException e) {
      // Compaction has passed us: what is left of control is what counts; old leases never do.
      from.seekToBeginning(control);
      from.seekToEnd(leases);
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("reading control failed, trying again", e);
      TimeUnit.MILLISECONDS.sleep(RETRY_MS);
    }
    return false;
  }

  /** Control waits for room in the queue, a lease does not: the next one is a second away. */
  private void arrived(ConsumerRecord<byte[], byte[]> message) throws InterruptedException {
    long nowUs = wallClockUs.getAsLong();
    try {
      if (message.topic().equals(Topics.CONTROL)) {
        Control control = Json.read(message.value(), Control.class);
        if (check.concerns(control.engineId())) {
          arrivals.put(new Arrival(control, null, nowUs));
        }
      } else {
        Lease lease = Json.read(message.value(), Lease.class);
        boolean believed = check.concerns(lease.engineId()) && check.fresh(lease, nowUs);
        if (believed && !arrivals.offer(new Arrival(null, lease, nowUs))) {
          skipped.incrementAndGet();
        }
      }
    } catch (MalformedException e) {
      skipped.incrementAndGet();
      LOG.warn("unreadable record in {} at {}", message.topic(), message.offset(), e);
    }
  }

  private List<TopicPartition> partitions(Consumer<byte[], byte[]> from, String topic)
      throws InterruptedException {
    while (!stopped) {
      try {
        List<PartitionInfo> found = from.partitionsFor(topic);
        if (found != null && !found.isEmpty()) {
          return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
        }
        LOG.info("topic {} does not exist yet", topic);
      } catch (WakeupException | InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        LOG.warn("no answer about topic {}: {}", topic, e.getMessage());
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MS);
    }
    return List.of();
  }

  private Map<TopicPartition, Long> ends(
      Consumer<byte[], byte[]> from, List<TopicPartition> control) throws InterruptedException {
    while (!stopped) {
      try {
        return from.endOffsets(control);
      } catch (WakeupException | InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        LOG.warn("no answer about the end of control: {}", e.getMessage());
        TimeUnit.MILLISECONDS.sleep(RETRY_MS);
      }
    }
    return Map.of();
  }

  private static boolean reached(Consumer<byte[], byte[]> from, Map<TopicPartition, Long> ends) {
    try {
      return ends.entrySet().stream()
          .allMatch(end -> from.position(end.getKey()) >= end.getValue());
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("no answer about the position in control: {}", e.getMessage());
      return false;
    }
  }
}
