// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.cases;

import java.util.List;

/**
 * What came of a case.
 *
 * @param criterionCase which
 * @param mismatches one sentence each; empty when it holds
 */
public record CaseResult(CriterionCase criterionCase, List<String> mismatches) {
  /** True when everything was as expected. */
  public boolean passed() {
    return mismatches.isEmpty();
  }
}
