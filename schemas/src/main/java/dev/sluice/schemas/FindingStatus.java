// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Where a finding stands. */
public enum FindingStatus {
  /** Stands, outside every grace: it counts. */
  CONFIRMED,
  /** Has stood for so long that it counts as critical. */
  ESCALATED,
  /** Is gone by itself: the books agree again. */
  HEALED,
  /** A person has taken note; it no longer counts. */
  ACKNOWLEDGED,
  /** A fact that harms nobody, such as a fill that came late and was booked: told and counted. */
  NOTED
}
