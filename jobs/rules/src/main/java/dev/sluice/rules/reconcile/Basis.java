// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

/** What a difference rests on: it decides when it is looked at and what heals it. */
public enum Basis {
  /** Has happened and cannot be undone; only a person ends it. */
  FACT,
  /** One fill that lacks its other side. */
  FILLS,
  /** Open orders of two snapshots. */
  ORDERS,
  /** Balances and positions of two snapshots. */
  BALANCES,
  /** The venue's snapshot alone. */
  VENUE
}
