// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.venue;

import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Stands in for the judge: a lease each second, whatever happens. */
final class LeaseGiver implements AutoCloseable {
  private static final double TTL_MS = 10_000;

  private final String engineId;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  LeaseGiver(String bootstrap, String engineId) {
    this.engineId = engineId;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread.scheduleAtFixedRate(this::give, 0, 1, TimeUnit.SECONDS);
  }

  private void give() {
    long nowUs = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    byte[] key = engineId.getBytes(StandardCharsets.UTF_8);
    Lease lease = new Lease(Lease.SCHEMA, engineId, nowUs, TTL_MS, nowUs, 0L, "test");
    producer.send(new ProducerRecord<>(Topics.LEASES, key, Json.write(lease)));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    producer.close(Duration.ofSeconds(2));
  }
}
