// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.history;

import dev.sluice.schemas.Verdict;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a job in this process meets its listener: operators are serialised, a listener is not, so
 * operators know a name. Thread-safe.
 */
public final class HistoryChannel implements AutoCloseable {
  private static final Map<String, HistoryChannel> OPEN = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final HistoryListener listener;
  private long heardMs = Long.MIN_VALUE;

  private HistoryChannel(HistoryListener listener) {
    this.listener = listener;
  }

  /** Opens one; the listener is told until it is closed. */
  public static HistoryChannel open(HistoryListener listener) {
    HistoryChannel channel = new HistoryChannel(listener);
    OPEN.put(channel.id, channel);
    return channel;
  }

  /** Its name, for operators. */
  public String id() {
    return id;
  }

  static HistoryChannel named(String id) {
    HistoryChannel channel = OPEN.get(id);
    if (channel == null) {
      throw new IllegalStateException("a history is replayed in the process that listens to it");
    }
    return channel;
  }

  synchronized void heard(Verdict verdict) {
    listener.heard(verdict);
  }

  synchronized void read(String date, long events) {
    listener.read(date, events);
  }

  /** Everything up to this word of the source has come through the judges. */
  synchronized void throughTo(long wordMs) {
    heardMs = wordMs;
    notifyAll();
  }

  /** Waits until everything up to this word has come through. */
  synchronized void awaitThrough(long wordMs) throws InterruptedException {
    while (heardMs < wordMs) {
      wait();
    }
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }
}
