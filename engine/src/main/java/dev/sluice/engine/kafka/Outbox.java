// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded queue between the trading thread, which never waits, and a sender. Two limits: from the
 * lower one on new ticks are dropped and counted; the rest of the room is for what must not be
 * lost. Thread-safe for any number of writers and one reader.
 */
public final class Outbox {
  /** One event and its topic. */
  public record Entry(String topic, Record event) {}

  private final ArrayBlockingQueue<Entry> queue;
  private final int tickCapacity;
  private final AtomicLong dropped = new AtomicLong();

  public Outbox(int tickCapacity, int hardCapacity) {
    this.tickCapacity = tickCapacity;
    this.queue = new ArrayBlockingQueue<>(hardCapacity);
  }

  /** Takes an event that may be dropped; false when it was. */
  public boolean offerDroppable(String topic, Record event) {
    if (queue.size() < tickCapacity && queue.offer(new Entry(topic, event))) {
      return true;
    }
    dropped.incrementAndGet();
    return false;
  }

  /**
   * Takes an event that must not be lost.
   *
   * @throws OutboxFullException when even the reserve is full: an engine that cannot say what it
   *     does must not go on
   */
  public void put(String topic, Record event) {
    if (!queue.offer(new Entry(topic, event))) {
      throw new OutboxFullException(queue.size());
    }
  }

  /** Moves up to {@code max} entries to a new list. */
  public List<Entry> drain(int max) {
    List<Entry> entries = new ArrayList<>();
    queue.drainTo(entries, max);
    return entries;
  }

  /** Waits for an entry; null when none came in time. */
  Entry poll(long timeoutMs) throws InterruptedException {
    return queue.poll(timeoutMs, java.util.concurrent.TimeUnit.MILLISECONDS);
  }

  public int size() {
    return queue.size();
  }

  /** Events dropped so far. */
  public long dropped() {
    return dropped.get();
  }

  void countDropped() {
    dropped.incrementAndGet();
  }
}
