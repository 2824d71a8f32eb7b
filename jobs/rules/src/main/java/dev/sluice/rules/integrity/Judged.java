// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Verdict;
import java.util.List;

/** What one event led to: findings that changed, then verdicts, progress last. */
public record Judged(List<Finding> findings, List<Verdict> verdicts) {
  static final Judged NOTHING = new Judged(List.of(), List.of());
}
