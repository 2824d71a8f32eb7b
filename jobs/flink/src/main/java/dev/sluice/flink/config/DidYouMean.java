// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The nearest known word to a mistyped one. */
public final class DidYouMean {
  private DidYouMean() {}

  /**
   * {@code "; did you mean 'x'?"} with the known word of the smallest edit distance, when at most a
   * third of the letters differ; else the settings of that name in other sections; else nothing.
   */
  public static String suffix(String word, Collection<String> known) {
    List<String> near =
        known.stream()
            .filter(k -> distance(word, k) <= Math.max(2, word.length() / 3))
            .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k))
            .map(List::of)
            .orElseGet(() -> namesakes(word, known));
    return near.isEmpty() ? "" : "; did you mean '" + String.join("' or '", near) + "'?";
  }

  private static List<String> namesakes(String word, Collection<String> known) {
    String last = lastPart(word);
    return known.stream().filter(k -> lastPart(k).equals(last)).distinct().sorted().toList();
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Levenshtein distance. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
