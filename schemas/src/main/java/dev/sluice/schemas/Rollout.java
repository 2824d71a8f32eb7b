// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** The second, independent part of the desired state; the later the stronger. */
public enum Rollout {
  NONE,
  PROMOTE,
  HOLD,
  ROLLBACK
}
