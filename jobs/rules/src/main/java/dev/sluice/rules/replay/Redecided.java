// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import dev.sluice.schemas.Control;
import dev.sluice.schemas.Nullable;
import java.util.List;

/**
 * One archived decision, and what the code of today decides from the archived events.
 *
 * @param archived what was published; null for a decision that is in no archive
 * @param again what is decided now, under the same epoch; null when nothing is
 * @param differences one sentence for each field and each verdict that is not the same, bit for
 *     bit; empty when it is reproduced
 */
public record Redecided(
    @Nullable Control archived, @Nullable Control again, List<String> differences) {
  /** True when it came out the same, bit for bit. */
  public boolean reproduced() {
    return differences.isEmpty();
  }

  /** True when the archive knows it by this name. */
  public boolean named(String decisionId) {
    return archived != null && archived.decisionId().equals(decisionId);
  }
}
