// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

/** Which end of a metric is bad. */
public enum Direction {
  HIGH_IS_BAD,
  LOW_IS_BAD,
  BOTH_ARE_BAD
}
