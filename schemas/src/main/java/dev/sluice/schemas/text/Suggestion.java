// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.text;

import java.util.Collection;

/** "Did you mean": the nearest known word by edit distance. */
public final class Suggestion {
  private Suggestion() {}

  /** A half sentence to append to an error: the nearest word, or the list of all. */
  public static String of(String word, Collection<String> known) {
    String best = null;
    int bestDistance = Math.max(word.length() > 2 ? 2 : 1, word.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return best != null ? "; did you mean '" + best + "'?" : "; known: " + String.join(", ", known);
  }

  /** Levenshtein distance. */
  public static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
