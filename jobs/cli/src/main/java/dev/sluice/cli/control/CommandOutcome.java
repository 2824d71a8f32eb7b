// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.RolloutState;

/**
 * What became of a command.
 *
 * @param epoch of the control record it led to, 0 when there is none
 * @param latencyMs from the broker's append time of the command to that of the EFFECTIVE ack; −1
 *     when there is none
 * @param openOrders left at the venue when the engine answered
 * @param rollout the stage of a trial that was decided, null without a decision
 * @param inForce what the engine made of it, null while it has not obeyed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CommandOutcome(
    Result result,
    String commandId,
    @Nullable String decisionId,
    @Nullable Mode mode,
    long epoch,
    long latencyMs,
    int openOrders,
    String reason,
    @Nullable RolloutState rollout,
    @Nullable InForce inForce) {
  /** How it ended. */
  public enum Result {
    /** The engine has obeyed. */
    EFFECTIVE,
    /** The gate heard it, and nothing had to change. */
    UNCHANGED,
    /** The gate said no, with a reason. */
    REFUSED,
    /** No word from the gate in time. */
    NOT_DECIDED,
    /** Decided, but the engine has not obeyed in time. */
    NOT_EFFECTIVE
  }

  /** True when the engine now is where the person wanted it. */
  public boolean ok() {
    return result == Result.EFFECTIVE || result == Result.UNCHANGED;
  }
}
