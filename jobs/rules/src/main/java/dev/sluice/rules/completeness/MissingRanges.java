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
   * @param words in ascending order; full words in the middle may be left out as long as {@code
   *     fullBetween} says so for the space before each word
   * @param fullBefore one per word: true when every number between the word before it (or {@code
   *     first}) and this word is there
   * @param most ranges listed at most, the first ones
   */
  public static List<NumberRange> of(
      long first, long last, List<NumberWord> words, List<Boolean> fullBefore, int most) {
    MissingRanges missing = new MissingRanges(most);
    long next = first;
    for (int w = 0; w < words.size(); w++) {
      NumberWord word = words.get(w);
      long start = word.index() * NumberWord.SIZE;
      if (!fullBefore.get(w)) {
        missing.add(next, Math.min(start - 1, last));
      }
      long end = Math.min(start + NumberWord.SIZE - 1, last);
      for (long number = Math.max(start, first); number <= end; number++) {
        if (!word.has(number)) {
          missing.add(number, number);
        }
      }
      next = start + NumberWord.SIZE;
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
