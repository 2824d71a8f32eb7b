// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.signature.KeyFile;
import dev.sluice.schemas.signature.SignedBytes;
import dev.sluice.schemas.signature.SigningKey;
import java.nio.file.Path;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The wire format: key and value as UTF-8, the value as JSON; signed where there is a key. Only the
 * key's file is part of the job, the key itself is read where the sink runs.
 */
final class JsonSerializer<T extends Record> implements KafkaRecordSerializationSchema<T> {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final RecordKey<T> key;
  private final String signingKeyFile;
  private transient SigningKey signingKey;

  /**
   * A serializer.
   *
   * @param signingKeyFile empty to sign nothing
   */
  JsonSerializer(String topic, RecordKey<T> key, String signingKeyFile) {
    this.topic = topic;
    this.key = key;
    this.signingKeyFile = signingKeyFile;
  }

  @Override
  public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
    if (!signingKeyFile.isEmpty()) {
      signingKey = KeyFile.signing(Path.of(signingKeyFile));
    }
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T message, KafkaSinkContext context, Long timestampMs) {
    ProducerRecord<byte[], byte[]> produced =
        new ProducerRecord<>(topic, key.of(message).getBytes(UTF_8), Json.write(message));
    if (signingKey != null) {
      sign(produced);
    }
    return produced;
  }

  private void sign(ProducerRecord<byte[], byte[]> produced) {
    byte[] signature = signingKey.sign(SignedBytes.of(topic, produced.key(), produced.value()));
    produced
        .headers()
        .add(SignedBytes.KEY_ID_HEADER, signingKey.verifyKey().id().getBytes(US_ASCII))
        .add(SignedBytes.SIGNATURE_HEADER, signature);
  }
}
