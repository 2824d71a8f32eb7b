// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** How far a message came. */
public enum NotificationStatus {
  /** The channel took it; of such a message it gives no receipt. */
  SENT,
  /** The channel has given a receipt; what that proves is in the reason. */
  RECEIVED,
  /** Tried, and not taken; a later row of the same message tells how it went on. */
  FAILED
}
