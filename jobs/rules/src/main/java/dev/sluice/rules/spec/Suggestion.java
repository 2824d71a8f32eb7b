// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

import java.util.Collection;

/** "Did you mean": the known word nearest to a mistyped one. */
final class Suggestion {
  private Suggestion() {}

  /** {@code ; did you mean `hold`?}, or the known words when none is near. */
  static String of(String word, Collection<String> known) {
    String nearest = null;
    int nearestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance < nearestDistance) {
        nearest = candidate;
        nearestDistance = distance;
      }
    }
    return nearest != null && nearestDistance <= Math.max(1, word.length() / 3)
        ? "; did you mean `" + nearest + "`?"
        : "; known: " + String.join(", ", known);
  }

  /** Levenshtein distance. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
