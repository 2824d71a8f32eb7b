// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.schemas.Arm;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lends {@link LivePart}s and counts those out, because each is large. */
final class PartPool {
  private static final int MAX_FREE = 512;

  private final Deque<LivePart> free = new ArrayDeque<>();
  private int lent;

  LivePart lend(Arm arm, String symbol, long startUs) {
    LivePart part = free.isEmpty() ? new LivePart() : free.pop();
    part.begin(arm, symbol, startUs);
    lent++;
    return part;
  }

  void giveBack(LivePart part) {
    lent--;
    if (free.size() < MAX_FREE) {
      part.bucket.clear();
      free.push(part);
    }
  }

  int lent() {
    return lent;
  }
}
