// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.rules.spec.Sha256;

/**
 * Deterministic names: the first 16 hex digits of SHA-256 over the parts, one per line. The same
 * input in a replay gets the same name.
 */
public final class DecisionId {
  private DecisionId() {}

  /** The name of these parts, in this order. */
  public static String of(Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(part).append('\n');
    }
    return Sha256.id(text.toString());
  }
}
