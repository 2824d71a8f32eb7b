// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.savepoint;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;

/**
 * A source without state, fed from the test of this JVM: what it said before a savepoint is in the
 * savepoint, and nothing of itself.
 */
@SuppressWarnings("deprecation") // the only source of Flink's that has no state of its own
final class Feed<T> implements SourceFunction<T> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, ConcurrentLinkedQueue<Object>> QUEUES =
      new ConcurrentHashMap<>();
  private static final Map<String, AtomicInteger> WAITING = new ConcurrentHashMap<>();
  private static final Object END = new Object();
  private static final long POLL_MS = 5;

  private final String id = UUID.randomUUID().toString();
  private volatile boolean cancelled;

  Feed() {
    QUEUES.put(id, new ConcurrentLinkedQueue<>());
    WAITING.put(id, new AtomicInteger());
  }

  void say(List<? extends T> all) {
    WAITING.get(id).addAndGet(all.size());
    QUEUES.get(id).addAll(all);
  }

  /** Nothing more will come. */
  void end() {
    QUEUES.get(id).add(END);
  }

  /** True when all that was said so far has left this source. */
  boolean said() {
    return WAITING.get(id).get() == 0;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void run(SourceContext<T> context) throws Exception {
    while (!cancelled) {
      Object next = QUEUES.get(id).poll();
      if (next == END) {
        return;
      }
      if (next == null) {
        Thread.sleep(POLL_MS);
        continue;
      }
      synchronized (context.getCheckpointLock()) {
        context.collect((T) next);
        WAITING.get(id).decrementAndGet();
      }
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
  }
}
