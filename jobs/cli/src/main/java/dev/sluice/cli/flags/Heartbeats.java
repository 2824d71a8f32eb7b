// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.flags;

import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The newest heartbeat of each engine that has had one of late.
 *
 * @param newest by engine
 * @param silent engines that the gate gave a lease of late, and that had no heartbeat
 */
public record Heartbeats(Map<String, Health> newest, Set<String> silent) {
  /**
   * Reads the heartbeats that the broker took within so long.
   *
   * @throws IllegalStateException when a topic does not exist
   * @throws org.apache.kafka.common.KafkaException when no broker answers
   */
  public static Heartbeats within(KafkaAccess kafka, Duration maxAge) {
    Map<String, Health> newest = new TreeMap<>();
    try (RecordTail tail = new RecordTail(kafka, List.of(Topics.HEALTH), maxAge)) {
      tail.drain(
          record ->
              read(record, Health.class)
                  .ifPresent(health -> newest.put(health.engineId(), health)));
    }
    Set<String> silent = new TreeSet<>();
    try (RecordTail tail = new RecordTail(kafka, List.of(Topics.LEASES), maxAge)) {
      tail.drain(
          record -> read(record, Lease.class).ifPresent(lease -> silent.add(lease.engineId())));
    }
    silent.removeAll(newest.keySet());
    return new Heartbeats(newest, silent);
  }

  /** The flags of every engine that says them. */
  public List<EngineFlags> flags() {
    return newest.values().stream()
        .filter(health -> health.flags() != null)
        .map(EngineFlags::of)
        .toList();
  }

  /** What is not known, one line each; none when every engine has said its flags of late. */
  public List<String> gaps(Duration maxAge) {
    List<String> gaps = new java.util.ArrayList<>();
    silent.forEach(
        engine -> gaps.add(engine + " has had no heartbeat for " + maxAge.toSeconds() + " s"));
    newest.values().stream()
        .filter(health -> health.flags() == null)
        .forEach(health -> gaps.add(health.engineId() + " does not say its flags"));
    if (newest.isEmpty() && silent.isEmpty()) {
      gaps.add("there is no heartbeat of any engine");
    }
    return gaps;
  }

  static <T extends Record> Optional<T> read(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(record.value(), type));
    } catch (MalformedException e) {
      return Optional.empty(); // foreign bytes: the jobs report them as dead letters
    }
  }
}
