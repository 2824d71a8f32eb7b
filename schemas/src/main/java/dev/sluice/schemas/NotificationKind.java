// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What people are told. */
public enum NotificationKind {
  /** An episode has begun. */
  FIRING,
  /** It is over. */
  RESOLVED,
  /** A heartbeat: whoever stops hearing it knows that nobody watches. */
  WATCHDOG,
  /** A test of the way to people. */
  PROBE
}
