// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import dev.sluice.schemas.Bucket;
import java.util.Arrays;

/**
 * What has come of one start of one engine and waits for the rest of it. Flat, for checkpoints. A
 * topic may repeat a record after a crash, so of two that are the same one is kept.
 */
public final class CalibrationStart {
  /** Buckets of a symbol. */
  public Bucket[] parts = new Bucket[0];

  /** The bucket of the whole engine, null before it came. */
  public Bucket whole;

  /** Amendments that the whole engine's bucket counts as late, of any key and any earlier start. */
  public Bucket[] amendments = new Bucket[0];

  public CalibrationStart() {}

  /**
   * Adds a bucket that is no amendment.
   *
   * @return false when there was one of its key already; the newer one is kept
   */
  boolean add(Bucket bucket) {
    if (bucket.wholeEngine()) {
      boolean fresh = whole == null;
      whole = bucket;
      return fresh;
    }
    for (int i = 0; i < parts.length; i++) {
      if (CalibrationPart.BY_KEY.compare(parts[i], bucket) == 0) {
        parts[i] = bucket;
        return false;
      }
    }
    parts = with(parts, bucket);
    return true;
  }

  /**
   * Adds an amendment.
   *
   * @return false when it is there already: the same key, start, count and place in Kafka
   */
  boolean amend(Bucket amendment) {
    for (Bucket held : amendments) {
      if (held.startUs() == amendment.startUs()
          && CalibrationPart.BY_KEY.compare(held, amendment) == 0
          && held.events() == amendment.events()
          && held.inputs() != null
          && held.inputs().equals(amendment.inputs())) {
        return false;
      }
    }
    amendments = with(amendments, amendment);
    return true;
  }

  long amendedEvents() {
    long events = 0;
    for (Bucket amendment : amendments) {
      events += amendment.events();
    }
    return events;
  }

  private static Bucket[] with(Bucket[] all, Bucket one) {
    Bucket[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = one;
    return more;
  }
}
