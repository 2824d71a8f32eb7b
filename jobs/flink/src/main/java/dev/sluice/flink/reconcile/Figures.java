// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.reconcile;

import dev.sluice.rules.reconcile.Inventory;
import dev.sluice.rules.reconcile.Tolerance;
import dev.sluice.schemas.text.Suggestion;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures with their names in one line: {@code abs 0.01, rel 0.000001}. */
final class Figures {
  private static final List<String> OF_TOLERANCE = List.of("abs", "rel", "warning", "critical");
  private static final List<String> OF_INVENTORY = List.of("target", "max");

  private Figures() {}

  /**
   * @throws IllegalArgumentException when a word is unknown or a figure is none; names the key
   */
  static Tolerance tolerance(String key, String text, double warning, double critical) {
    Map<String, BigDecimal> figures = read(key, text, OF_TOLERANCE);
    try {
      return new Tolerance(
          figures.getOrDefault("abs", BigDecimal.ZERO),
          figures.getOrDefault("rel", BigDecimal.ZERO),
          figures.getOrDefault("warning", BigDecimal.valueOf(warning)).doubleValue(),
          figures.getOrDefault("critical", BigDecimal.valueOf(critical)).doubleValue());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  /** As {@link #tolerance}; {@code max} is mandatory. */
  static Inventory inventory(String key, String text) {
    Map<String, BigDecimal> figures = read(key, text, OF_INVENTORY);
    if (!figures.containsKey("max")) {
      throw new IllegalArgumentException(key + ": max is mandatory, as in `target 0, max 50`");
    }
    try {
      return new Inventory(figures.getOrDefault("target", BigDecimal.ZERO), figures.get("max"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, BigDecimal> read(String key, String text, List<String> known) {
    Map<String, BigDecimal> figures = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      String[] words = part.strip().split("\\s+", -1);
      if (words.length != 2) {
        throw new IllegalArgumentException(
            key
                + ": '"
                + part.strip()
                + "' is no name and figure, as in `"
                + known.get(0)
                + " 0.01`");
      }
      if (!known.contains(words[0])) {
        throw new IllegalArgumentException(
            key + ": unknown word '" + words[0] + "'" + Suggestion.of(words[0], known));
      }
      if (figures.put(words[0], figure(key, words[1])) != null) {
        throw new IllegalArgumentException(key + ": " + words[0] + " is there twice");
      }
    }
    return figures;
  }

  private static BigDecimal figure(String key, String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + ": '" + text + "' is no figure", e);
    }
  }
}
