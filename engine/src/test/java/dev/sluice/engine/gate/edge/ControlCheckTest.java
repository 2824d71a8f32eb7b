// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.signature.KeyFile;
import dev.sluice.schemas.signature.SignedBytes;
import dev.sluice.schemas.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlCheckTest {
  private static final long NOW_US = 1_767_571_200_000_000L;
  private static final byte[] VALUE = "{\"epoch\":7}".getBytes(UTF_8);

  @TempDir private Path directory;
  private SigningKey ed25519;
  private SigningKey hmac;

  @BeforeEach
  void makeKeys() throws IOException {
    ed25519 = key(KeyFile.newEd25519());
    hmac = key(KeyFile.newHmacSha256());
  }

  @Test
  void withoutKeysEverythingIsBelieved() {
    ControlCheck check = new ControlCheck(ControlTrust.EVERYBODY, "mm-1");
    assertThat(check.signed(unsigned())).isTrue();
    assertThat(check.concerns("mm-2")).isTrue();
    assertThat(check.fresh(lease(0, 1), NOW_US)).isTrue();
    assertThat(check.refused()).isEmpty();
  }

  @Test
  void bothAlgorithmsAreBelieved() {
    for (SigningKey key : List.of(ed25519, hmac)) {
      ControlCheck check = new ControlCheck(ControlTrust.of(key.verifyKey()), "mm-1");
      assertThat(check.signed(signed(key, Topics.CONTROL, "mm-1", VALUE))).isTrue();
      assertThat(check.refused()).isEmpty();
    }
  }

  @Test
  void unsignedIsRefusedUnlessItIsWaitedForTheGateToSign() {
    ControlCheck strict = new ControlCheck(ControlTrust.of(hmac.verifyKey()), "mm-1");
    assertThat(strict.signed(unsigned())).isFalse();
    assertThat(strict.refused()).isEqualTo(Map.of(Refusal.UNSIGNED, 1L));
    ControlCheck lenient =
        new ControlCheck(new ControlTrust(List.of(hmac.verifyKey()), true, 10_000), "mm-1");
    assertThat(lenient.signed(unsigned())).isTrue();
    assertThat(lenient.signed(signed(ed25519, Topics.CONTROL, "mm-1", VALUE)))
        .as("signed with another key is refused all the same")
        .isFalse();
    assertThat(lenient.refused()).isEqualTo(Map.of(Refusal.UNKNOWN_KEY, 1L));
  }

  @Test
  void aSignatureCoversTopicKeyAndValue() {
    for (SigningKey key : List.of(ed25519, hmac)) {
      ControlCheck check = new ControlCheck(ControlTrust.of(key.verifyKey()), "mm-1");
      ConsumerRecord<byte[], byte[]> right = signed(key, Topics.CONTROL, "mm-1", VALUE);
      byte[] tampered = VALUE.clone();
      tampered[tampered.length - 2] = '8';
      assertThat(check.signed(moved(right, Topics.CONTROL, "mm-1", tampered))).isFalse();
      assertThat(check.signed(moved(right, Topics.CONTROL, "mm-2", VALUE))).isFalse();
      assertThat(check.signed(moved(right, Topics.LEASES, "mm-1", VALUE))).isFalse();
      assertThat(check.refused()).isEqualTo(Map.of(Refusal.WRONG_SIGNATURE, 3L));
    }
  }

  @Test
  void aSignatureCoversTheFlagsOfAControlRecord() {
    ControlCheck check = new ControlCheck(ControlTrust.of(hmac.verifyKey()), "mm-1");
    byte[] on = "{\"mode\":\"RUN\",\"flags\":{\"taker_cap\":true}}".getBytes(UTF_8);
    byte[] off = "{\"mode\":\"RUN\",\"flags\":{\"taker_cap\":false}}".getBytes(UTF_8);
    ConsumerRecord<byte[], byte[]> right = signed(hmac, Topics.CONTROL, "mm-1", on);
    assertThat(check.signed(right)).isTrue();
    assertThat(check.signed(moved(right, Topics.CONTROL, "mm-1", off))).isFalse();
  }

  @Test
  void aKeyOfOneIdCannotBeUsedUnderAnother() {
    ControlCheck check = new ControlCheck(ControlTrust.of(ed25519.verifyKey()), "mm-1");
    Headers headers = headers(ed25519.verifyKey().id(), hmac.sign(covered()));
    assertThat(check.signed(record(Topics.CONTROL, "mm-1", VALUE, headers))).isFalse();
    assertThat(check.refused()).isEqualTo(Map.of(Refusal.WRONG_SIGNATURE, 1L));
  }

  @Test
  void whileAKeyIsReplacedBothAreBelieved() {
    ControlCheck both =
        new ControlCheck(ControlTrust.of(hmac.verifyKey(), ed25519.verifyKey()), "mm-1");
    assertThat(both.signed(signed(hmac, Topics.CONTROL, "mm-1", VALUE))).isTrue();
    assertThat(both.signed(signed(ed25519, Topics.CONTROL, "mm-1", VALUE))).isTrue();
    ControlCheck after = new ControlCheck(ControlTrust.of(ed25519.verifyKey()), "mm-1");
    assertThat(after.signed(signed(hmac, Topics.CONTROL, "mm-1", VALUE))).isFalse();
    assertThat(after.refused()).isEqualTo(Map.of(Refusal.UNKNOWN_KEY, 1L));
  }

  @Test
  void whatSpeaksOfAnotherEngineIsRefused() {
    ControlCheck check = new ControlCheck(ControlTrust.of(hmac.verifyKey()), "mm-1");
    assertThat(check.concerns("mm-1")).isTrue();
    assertThat(check.concerns("mm-2")).isFalse();
    assertThat(check.refused()).isEqualTo(Map.of(Refusal.OTHER_ENGINE, 1L));
  }

  @Test
  void aLeaseCountsOnceAndInTimeOnly() {
    ControlCheck check = new ControlCheck(ControlTrust.of(hmac.verifyKey()), "mm-1");
    assertThat(check.fresh(lease(-10_000, 1), NOW_US)).as("10 s old").isTrue();
    assertThat(check.fresh(lease(-10_000, 1), NOW_US)).as("the same again").isFalse();
    assertThat(check.fresh(lease(-10_000, 2), NOW_US)).as("has judged further").isTrue();
    assertThat(check.fresh(lease(-10_000, 1), NOW_US)).as("judged less far").isFalse();
    assertThat(check.fresh(lease(0, 1), NOW_US)).isTrue();
    assertThat(check.fresh(lease(-1, 9), NOW_US)).as("older than the last").isFalse();
    assertThat(check.refused()).isEqualTo(Map.of(Refusal.REPLAYED, 3L));
    assertThat(check.fresh(lease(-10_001, 9), NOW_US)).isFalse();
    assertThat(check.fresh(lease(10_001, 9), NOW_US)).as("from the future").isFalse();
    assertThat(check.fresh(lease(9_000, 9), NOW_US)).isTrue();
    assertThat(check.refused()).isEqualTo(Map.of(Refusal.REPLAYED, 3L, Refusal.OUT_OF_TIME, 2L));
  }

  private static Lease lease(long issuedMs, long watermarkS) {
    return new Lease(
        Lease.SCHEMA,
        "mm-1",
        NOW_US + issuedMs * 1_000,
        10_000.0,
        watermarkS * 1_000_000,
        7,
        "judge-1");
  }

  private SigningKey key(String text) throws IOException {
    return KeyFile.signing(Files.writeString(Files.createTempFile(directory, "key", ".pem"), text));
  }

  private static byte[] covered() {
    return SignedBytes.of(Topics.CONTROL, "mm-1".getBytes(UTF_8), VALUE);
  }

  private static ConsumerRecord<byte[], byte[]> unsigned() {
    return record(Topics.CONTROL, "mm-1", VALUE, new RecordHeaders());
  }

  private static ConsumerRecord<byte[], byte[]> signed(
      SigningKey key, String topic, String engineId, byte[] value) {
    byte[] covered = SignedBytes.of(topic, engineId.getBytes(UTF_8), value);
    return record(topic, engineId, value, headers(key.verifyKey().id(), key.sign(covered)));
  }

  private static ConsumerRecord<byte[], byte[]> moved(
      ConsumerRecord<byte[], byte[]> from, String topic, String engineId, byte[] value) {
    return record(topic, engineId, value, from.headers());
  }

  private static Headers headers(String keyId, byte[] signature) {
    return new RecordHeaders()
        .add(SignedBytes.KEY_ID_HEADER, keyId.getBytes(UTF_8))
        .add(SignedBytes.SIGNATURE_HEADER, signature);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic, String engineId, byte[] value, Headers headers) {
    byte[] key = engineId.getBytes(UTF_8);
    return new ConsumerRecord<>(
        topic,
        0,
        1L,
        NOW_US / 1_000,
        TimestampType.LOG_APPEND_TIME,
        key.length,
        value.length,
        key,
        value,
        headers,
        Optional.empty());
  }
}
