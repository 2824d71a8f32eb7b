// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.signature.KeyException;
import dev.sluice.schemas.signature.KeyFile;
import dev.sluice.schemas.signature.SignedBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonSerializerTest {
  private static final Lease LEASE =
      new Lease(Lease.SCHEMA, "mm-1", 1_767_571_200_000_000L, 10_000.0, 5L, 7L, "judge-1");

  @TempDir private Path directory;

  @Test
  void withoutAKeyNothingIsSigned() {
    ProducerRecord<byte[], byte[]> record = opened("").serialize(LEASE, null, 1L);
    assertThat(record.key()).isEqualTo("mm-1".getBytes(UTF_8));
    assertThat(record.value()).isEqualTo(Json.write(LEASE));
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void theKeyIsReadWhereTheSinkRunsAndIsNoPartOfTheJob() throws Exception {
    Path file = directory.resolve("gate.pem");
    byte[] job =
        InstantiationUtil.serializeObject(
            new JsonSerializer<Lease>(Topics.LEASES, Lease::engineId, file.toString()));
    String secret = KeyFile.newHmacSha256();
    Files.writeString(file, secret);
    JsonSerializer<Lease> sink =
        InstantiationUtil.deserializeObject(job, JsonSerializer.class.getClassLoader());
    sink.open(null, null);
    ProducerRecord<byte[], byte[]> record = sink.serialize(LEASE, null, 1L);
    byte[] signature = record.headers().lastHeader(SignedBytes.SIGNATURE_HEADER).value();
    byte[] covered = SignedBytes.of(Topics.LEASES, record.key(), record.value());
    assertThat(KeyFile.verifying(file).verifies(covered, signature)).isTrue();
    assertThat(record.headers().lastHeader(SignedBytes.KEY_ID_HEADER).value())
        .asString(UTF_8)
        .isEqualTo(KeyFile.verifying(file).id());
    assertThat(record.value()).as("the JSON is as without").isEqualTo(Json.write(LEASE));
    assertThat(InstantiationUtil.serializeObject(sink)).as("opened").isEqualTo(job);
  }

  @Test
  void aSinkWhoseKeyCannotBeReadDoesNotStart() {
    assertThatThrownBy(() -> opened(directory.resolve("none").toString()))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("none");
  }

  private static JsonSerializer<Lease> opened(String keyFile) {
    JsonSerializer<Lease> sink = new JsonSerializer<>(Topics.LEASES, Lease::engineId, keyFile);
    sink.open(null, null);
    return sink;
  }
}
