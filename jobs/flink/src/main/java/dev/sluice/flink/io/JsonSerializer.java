// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.schemas.codec.Json;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The wire format: key and value as UTF-8, the value as JSON. */
final class JsonSerializer<T extends Record> implements KafkaRecordSerializationSchema<T> {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final RecordKey<T> key;

  JsonSerializer(String topic, RecordKey<T> key) {
    this.topic = topic;
    this.key = key;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T message, KafkaSinkContext context, Long timestampMs) {
    return new ProducerRecord<>(topic, key.of(message).getBytes(UTF_8), Json.write(message));
  }
}
