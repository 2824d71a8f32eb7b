// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Who found a {@link Finding}. */
public enum Detector {
  /** The two books compared. */
  RECONCILIATION,
  /** One engine's order streams checked against the five order safeguards. */
  INTEGRITY
}
