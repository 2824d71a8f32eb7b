// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.broker.BrokerOptions;
import dev.sluice.cli.broker.EmbeddedBroker;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.flink.RawRecord;
import dev.sluice.flink.io.KafkaSources;
import dev.sluice.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source over a real broker says how far it has read; once nobody can say, it says nothing. */
class ReadThroughTest {
  private static final int RECORDS = 3_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final AtomicLong READ = new AtomicLong();
  private static final AtomicLong WATERMARK_MS = new AtomicLong();
  private static final AtomicLong READ_AT_WATERMARK = new AtomicLong();

  @TempDir Path directory;

  @Test
  void whatWasStoredBeforeIsReadBefore() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory))) {
      String servers = broker.bootstrapServers();
      try (TopicsAdmin topics = new TopicsAdmin(servers)) {
        topics.create(2, (short) 1);
      }
      long storedMs = store(servers, RECORDS);
      try (EmbeddedFlink flink =
          EmbeddedFlink.start(
              new EmbeddedFlink.Options("read-through", 1, 0, Optional.empty()),
              env -> define(env, servers))) {
        await(() -> WATERMARK_MS.get() > storedMs);
        assertThat(READ_AT_WATERMARK.get()).isEqualTo(RECORDS);

        long moreMs = store(servers, 1);
        await(() -> WATERMARK_MS.get() > moreMs);
        assertThat(READ_AT_WATERMARK.get()).isEqualTo(RECORDS + 1);

        broker.close();
        Thread.sleep(500); // what was asked before is answered
        long lastMs = WATERMARK_MS.get();
        Thread.sleep(1_500);
        assertThat(WATERMARK_MS.get()).as("nobody answers").isEqualTo(lastMs);
        assertThat(flink.failures()).isZero();
      }
    }
  }

  private static long store(String servers, int records) {
    Map<String, Object> properties = Map.of("bootstrap.servers", servers);
    try (var producer =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        String topic = i % 3 == 0 ? Topics.FILLS : Topics.TICKS;
        byte[] value = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, "mm-" + i % 7, value));
      }
    }
    return System.currentTimeMillis();
  }

  private static void define(StreamExecutionEnvironment env, String servers) {
    env.setParallelism(1);
    env.fromSource(
            new KafkaSources(servers, "read-through", Map.of())
                .raw("events", List.of(Topics.TICKS, Topics.FILLS, Topics.HEALTH)),
            WatermarkStrategy.noWatermarks(),
            "events",
            TypeInformation.of(RawRecord.class))
        .transform("note", Types.LONG, new Note())
        .sinkTo(new DiscardingSink<>());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long untilNanos = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("watermark %d", WATERMARK_MS.get()).isLessThan(untilNanos);
      Thread.sleep(20);
    }
  }

  private static final class Note extends AbstractStreamOperator<Long>
      implements OneInputStreamOperator<RawRecord, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(StreamRecord<RawRecord> element) {
      READ.incrementAndGet();
    }

    @Override
    public void processWatermark(Watermark mark) {
      READ_AT_WATERMARK.set(READ.get());
      WATERMARK_MS.set(mark.getTimestamp());
    }
  }
}
