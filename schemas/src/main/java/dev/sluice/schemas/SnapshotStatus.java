// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Quality of a ledger snapshot; PARTIAL and FAILED are never read as flat. */
public enum SnapshotStatus {
  OK,
  PARTIAL,
  FAILED
}
