// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.Sim;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KafkaEventSinkTest {
  @Test
  void sendsEveryEventInOrderKeyedByEngine() throws Exception {
    Sim sim = new Sim().run(60);
    MockProducer<byte[], byte[]> producer = producer(true);
    KafkaEventSink sink = new KafkaEventSink(producer, "mm-1", EngineConfig.Outbox.defaults());
    sim.sink.ticks.forEach(sink::tick);
    sim.sink.healths.forEach(sink::health);
    sim.sink.orders.forEach(sink::order);
    assertThat(sink.flush(Duration.ofSeconds(20))).isTrue();
    assertThat(producer.history())
        .hasSize(sim.sink.ticks.size() + sim.sink.healths.size() + sim.sink.orders.size())
        .allMatch(sent -> new String(sent.key(), StandardCharsets.UTF_8).equals("mm-1"));
    Tick first = Json.read(producer.history().get(0).value(), Tick.class);
    assertThat(first).isEqualTo(sim.sink.ticks.get(0));
    assertThat(producer.history().get(0).topic()).isEqualTo(Topics.TICKS);
    sink.close();
  }

  @Test
  void blockedKafkaDropsTicksButKeepsHealth() {
    Sim sim = new Sim().run(600);
    MockProducer<byte[], byte[]> producer = producer(true);
    EngineConfig.Outbox small = new EngineConfig.Outbox(100, 4_000, 0, "none");
    synchronized (producer) {
      // MockProducer.send is synchronized: while we hold it, Kafka takes nothing.
      KafkaEventSink sink = new KafkaEventSink(producer, "mm-1", small);
      sim.sink.ticks.forEach(sink::tick);
      sim.sink.healths.forEach(sink::health);
      assertThat(sink.dropped()).isGreaterThan(900);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                producer.history().stream().filter(r -> r.topic().equals(Topics.HEALTH)).count()
                    == sim.sink.healths.size());
  }

  @Test
  void whatKafkaFinallyRefusesIsCounted() throws Exception {
    Health health = new Sim().run(1).sink.healths.get(0);
    MockProducer<byte[], byte[]> producer = producer(false);
    KafkaEventSink sink = new KafkaEventSink(producer, "mm-1", EngineConfig.Outbox.defaults());
    sink.health(health);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> producer.history().size() == 1);
    producer.errorNext(new TimeoutException("two minutes are over"));
    assertThat(sink.dropped()).isEqualTo(1);
    sink.close();
  }

  @Test
  void whatCannotBeSentIsCountedAndTheNextIsSent() {
    Health health = new Sim().run(1).sink.healths.get(0);
    FailingProducer producer = new FailingProducer(new IllegalStateException("cannot be sent"));
    KafkaEventSink sink = new KafkaEventSink(producer, "mm-1", EngineConfig.Outbox.defaults());
    sink.health(health);
    sink.health(health);
    assertThat(sink.flush(Duration.ofSeconds(20))).isTrue();
    assertThat(sink.dropped()).isEqualTo(1);
    assertThat(producer.history()).hasSize(1);
    sink.close();
  }

  @Test
  void engineMayNotGoOnWithoutASender() {
    Health health = new Sim().run(1).sink.healths.get(0);
    FailingProducer producer = new FailingProducer(new OutOfMemoryError("injected"));
    KafkaEventSink sink = new KafkaEventSink(producer, "mm-1", EngineConfig.Outbox.defaults());
    sink.health(health);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> sink.health(health))
                    .isInstanceOf(SenderEndedException.class)
                    .hasMessageContaining("injected"));
    sink.close();
  }

  @Test
  void producerLosesNothingAndDoublesNothing() {
    var properties =
        KafkaEventSink.properties(
            KafkaAccess.plain("localhost:1"), "mm-1", EngineConfig.Outbox.defaults());
    assertThat(properties)
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    assertThat((long) properties.get(ProducerConfig.LINGER_MS_CONFIG)).isBetween(0L, 5L);
  }

  /** Fails once. */
  private static final class FailingProducer extends MockProducer<byte[], byte[]> {
    private Throwable failure;

    FailingProducer(Throwable failure) {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
      this.failure = failure;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      Throwable now = failure;
      failure = null;
      if (now instanceof Error error) {
        throw error;
      }
      if (now instanceof RuntimeException exception) {
        throw exception;
      }
      return super.send(record, callback);
    }
  }

  private static MockProducer<byte[], byte[]> producer(boolean answers) {
    return new MockProducer<>(answers, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
