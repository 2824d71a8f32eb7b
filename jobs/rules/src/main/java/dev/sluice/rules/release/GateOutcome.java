// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.release;

/** What one release gate comes to. NO_DATA blocks as FAIL does. */
public enum GateOutcome {
  PASS,
  FAIL,
  NO_DATA
}
