// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.RolloutState;
import java.util.Map;

/**
 * What an engine has made of the newest control record it looked at.
 *
 * @param epoch of that record
 * @param rollout the stage taken up, in force or due at {@code fromUs}
 * @param fromUs event time from which it is in force, null where there never was a trial
 * @param refusal why the record's stage was not taken up, null when it was
 * @param flags feature flags of every slot that is not treated
 * @param flagsRefusal why none of the record's flags was taken up, null when all were
 */
public record TakenUp(
    long epoch,
    RolloutState rollout,
    @Nullable Long fromUs,
    @Nullable String refusal,
    Map<String, Boolean> flags,
    @Nullable String flagsRefusal) {
  /** Of a record whose flags, if there were any, are in force. */
  public TakenUp(
      long epoch, RolloutState rollout, Long fromUs, String refusal, Map<String, Boolean> flags) {
    this(epoch, rollout, fromUs, refusal, flags, null);
  }
}
