// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Stage of a trial.
 *
 * @param stage {@code none}, {@code rolled-back}, or the share of slots that are treated, in
 *     percent: {@code 10}
 * @param treatmentShare share of the slots that are treated, 0..1
 * @param trialId which trial, null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutState(String stage, double treatmentShare, @Nullable String trialId) {
  public static final RolloutState NONE = new RolloutState("none", 0.0, null);

  private static final String ROLLED_BACK = "rolled-back";

  /** The stage of a running trial. */
  public static RolloutState running(String trialId, double treatmentShare) {
    return new RolloutState(stageOf(treatmentShare), treatmentShare, trialId);
  }

  /** A trial that was given up: no slot is treated. */
  public static RolloutState rolledBack(String trialId) {
    return new RolloutState(ROLLED_BACK, 0.0, trialId);
  }

  /** Name of the stage with this share: percent without trailing zeros. */
  public static String stageOf(double treatmentShare) {
    long perMille = Math.round(treatmentShare * 1000);
    return perMille % 10 == 0 ? Long.toString(perMille / 10) : Double.toString(perMille / 10.0);
  }

  /** True while some slots are treated. */
  public boolean running() {
    return treatmentShare > 0;
  }

  /** True when a trial was given up. */
  public boolean rolledBack() {
    return ROLLED_BACK.equals(stage);
  }
}
