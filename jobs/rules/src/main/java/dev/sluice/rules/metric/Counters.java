// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

import dev.sluice.schemas.Bucket;
import java.util.function.ToLongFunction;

/** Counters that an engine counts from zero since its start: their increase over a window. */
final class Counters {
  private Counters() {}

  /**
   * Increase over the window; samples = buckets with heartbeats. A new process counts from zero.
   * What was counted before the first heartbeat in the window belongs to the time before, unless
   * the process started within the window.
   */
  static Measurement increase(WindowView window, ToLongFunction<Bucket> counter) {
    long increase = 0;
    long heartbeats = 0;
    long processUs = 0;
    long last = 0;
    for (Bucket bucket : window.buckets()) {
      if (bucket.healthRecords() == 0) {
        continue;
      }
      long count = counter.applyAsLong(bucket);
      boolean startedInWindow = bucket.startedAtUs() >= window.startUs();
      boolean known = heartbeats > 0 && bucket.startedAtUs() == processUs;
      if (known) {
        increase += Math.max(0, count - last);
      } else if (heartbeats > 0 || startedInWindow) {
        increase += count;
      }
      processUs = bucket.startedAtUs();
      last = count;
      heartbeats++;
    }
    return heartbeats == 0 ? Measurement.NONE : new Measurement(increase, heartbeats);
  }

  /** Changes of the process (its start time) between heartbeats in the window. */
  static Measurement restarts(WindowView window) {
    long restarts = 0;
    long heartbeats = 0;
    long processUs = 0;
    for (Bucket bucket : window.buckets()) {
      if (bucket.healthRecords() > 0) {
        restarts += heartbeats > 0 && bucket.startedAtUs() != processUs ? 1 : 0;
        processUs = bucket.startedAtUs();
        heartbeats++;
      }
    }
    return heartbeats == 0 ? Measurement.NONE : new Measurement(restarts, heartbeats);
  }

  /** Hours of buckets with data since the newest process started, within the window. */
  static Measurement uptimeHours(WindowView window) {
    Bucket newest = window.newest();
    if (newest == null || newest.startedAtUs() == 0) {
      return Measurement.NONE;
    }
    long covered = 0;
    for (Bucket bucket : window.buckets()) {
      covered += bucket.events() > 0 && bucket.endUs() > newest.startedAtUs() ? 1 : 0;
    }
    return new Measurement(covered * window.bucketMs() / 3_600_000.0, Math.max(1, covered));
  }
}
