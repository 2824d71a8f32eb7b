// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Phase of a guard. */
public enum Phase {
  CLEAR,
  PENDING,
  TRIPPED,
  RECOVERING,
  LATCHED
}
