// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

/**
 * What a hole in the data (evaluations that are NO_DATA, or that never happened) does to a hold
 * that is running. A hole longer than {@code max} ends the hold under every policy, and NO_DATA
 * itself never trips a hold: that is the business of {@code on_missing}.
 */
public enum GapPolicy {
  /** The first evaluation without data ends the hold; it starts anew with the next breach. */
  RESET,
  /** The hold stands still: the hole is taken out of the time held. */
  FREEZE,
  /** The hole counts as breach once a breach is seen on its other side. */
  COUNT
}
