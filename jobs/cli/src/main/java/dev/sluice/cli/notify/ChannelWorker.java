// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.schemas.Notification;
import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.NotificationStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One channel with a queue and a thread of its own, so that one that hangs holds up no other.
 * Messages go out in their order, each until it has arrived; what the channel refuses for its
 * content is given up after {@value #PATIENCE} tries. Rows of what became of each go to {@link
 * Told}.
 */
final class ChannelWorker implements AutoCloseable {
  /** So many failures in a row, and the others are told. */
  static final int PATIENCE = 3;

  private static final long CLOSE_MS = 5_000;

  private final Channel channel;
  private final NotifyConfig.ChannelSpec spec;
  private final NotifyConfig.Retry retry;
  private final long refreshMs;
  private final boolean patient;
  private final Clock clock;
  private final Told told;
  private final LinkedBlockingQueue<Message> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Set<String> taken = new HashSet<>();
  private final Thread thread;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean gaveUp;
  private volatile boolean closed;

  /** What a worker says of its messages; called from its thread. */
  interface Told {
    /** What became of a message. */
    void row(Notification row);

    /** Three failures in a row; {@code message} is what waits. */
    void failing(ChannelWorker worker, Message message, String why);

    /** It works again. */
    void works(ChannelWorker worker);
  }

  /**
   * @param patient whether a message that does not get through is tried for ever
   */
  ChannelWorker(
      Channel channel,
      NotifyConfig.ChannelSpec spec,
      NotifyConfig config,
      boolean patient,
      Clock clock,
      Told told) {
    this.channel = channel;
    this.spec = spec;
    this.retry = config.retry();
    this.refreshMs = config.refreshMs();
    this.patient = patient;
    this.clock = clock;
    this.told = told;
    this.thread = new Thread(this::run, "notify-" + spec.name());
    thread.setDaemon(true);
  }

  /** Starts the thread; before it {@link #restore} may be called. */
  void start() {
    thread.start();
  }

  /** A message it has had before this start. */
  void restore(String notificationId) {
    taken.add(notificationId);
  }

  /** An episode that stands, of which it has been told. */
  void adopt(Message message) {
    channel.adopt(message);
  }

  /** The entry it was made of. */
  NotifyConfig.ChannelSpec spec() {
    return spec;
  }

  /** Queues a message unless it had it already; true when queued. From one thread at a time. */
  synchronized boolean deliver(Message message) {
    if (!taken.add(message.notificationId())) {
      return false;
    }
    waiting.incrementAndGet();
    queue.add(message);
    return true;
  }

  /** Whether it has, or will get, this message. */
  synchronized boolean has(String notificationId) {
    return taken.contains(notificationId);
  }

  /** Messages that have not arrived. */
  int waiting() {
    return waiting.get();
  }

  /** Failures in a row. */
  int failures() {
    return failures.get();
  }

  /** Whether the last three tries failed, or more. */
  boolean failing() {
    return failures.get() >= PATIENCE;
  }

  /** Whether a message was given up. */
  boolean gaveUp() {
    return gaveUp;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long nextRefreshNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(refreshMs);
    try {
      while (!closed) {
        Message message = queue.poll(Math.min(refreshMs, 500), TimeUnit.MILLISECONDS);
        if (message != null) {
          deliverNow(message);
          waiting.decrementAndGet();
        }
        if (System.nanoTime() - nextRefreshNs >= 0) {
          refresh();
          nextRefreshNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(refreshMs);
        }
      }
    } catch (InterruptedException e) {
      closed = true; // what waits is told after the next start
    }
  }

  private void refresh() throws InterruptedException {
    try {
      channel.refresh();
      succeeded();
    } catch (DeliveryException e) {
      failed(null, e.getMessage());
    }
  }

  private void deliverNow(Message message) throws InterruptedException {
    for (long tries = 1; !closed; tries++) {
      try {
        Receipt receipt = channel.send(message);
        long nowUs = nowUs();
        boolean received = receipt.status() == NotificationStatus.RECEIVED;
        told.row(
            message.row(
                spec.name(),
                receipt.status(),
                tries,
                nowUs,
                received ? nowUs : null,
                receipt.words()));
        succeeded();
        return;
      } catch (DeliveryException e) {
        boolean enough = tries >= PATIENCE && (e.hopeless() || !patient || fleeting(message));
        if (enough || tries == PATIENCE) {
          told.row(
              message.row(
                  spec.name(), NotificationStatus.FAILED, tries, nowUs(), null, e.getMessage()));
        }
        failed(message, e.getMessage());
        if (enough) {
          if (!fleeting(message)) {
            gaveUp = true;
          }
          return;
        }
        Thread.sleep(retry.delayMs(tries));
      }
    }
  }

  /** A late heartbeat helps nobody. */
  private static boolean fleeting(Message message) {
    return message.kind() == NotificationKind.WATCHDOG;
  }

  private void failed(Message message, String why) {
    if (failures.incrementAndGet() == PATIENCE) {
      told.failing(this, message, why);
    }
  }

  private void succeeded() {
    boolean wasFailing = failing();
    failures.set(0);
    if (wasFailing) {
      told.works(this);
    }
  }

  private long nowUs() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }
}
