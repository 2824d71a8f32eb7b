// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.RolloutState;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last control record an engine applied; what it must not forget.
 *
 * @param rollout stage of a trial that it asks for; none where an older program saved it
 * @param rolloutFromUs event time from which the engine has taken that stage up, null before
 * @param flags feature flags that control has set over the configuration, null for none
 */
public record AppliedControl(
    long epoch,
    String decisionId,
    Mode mode,
    @Nullable RolloutState rollout,
    @Nullable Long rolloutFromUs,
    @Nullable Map<String, Boolean> flags) {
  /** An engine that was never told anything. */
  public static final AppliedControl NONE = new AppliedControl(0, "", Mode.RUN);

  public AppliedControl {
    rollout = rollout == null ? RolloutState.NONE : rollout;
    flags = flags == null ? null : Collections.unmodifiableMap(new TreeMap<>(flags));
  }

  /** A record that sets no flags. */
  public AppliedControl(
      long epoch, String decisionId, Mode mode, RolloutState rollout, Long rolloutFromUs) {
    this(epoch, decisionId, mode, rollout, rolloutFromUs, null);
  }

  /** A record that asks for no trial. */
  public AppliedControl(long epoch, String decisionId, Mode mode) {
    this(epoch, decisionId, mode, RolloutState.NONE, null);
  }

  /** The same once the engine has taken the stage up. */
  AppliedControl takenUp(Long fromUs) {
    return new AppliedControl(epoch, decisionId, mode, rollout, fromUs, flags);
  }
}
