// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

/** What a check came to. Only PASS is complete: missing data never passes. */
public enum CheckResult {
  PASS,
  FAIL,
  /** What would be needed to tell is not there. */
  NO_DATA
}
