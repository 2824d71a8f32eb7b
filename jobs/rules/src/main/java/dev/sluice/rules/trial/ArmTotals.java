// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

/** Sums over all slots of one arm in a stage; its public fields are the state. */
public final class ArmTotals {
  public ArmTotals() {}
}
