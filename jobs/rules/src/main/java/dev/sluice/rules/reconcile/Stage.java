// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

/** Where a difference is in its life. */
public enum Stage {
  /** Seen, not yet often enough. */
  CANDIDATE,
  /** Confirmed: it counts. */
  STANDING,
  /** Confirmed, and a person has taken note: it no longer counts. */
  ACKNOWLEDGED
}
