// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.schemas.Parity;
import dev.sluice.schemas.Verdict;
import java.util.List;

/** What one event led to: windows compared, and words of criteria about them. */
public record ParityOutput(List<Parity> windows, List<Verdict> verdicts) {
  static final ParityOutput NOTHING = new ParityOutput(List.of(), List.of());
}
