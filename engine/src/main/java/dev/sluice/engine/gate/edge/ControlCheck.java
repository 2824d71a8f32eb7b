// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate.edge;

import dev.sluice.schemas.Lease;
import dev.sluice.schemas.signature.SignedBytes;
import dev.sluice.schemas.signature.VerifyKey;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a control record or a lease is believed, and counts what is not. A replayed
 * control record has an old epoch, which {@link dev.sluice.engine.gate.GateClient} rejects; a
 * replayed lease is told here by its time of issue. With no key given everything is believed. One
 * thread; the counts may be asked from any.
 */
final class ControlCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ControlCheck.class);
  private static final long NEVER = Long.MIN_VALUE;

  private final ControlTrust trust;
  private final String engineId;
  private final Map<Refusal, AtomicLong> refused = new EnumMap<>(Refusal.class);
  private long lastIssuedUs = NEVER;
  private long lastWatermarkUs = NEVER;

  ControlCheck(ControlTrust trust, String engineId) {
    this.trust = trust;
    this.engineId = engineId;
    for (Refusal refusal : Refusal.values()) {
      refused.put(refusal, new AtomicLong());
    }
  }

  /** Whether the record is signed as it must be. */
  boolean signed(ConsumerRecord<byte[], byte[]> message) {
    if (trust.keys().isEmpty()) {
      return true;
    }
    Header id = message.headers().lastHeader(SignedBytes.KEY_ID_HEADER);
    Header signature = message.headers().lastHeader(SignedBytes.SIGNATURE_HEADER);
    if (present(id) && present(signature)) {
      return verified(message, new String(id.value(), StandardCharsets.US_ASCII), signature);
    }
    return trust.acceptUnsigned() || refuse(Refusal.UNSIGNED);
  }

  /** Whether what a signed record says concerns the engine that its key names. */
  boolean concerns(String spokenOfId) {
    return trust.keys().isEmpty() || spokenOfId.equals(engineId) || refuse(Refusal.OTHER_ENGINE);
  }

  /**
   * Whether the lease is new. Of two with one time of issue the one that has judged further is
   * newer; the very same one again is not.
   *
   * @param nowUs wall clock, epoch microseconds
   */
  boolean fresh(Lease lease, long nowUs) {
    if (trust.keys().isEmpty()) {
      return true;
    }
    if (Math.abs(nowUs - lease.issuedAtUs()) > trust.maxLeaseAgeMs() * 1_000) {
      return refuse(Refusal.OUT_OF_TIME);
    }
    boolean newer =
        lease.issuedAtUs() > lastIssuedUs
            || (lease.issuedAtUs() == lastIssuedUs && lease.watermarkUs() > lastWatermarkUs);
    if (!newer) {
      return refuse(Refusal.REPLAYED);
    }
    lastIssuedUs = lease.issuedAtUs();
    lastWatermarkUs = lease.watermarkUs();
    return true;
  }

  /** How many were refused, by reason; reasons that never occurred are left out. */
  Map<Refusal, Long> refused() {
    Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
    refused.forEach(
        (refusal, count) -> {
          if (count.get() > 0) {
            counts.put(refusal, count.get());
          }
        });
    return counts;
  }

  private boolean verified(ConsumerRecord<byte[], byte[]> message, String keyId, Header signature) {
    for (VerifyKey key : trust.keys()) {
      if (key.id().equals(keyId)) {
        byte[] covered = SignedBytes.of(message.topic(), message.key(), message.value());
        return key.verifies(covered, signature.value()) || refuse(Refusal.WRONG_SIGNATURE);
      }
    }
    return refuse(Refusal.UNKNOWN_KEY);
  }

  private static boolean present(Header header) {
    return header != null && header.value() != null;
  }

  /**
   * Always false. Logs the first of a kind and then every doubling: a flood must not fill a disk.
   */
  private boolean refuse(Refusal refusal) {
    long count = refused.get(refusal).incrementAndGet();
    if (Long.bitCount(count) == 1) {
      LOG.warn("refused a record that {} ({} so far)", refusal.about(), count);
    }
    return false;
  }
}
