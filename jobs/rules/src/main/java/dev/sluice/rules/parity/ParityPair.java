// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** An engine and the one that runs beside it in shadow; written {@code mm-1=mm-1-shadow}. */
public record ParityPair(String liveId, String shadowId) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The pairs of a configuration.
   *
   * @throws IllegalArgumentException when one is not written so, or is there twice
   */
  public static List<ParityPair> parse(List<String> texts) {
    List<ParityPair> pairs = new ArrayList<>();
    for (String text : texts) {
      String[] ids = text.split("=", -1);
      if (ids.length != 2 || ids[0].isBlank() || ids[1].isBlank() || ids[0].equals(ids[1])) {
        throw new IllegalArgumentException(
            "parity.pairs: '" + text + "' is not written as in mm-1=mm-1-shadow");
      }
      ParityPair pair = new ParityPair(ids[0].strip(), ids[1].strip());
      if (pairs.contains(pair)) {
        throw new IllegalArgumentException("parity.pairs: '" + text + "' is there twice");
      }
      pairs.add(pair);
    }
    return List.copyOf(pairs);
  }

  /** The rest of the key of verdicts about this pair; the key is the live engine. */
  public String scopeKey() {
    return "shadow=" + shadowId;
  }

  /** Live engine and shadow in one text, as configured. */
  public String text() {
    return liveId + "=" + shadowId;
  }
}
