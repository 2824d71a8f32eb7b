// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MissingRangesTest {
  @Test
  void whatIsMissingAcrossWordsIsOneRange() {
    NavigableSet<Long> present = numbers(1, 1000);
    present.removeAll(numbers(60, 200));
    present.remove(500L);
    assertThat(MissingRanges.of(1, 1000, words(present), 20))
        .containsExactly(NumberRange.of(60, 200), NumberRange.of(500, 500));
  }

  @Test
  void whatIsMissingBeforeTheFirstIsSeen() {
    assertThat(MissingRanges.of(1, 200, words(numbers(130, 200)), 20))
        .containsExactly(NumberRange.of(1, 129));
  }

  @Test
  void nothingIsMissingOfWhatBeginsInTheMiddle() {
    assertThat(MissingRanges.of(130, 700, words(numbers(130, 700)), 20)).isEmpty();
  }

  @Test
  void noMoreThanAskedForAreListed() {
    NavigableSet<Long> present = numbers(0, 99);
    present.removeIf(n -> n % 2 == 1 && n < 99);
    assertThat(MissingRanges.of(0, 99, words(present), 3))
        .containsExactly(NumberRange.of(1, 1), NumberRange.of(3, 3), NumberRange.of(5, 5));
  }

  @Test
  void agreesWithCountingOneByOneOnRandomHoles() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      long first = random.nextInt(200);
      long last = first + random.nextInt(800);
      NavigableSet<Long> present = numbers(first, last);
      for (int hole = random.nextInt(6); hole > 0; hole--) {
        long from = first + random.nextInt((int) (last - first + 1));
        present.removeAll(numbers(from, from + random.nextInt(150)));
      }
      present.add(last);
      NavigableSet<Long> missing = new TreeSet<>();
      MissingRanges.of(first, last, words(present), 1000)
          .forEach(range -> missing.addAll(numbers(range.first(), range.last())));
      NavigableSet<Long> expected = numbers(first, last);
      expected.removeAll(present);
      assertThat(missing).as("round %s", round).isEqualTo(expected);
    }
  }

  private static NavigableSet<Long> numbers(long first, long last) {
    NavigableSet<Long> numbers = new TreeSet<>();
    for (long n = first; n <= last; n++) {
      numbers.add(n);
    }
    return numbers;
  }

  /** As SQL gives them: the first, those that lack a number, those after a missing word. */
  private static List<NumberWord> words(NavigableSet<Long> present) {
    TreeMap<Long, Long> bits = new TreeMap<>();
    present.forEach(n -> bits.merge(n / 64, 1L << n % 64, (a, b) -> a | b));
    List<NumberWord> words = new ArrayList<>();
    Long before = null;
    for (var word : bits.entrySet()) {
      if (before == null || before != word.getKey() - 1 || word.getValue() != -1L) {
        words.add(new NumberWord(word.getKey(), word.getValue(), before));
      }
      before = word.getKey();
    }
    return words;
  }
}
