// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What a criterion says of one key at one event time. */
public enum VerdictOutcome {
  PASS,
  BREACH,
  NO_DATA
}
