// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.EngineStream;
import dev.sluice.rules.bucket.Punctuation;
import dev.sluice.rules.bucket.StreamTracker;
import java.util.ArrayDeque;
import java.util.Deque;

/** Punctuations of one engine whose declared records have not all come by here. */
final class AwaitedPunctuations {
  private static final int MAX_AWAITED = 4_096;

  private final Deque<Punctuation> awaited = new ArrayDeque<>();

  /** Waits for one more, of the same run as those before or of a new one, which ends theirs. */
  void add(Punctuation punctuation) {
    Punctuation last = awaited.peekLast();
    if (last != null && !last.runId().equals(punctuation.runId())) {
      awaited.clear();
    }
    if (awaited.size() < MAX_AWAITED) {
      awaited.add(punctuation);
    }
  }

  boolean isEmpty() {
    return awaited.isEmpty();
  }

  /** True when at least one is now complete; forgets those. */
  boolean completed(StreamTracker[] trackers) {
    boolean any = false;
    Punctuation head = awaited.peekFirst();
    while (head != null && complete(head, trackers)) {
      awaited.removeFirst();
      any = true;
      head = awaited.peekFirst();
    }
    return any;
  }

  private static boolean complete(Punctuation punctuation, StreamTracker[] trackers) {
    for (int stream = 0; stream < EngineStream.HEALTH.index(); stream++) {
      long sent = punctuation.sent(EngineStream.of(stream));
      if (sent > 0 && trackers[stream].highestSeq(punctuation.runId()) < sent) {
        return false;
      }
    }
    return true;
  }
}
