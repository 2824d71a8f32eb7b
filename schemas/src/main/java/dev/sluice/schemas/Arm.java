// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Arm of a trial. */
public enum Arm {
  A,
  B
}
