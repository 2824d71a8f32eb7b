// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Whose view a ledger snapshot is. */
public enum Book {
  ENGINE,
  VENUE
}
