// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Where a record comes from; the declaration order is from weakest to strongest evidence. */
public enum Source {
  SIMULATED,
  REPLAY,
  PAPER,
  LIVE
}
