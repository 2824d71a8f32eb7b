// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.schemas.Notification;
import dev.sluice.schemas.NotificationKind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Sends a test by every channel and waits for the receipts. */
public final class Probe {
  private Probe() {}

  /**
   * Blocks until every channel has answered or failed three times, or the time is over.
   *
   * @param journal is handed each row
   * @return one row per channel that hears probes; a channel without a row has not answered in time
   */
  public static List<Notification> send(
      NotifyConfig config, Clock clock, long timeoutMs, Consumer<Notification> journal) {
    ConcurrentLinkedQueue<Notification> rows = new ConcurrentLinkedQueue<>();
    long nowUs = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    Message probe =
        Message.test(
            NotificationKind.PROBE,
            "probe-" + UUID.randomUUID(),
            nowUs,
            "sent to see that messages arrive");
    Consumer<Notification> keep =
        row -> {
          if (row.kind() == NotificationKind.PROBE) {
            rows.add(row);
            journal.accept(row);
          }
        };
    try (Switchboard switchboard = new Switchboard(config, false, clock, keep, words -> {})) {
      switchboard.workers().stream()
          .filter(worker -> worker.spec().kinds().contains(NotificationKind.PROBE))
          .forEach(worker -> worker.deliver(probe));
      switchboard.start();
      long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      while (switchboard.waiting() > 0 && System.nanoTime() < deadlineNs) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.copyOf(rows);
  }
}
