// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import java.util.ArrayList;
import java.util.List;

/** Lists which numbers are missing, from what is there. */
public final class MissingRanges {
  private final int most;
  private final List<NumberRange> ranges = new ArrayList<>();

  private MissingRanges(int most) {
    this.most = most;
  }

  /**
   * The missing numbers from {@code first} to {@code last}, ascending.
   *
   * @param words in ascending order: the first, and each that lacks a number or whose neighbour
   *     before does; others may be left out
   * @param most ranges listed at most, the first ones
   */
  public static List<NumberRange> of(long first, long last, List<NumberWord> words, int most) {
    MissingRanges missing = new MissingRanges(most);
    for (NumberWord word : words) {
      long start = word.index() * NumberWord.SIZE;
      long afterBefore = word.before() == null ? first : (word.before() + 1) * NumberWord.SIZE;
      missing.add(Math.max(first, afterBefore), Math.min(start - 1, last));
      long end = Math.min(start + NumberWord.SIZE - 1, last);
      for (long number = Math.max(start, first); number <= end; number++) {
        if (!word.has(number)) {
          missing.add(number, number);
        }
      }
    }
    return missing.ranges;
  }

  private void add(long first, long last) {
    if (first > last) {
      return;
    }
    NumberRange before = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
    if (before != null && before.last() + 1 == first) {
      ranges.set(ranges.size() - 1, NumberRange.of(before.first(), last));
    } else if (ranges.size() < most) {
      ranges.add(NumberRange.of(first, last));
    }
  }
}
