// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OverrideInForce;
import dev.sluice.schemas.Rollout;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The state of one engine while one input is worked into it; lives for one {@link Gate#decide}. */
final class Draft {
  final String engineId;
  final GateTime time;
  final GatePolicy policy;
  Control control;
  Mode heldMode;
  RolloutState rollout;
  List<Track> tracks;
  List<ActiveOverride> overrides;
  PendingAck pending;
  Obedience obedience;
  long watermarkUs;
  long progressWallUs;
  Boolean leaseGiven;
  Source source;
  long resumedAtUs;
  List<String> commandIds;
  final List<JudgeProgress> judges;
  long rolloutSinceUs;
  Verdict acceptance;
  RolloutState confirmedRollout;
  Ack doubted;
  Map<String, Boolean> flags;
  private AuditHead audit;

  Lease lease;
  final List<Verdict> verdicts = new ArrayList<>();
  private final List<AuditEntry> audits = new ArrayList<>();
  private Control issued;

  Draft(GateState state, GateTime time, GatePolicy policy) {
    this.engineId = state.engineId();
    this.time = time;
    this.policy = policy;
    this.control = state.control();
    this.heldMode = state.heldMode();
    this.rollout = state.rollout();
    this.tracks = new ArrayList<>(state.tracks());
    this.overrides = new ArrayList<>(state.overrides());
    this.pending = state.pending();
    this.obedience = state.obedience();
    this.watermarkUs = state.watermarkUs();
    this.progressWallUs = state.progressWallUs();
    this.leaseGiven = state.leaseGiven();
    this.source = state.source();
    this.resumedAtUs = state.resumedAtUs();
    this.commandIds = new ArrayList<>(state.commandIds());
    this.judges = state.judges() == null ? new ArrayList<>() : new ArrayList<>(state.judges());
    this.rolloutSinceUs = state.rolloutSinceUs();
    this.acceptance = state.acceptance();
    this.confirmedRollout = state.confirmedRollout();
    this.doubted = state.doubted();
    this.flags = state.flags();
    this.audit = state.audit() == null ? AuditHead.START : state.audit();
  }

  GateStep finish() {
    GateState next =
        new GateState(
            engineId,
            control,
            heldMode,
            rollout,
            List.copyOf(tracks),
            List.copyOf(overrides),
            pending,
            obedience,
            watermarkUs,
            progressWallUs,
            leaseGiven,
            source,
            resumedAtUs,
            List.copyOf(commandIds),
            List.copyOf(judges),
            rolloutSinceUs,
            acceptance,
            confirmedRollout,
            doubted,
            flags,
            audit.n() == 0 ? null : audit);
    return new GateStep(next, issued, lease, List.copyOf(verdicts), List.copyOf(audits));
  }

  /** Writes an entry into the audit log, behind all there are. */
  void record(AuditEntry entry) {
    AuditEntry sealed = AuditChain.seal(entry, audit);
    audits.add(sealed);
    audit = new AuditHead(sealed.n(), sealed.hash());
  }

  Mode mode() {
    return control == null ? Mode.RUN : control.mode();
  }

  /** The mode a word demands as things stand. */
  Mode demand(Track track) {
    return Lattice.demand(track, rollout, rolloutSinceUs);
  }

  private Mode target() {
    return Lattice.mode(heldMode, tracks, overrides, rollout, rolloutSinceUs);
  }

  long epoch() {
    return control == null ? 0 : control.epoch();
  }

  /** Raises the floor where this word is one that only a person lifts. */
  void holdFor(Track track) {
    Mode demand = demand(track);
    if (Lattice.holds(track, demand) && !Lattice.overridden(track, overrides)) {
      heldMode = heldMode.max(demand);
    }
  }

  /** Compares the lattice with what was last published, and publishes the difference. */
  void settle(Trigger trigger) {
    RolloutState published = control == null ? RolloutState.NONE : control.rollout();
    if (rollout.running()
        && Lattice.rollout(Rollout.NONE, mode(), tracks, overrides, rollout, rolloutSinceUs)
            == Rollout.ROLLBACK) {
      rollout = RolloutState.rolledBack(rollout.trialId());
    }
    if (!rollout.equals(published)) {
      rolloutSinceUs = trigger.eventTimeUs();
      acceptance = null;
      tracks.removeIf(track -> RolloutRules.ofAnotherStage(track, rollout));
    }
    Mode target = target();
    if (target != mode() || !rollout.equals(published) || trigger.always()) {
      issue(target, trigger, epoch());
    }
  }

  /** Publishes what the lattice demands now, under an epoch above the engine's own. */
  void settleAbove(long engineEpoch, Trigger trigger) {
    Mode target = target();
    issue(target, trigger, Math.max(epoch(), engineEpoch));
  }

  private void issue(Mode target, Trigger trigger, long above) {
    Control before = control;
    publish(
        new Control(
            Control.SCHEMA,
            engineId,
            above + 1,
            target,
            rollout,
            DecisionId.of(engineId, trigger.identity(), target),
            trigger.episodeStartUs(),
            causes(target, trigger),
            trigger.person(),
            heldMode != Mode.RUN,
            trigger.eventTimeUs(),
            time.wallUs(),
            trigger.decidedIngestUs(),
            source,
            policy.judgeId(),
            flags,
            overridesInForce()));
    record(AuditWords.decision(this, before, control));
    if (obedience != Obedience.SILENT) {
      obedience = Obedience.WAITING;
    }
  }

  /** Publishes the desired state unchanged under an epoch above the engine's own. */
  void reissueAbove(long engineEpoch) {
    publish(
        new Control(
            Control.SCHEMA,
            engineId,
            engineEpoch + 1,
            control.mode(),
            control.rollout(),
            control.decisionId(),
            control.episodeStartUs(),
            control.cause(),
            control.command(),
            heldMode != Mode.RUN,
            control.eventTimeUs(),
            time.wallUs(),
            control.decidedIngestUs(),
            control.source(),
            policy.judgeId(),
            flags,
            control.overrides()));
    record(AuditWords.reissued(this, control));
  }

  private List<OverrideInForce> overridesInForce() {
    return overrides.isEmpty() ? null : overrides.stream().map(ActiveOverride::inForce).toList();
  }

  private void publish(Control next) {
    control = next;
    issued = next;
    pending = new PendingAck(next.decisionId(), false, time.wallUs(), false);
  }

  private List<Cause> causes(Mode target, Trigger trigger) {
    if (target == Mode.RUN || trigger.person() != null) {
      return trigger.causes();
    }
    List<Cause> standing =
        tracks.stream()
            .filter(track -> !Lattice.overridden(track, overrides))
            .filter(track -> demand(track) == target)
            .map(Track::cause)
            .toList();
    return standing.isEmpty() ? trigger.causes() : standing;
  }
}
