// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Stage of a trial and the share of slots that are treated, 0..1. */
public record RolloutState(String stage, double treatmentShare) {
  public static final RolloutState NONE = new RolloutState("none", 0.0);
}
