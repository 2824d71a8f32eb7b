// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.RecordGenerator;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class KafkaEdgesTest {
  @Test
  void producersSendAtOnceAndSafelyUnlessToldOtherwise() {
    Properties properties =
        new KafkaSinks("host:1", "sluice-gate", Map.of("compression.type", "zstd"))
            .producerProperties(Topics.CONTROL);

    assertThat(properties)
        .containsEntry("linger.ms", "0")
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("client.id", "sluice-gate-control")
        .containsEntry("compression.type", "zstd");
  }

  @Test
  void consumersFetchWhatThereIsAndLookForPartitionsEveryTenSeconds() {
    assertThat(
            new KafkaSources("host:1", "g", Map.of("fetch.max.wait.ms", "100"))
                .consumerProperties())
        .containsEntry("fetch.min.bytes", "1")
        .containsEntry("partition.discovery.interval.ms", "10000")
        .containsEntry("fetch.max.wait.ms", "100");
  }

  @Test
  void messagesAreKeyedJson() {
    Control control = new RecordGenerator(5).next(Control.class);

    ProducerRecord<byte[], byte[]> record =
        new JsonSerializer<>(Topics.CONTROL, Control::engineId, "").serialize(control, null, null);

    assertThat(record.topic()).isEqualTo(Topics.CONTROL);
    assertThat(new String(record.key(), UTF_8)).isEqualTo(control.engineId());
    assertThat(record.value()).isEqualTo(Json.write(control));
    assertThat(record.timestamp()).as("the broker stamps").isNull();
  }

  @Test
  void rawRecordsKeepWhereTheyCameFromAndARecordWithoutValueHasNoBytes() {
    List<RawRecord> out = new ArrayList<>();
    ListCollector<RawRecord> collector = new ListCollector<>(out);
    RawRecordDeserializer deserializer = new RawRecordDeserializer();

    deserializer.deserialize(consumed(7, "v".getBytes(UTF_8)), collector);
    deserializer.deserialize(consumed(8, null), collector);

    assertThat(out).hasSize(2);
    assertThat(out.get(0))
        .usingRecursiveComparison()
        .isEqualTo(new RawRecord(Topics.TICKS, 3, 7, 1_700_000_000_123_000L, "v".getBytes(UTF_8)));
    assertThat(out.get(1).value()).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> consumed(long offset, byte[] value) {
    return new ConsumerRecord<>(
        Topics.TICKS,
        3,
        offset,
        1_700_000_000_123L,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
