// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.venue.Venue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the venue has been asked of orders. One question per order at a time; one that stays
 * unanswered is asked again. Not thread-safe.
 */
final class Queries {
  private static final long AGAIN_AFTER_US = 5_000_000L;
  private static final int OPEN_AT_MOST = 4_096;

  private record Asked(long atUs, boolean again) {}

  private final Venue venue;
  private final Map<String, Asked> open = new LinkedHashMap<>();

  Queries(Venue venue) {
    this.venue = venue;
  }

  /** Asks; while a question is open the next one waits for its answer. */
  void ask(LiveOrder order, long nowUs) {
    String id = order.clientOrderId();
    Asked asked = open.get(id);
    if (asked != null) {
      open.put(id, new Asked(asked.atUs(), true));
    } else if (open.size() < OPEN_AT_MOST) {
      open.put(id, new Asked(nowUs, false));
      venue.query(id, nowUs);
    }
  }

  /** Has an order taken off that was given up and lives at the venue all the same. */
  void takeOff(LiveOrder order, long nowUs) {
    venue.cancel(order.clientOrderId(), nowUs);
  }

  /** An answer has come. */
  void answered(String clientOrderId, long nowUs) {
    Asked asked = open.remove(clientOrderId);
    if (asked != null && asked.again()) {
      open.put(clientOrderId, new Asked(nowUs, false));
      venue.query(clientOrderId, nowUs);
    }
  }

  /** Asks again where no answer has come. */
  void work(long nowUs) {
    for (Map.Entry<String, Asked> entry : new ArrayList<>(open.entrySet())) {
      if (nowUs - entry.getValue().atUs() > AGAIN_AFTER_US) {
        open.put(entry.getKey(), new Asked(nowUs, entry.getValue().again()));
        venue.query(entry.getKey(), nowUs);
      }
    }
  }

  boolean awaits(String clientOrderId) {
    return open.containsKey(clientOrderId);
  }
}
