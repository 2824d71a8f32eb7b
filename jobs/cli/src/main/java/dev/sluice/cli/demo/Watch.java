// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the outcome topics in a thread of its own, into {@link Sightings}. */
public final class Watch implements AutoCloseable {
  /** Once told to stop, it reads on until so many looks have found nothing. */
  private static final int QUIET_POLLS = 6;

  private static final int HEAD = 160;

  private final Sightings seen;
  private final LongConsumer onWatermark;
  private final RecordTail tail;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile RuntimeException failure;
  private long lastWatermarkUs;

  /**
   * Starts watching from the beginning of the topics.
   *
   * @param onWatermark told, in the watching thread, whenever the judge's watermark has advanced
   */
  public Watch(String bootstrap, Sightings seen, LongConsumer onWatermark) {
    this.seen = seen;
    this.onWatermark = onWatermark;
    this.tail =
        new RecordTail(
            bootstrap,
            List.of(
                Topics.CONTROL,
                Topics.ACKS,
                Topics.LEASES,
                Topics.VERDICTS,
                Topics.FINDINGS,
                Topics.TRIALS,
                Topics.PARITY,
                Topics.HEALTH),
            RecordTail.From.BEGINNING);
    this.thread = new Thread(this::run, "demo-watch");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  private void run() {
    try {
      int quiet = 0;
      while (quiet < QUIET_POLLS) {
        int heard = tail.poll(Duration.ofMillis(50), this::heard);
        quiet = stopping && heard == 0 ? quiet + 1 : 0;
        long watermarkUs = seen.watermarkUs();
        if (watermarkUs > lastWatermarkUs) {
          lastWatermarkUs = watermarkUs;
          onWatermark.accept(watermarkUs);
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      tail.close();
    }
  }

  private void heard(ConsumerRecord<byte[], byte[]> record) {
    try {
      byte[] value = record.value();
      switch (record.topic()) {
        case Topics.CONTROL -> {
          Control control = Json.read(value, Control.class);
          seen.engines().forEach(engine -> engine.control(control, record.timestamp()));
        }
        case Topics.ACKS -> {
          Ack ack = Json.read(value, Ack.class);
          seen.engines().forEach(engine -> engine.ack(ack, record.timestamp()));
        }
        case Topics.LEASES -> {
          Lease lease = Json.read(value, Lease.class);
          seen.engines().forEach(engine -> engine.lease(lease, record.timestamp()));
        }
        case Topics.VERDICTS -> {
          if (!progressMarker(value)) {
            Verdict verdict = Json.read(value, Verdict.class);
            seen.engines().forEach(engine -> engine.verdict(verdict));
          }
        }
        case Topics.FINDINGS -> {
          Finding finding = Json.read(value, Finding.class);
          seen.books().forEach(book -> book.heard(finding));
        }
        case Topics.TRIALS -> seen.trials().heard(Json.read(value, TrialStatus.class));
        case Topics.PARITY -> seen.trials().heard(Json.read(value, Parity.class));
        case Topics.HEALTH -> {
          Health health = Json.read(value, Health.class);
          seen.engines().forEach(engine -> engine.health(health, record.timestamp()));
        }
        default -> throw new IllegalStateException(record.topic());
      }
    } catch (MalformedException e) {
      return; // bad input is the judge's to report
    }
  }

  /** Two of three verdicts are markers: not worth reading. */
  private static boolean progressMarker(byte[] value) {
    String head = new String(value, 0, Math.min(value.length, HEAD), StandardCharsets.US_ASCII);
    return head.contains("\"" + Verdict.PROGRESS + "\"");
  }

  /** What ended the watching, or null. */
  public RuntimeException failure() {
    return failure;
  }

  /** Reads what is left and ends. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
