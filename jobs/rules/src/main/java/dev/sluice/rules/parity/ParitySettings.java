// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import java.io.Serializable;
import java.util.List;

/**
 * Which engines have a shadow, and how the two are compared. Durations are event time, but for the
 * patience.
 *
 * @param pairs live engine and shadow, as in {@code mm-1=mm-1-shadow}; none: nothing is compared
 * @param windowMs one comparison each
 * @param matchWithinMs how far apart two matched intents may be
 * @param graceMs how long after its window's end an intent's outcome is waited for; at least twice
 *     {@code matchWithinMs}, so that matches at a window's border are known on both sides of it
 * @param patienceMs wall-clock time for which the shadow's time must stand still, while the live
 *     engine's has passed a window, until that is judged without the shadow
 * @param minPairs a window with fewer is NO_DATA
 * @param maxIntents kept per engine of a pair, of windows not yet judged; those beyond are left
 *     out, and a window that lacks one is NO_DATA. The memory of the matching grows with the square
 *     of those of one key within reach of each other
 * @param limits of the causes
 */
public record ParitySettings(
    List<String> pairs,
    long windowMs,
    long matchWithinMs,
    long graceMs,
    long patienceMs,
    int minPairs,
    int maxIntents,
    ParityLimits limits)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks the settings. */
  public ParitySettings {
    pairs = List.copyOf(pairs);
    ParityPair.parse(pairs);
    if (matchWithinMs < 1 || patienceMs < 1 || minPairs < 1 || maxIntents < 1) {
      throw new IllegalArgumentException(
          "parity: match_within, patience, min_pairs and max_intents must be positive");
    }
    if (graceMs < 2 * matchWithinMs) {
      throw new IllegalArgumentException("parity.grace must be at least twice match_within");
    }
    if (windowMs < graceMs) {
      throw new IllegalArgumentException("parity.window must be at least its grace");
    }
  }

  /** What is used unless configured. */
  public static ParitySettings defaults() {
    return new ParitySettings(
        List.of(), 600_000, 2_000, 30_000, 30_000, 10, 5_000, ParityLimits.defaults());
  }

  /** The pairs, read. */
  public List<ParityPair> parsedPairs() {
    return ParityPair.parse(pairs);
  }

  long windowUs() {
    return windowMs * 1_000;
  }

  long graceUs() {
    return graceMs * 1_000;
  }

  long matchWithinUs() {
    return matchWithinMs * 1_000;
  }

  /** Start of the window that holds a time. */
  long startOf(long timeUs) {
    return Math.floorDiv(timeUs, windowUs()) * windowUs();
  }
}
