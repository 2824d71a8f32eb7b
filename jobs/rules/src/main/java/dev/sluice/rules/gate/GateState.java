// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import java.util.List;
import java.util.Map;

/**
 * All the gate remembers of one engine. Flat and immutable, so that it serves as checkpointed
 * state.
 *
 * @param control newest control record issued, null before the first; its mode is the desired mode
 * @param heldMode the floor that only a person's RESUME lifts, RUN for none
 * @param tracks newest word per criterion and scope
 * @param pending the acknowledgement awaited, null when none is due
 * @param watermarkUs everything of this engine up to here has been judged by every judge waited
 *     for, event time; 0 before
 * @param progressWallUs wall clock at which the watermark last advanced; before that, at which the
 *     first judge spoke
 * @param leaseGiven whether the last attempt to give a lease succeeded; null before the first
 * @param source provenance of the newest record about this engine
 * @param resumedAtUs when the newest RESUME obeyed was issued, never later than it was heard; 0 for
 *     none
 * @param commandIds newest commands already obeyed or refused
 * @param judges how far each judge waited for has come; null in state from before there were
 *     several
 * @param rolloutSinceUs event time of the decision that set the rollout, 0 for none
 * @param acceptance a PASS of the stage in force that waits until all judges have come as far; null
 *     for none
 * @param confirmedRollout the stage in the engine's newest answer, null before one said any
 * @param doubted the newest answer of an engine ahead of a gate that has just started, null for
 *     none
 * @param flags feature flags that people have set, null for none
 * @param audit where the audit log has come to, null before its first entry
 */
public record GateState(
    String engineId,
    @Nullable Control control,
    Mode heldMode,
    RolloutState rollout,
    List<Track> tracks,
    List<ActiveOverride> overrides,
    @Nullable PendingAck pending,
    Obedience obedience,
    long watermarkUs,
    long progressWallUs,
    @Nullable Boolean leaseGiven,
    Source source,
    long resumedAtUs,
    List<String> commandIds,
    @Nullable List<JudgeProgress> judges,
    long rolloutSinceUs,
    @Nullable Verdict acceptance,
    @Nullable RolloutState confirmedRollout,
    @Nullable Ack doubted,
    @Nullable Map<String, Boolean> flags,
    @Nullable AuditHead audit) {

  /** An engine nobody has spoken of: RUN, epoch 0, nothing judged, hence no lease. */
  public static GateState initial(String engineId) {
    return new GateState(
        engineId,
        null,
        Mode.RUN,
        RolloutState.NONE,
        List.of(),
        List.of(),
        null,
        Obedience.WAITING,
        0,
        0,
        null,
        Source.SIMULATED,
        0,
        List.of(),
        List.of(),
        0,
        null,
        null,
        null,
        null,
        null);
  }

  /** The desired mode. */
  public Mode mode() {
    return control == null ? Mode.RUN : control.mode();
  }

  /** Epoch of the newest control record, 0 before the first. */
  public long epoch() {
    return control == null ? 0 : control.epoch();
  }

  /** True when the engine has confirmed HALT or FLATTEN. */
  public boolean halted() {
    return mode().needsPerson() && obedience == Obedience.OBEYING;
  }
}
