// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import dev.sluice.schemas.text.Suggestion;
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
            .filter(k -> Suggestion.distance(word, k) <= Math.max(2, word.length() / 3))
            .min(
                Comparator.comparingInt((String k) -> Suggestion.distance(word, k))
                    .thenComparing(k -> k))
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
}
