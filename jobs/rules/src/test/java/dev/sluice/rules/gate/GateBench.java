// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Evidence;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One engine's gate on a bench: feeds inputs, collects what comes out. */
final class GateBench {
  static final String ENGINE = "mm-1";

  /** Trial t, whose slippage must have been judged, and one of like with like. */
  static final RolloutPolicy ROLLOUT =
      new RolloutPolicy(
          Map.of("t", List.of(0.1, 0.5, 1.0), "aa", List.of(0.1)),
          List.of("trial-slippage"),
          List.of());

  static final GatePolicy POLICY = waitingFor("criteria");

  private final GatePolicy policy;
  GateState state = GateState.initial(ENGINE);
  Source source = Source.PAPER;
  long wallMs = 1_000;
  long startedMs = 0;
  long checkpointUs = GateTime.NO_CHECKPOINTS;
  final List<Control> controls = new ArrayList<>();
  final List<Lease> leases = new ArrayList<>();
  final List<Verdict> verdicts = new ArrayList<>();
  final List<AuditEntry> audits = new ArrayList<>();

  GateBench() {
    this(POLICY);
  }

  GateBench(GatePolicy policy) {
    this.policy = policy;
  }

  static GatePolicy waitingFor(String... judges) {
    return policy(0, judges);
  }

  /** A policy that doubts an engine that is ahead for so long after a start. */
  static GatePolicy settlingFor(long settleMs) {
    return policy(settleMs, "criteria");
  }

  /** A policy under which no override touches this criterion. */
  static GatePolicy capping(String criterionId) {
    return capped(0, criterionId, "criteria");
  }

  private static GatePolicy policy(long settleMs, String... judges) {
    return capped(settleMs, "daily-loss", judges);
  }

  private static GatePolicy capped(long settleMs, String hardCap, String... judges) {
    return new GatePolicy(
        "judge",
        5_000,
        10_000,
        10_000,
        5_000,
        60_000,
        settleMs,
        List.of(hardCap),
        List.of(judges),
        ROLLOUT);
  }

  /** A policy that wants the word of a shadow of this engine. */
  static GatePolicy watching(String engineId) {
    RolloutPolicy.MandatoryWord word =
        new RolloutPolicy.MandatoryWord(engineId, "parity-fill-ratio", "shadow=s", 1_230_000);
    return new GatePolicy(
        "judge",
        5_000,
        10_000,
        10_000,
        5_000,
        60_000,
        0,
        List.of(),
        List.of("criteria"),
        new RolloutPolicy(ROLLOUT.trials(), ROLLOUT.safety(), List.of(word)));
  }

  GateBench feed(GateInput input) {
    GateTime time = new GateTime(wallMs * 1000, startedMs * 1000, checkpointUs);
    GateStep step = Gate.decide(state, input, time, policy);
    state = step.state();
    if (step.control() != null) {
      controls.add(step.control());
    }
    if (step.lease() != null) {
      leases.add(step.lease());
    }
    verdicts.addAll(step.verdicts());
    audits.addAll(step.audits());
    return this;
  }

  GateBench progress(String judge, long seconds) {
    return feed(
        new GateInput.Judged(
            verdict(
                Verdict.PROGRESS,
                Verdict.JUDGE + judge,
                seconds,
                Phase.CLEAR,
                VerdictOutcome.PASS,
                null,
                0)));
  }

  GateBench progress(long seconds) {
    return feed(
        new GateInput.Judged(
            verdict(Verdict.PROGRESS, "", seconds, Phase.CLEAR, VerdictOutcome.PASS, null, 0)));
  }

  GateBench trip(String criterion, long seconds, Action action, long episode) {
    return word(criterion, seconds, Phase.TRIPPED, VerdictOutcome.BREACH, action, episode);
  }

  GateBench clear(String criterion, long seconds) {
    return word(criterion, seconds, Phase.CLEAR, VerdictOutcome.PASS, null, 0);
  }

  GateBench word(
      String criterion,
      long seconds,
      Phase phase,
      VerdictOutcome outcome,
      Action action,
      long episode) {
    return feed(
        new GateInput.Judged(verdict(criterion, "", seconds, phase, outcome, action, episode)));
  }

  GateBench command(String id, CommandAction action) {
    return command(id, action, "tester", "because", null, null);
  }

  GateBench command(
      String id, CommandAction action, String who, String why, String criterion, Long expiresS) {
    return command(id, action, who, why, criterion, expiresS, 0);
  }

  GateBench command(
      String id,
      CommandAction action,
      String who,
      String why,
      String criterion,
      Long expiresS,
      long issuedAtUs) {
    return feed(
        new GateInput.Asked(
            new Command(
                Command.SCHEMA,
                id,
                ENGINE,
                who,
                why,
                action,
                "engine",
                criterion,
                issuedAtUs,
                expiresS == null ? null : expiresS * 1_000_000)));
  }

  GateBench setFlags(String id, Map<String, Boolean> flags) {
    return feed(
        new GateInput.Asked(
            new Command(
                Command.SCHEMA,
                id,
                ENGINE,
                "tester",
                "because",
                CommandAction.SET_FLAGS,
                "engine",
                null,
                0,
                null,
                null,
                flags)));
  }

  /** The newest decision's answer with the flags in force. */
  GateBench ack(AckStatus status, Map<String, Boolean> flags, String reason) {
    return feed(
        new GateInput.Answered(
            new Ack(
                Ack.SCHEMA,
                ENGINE,
                "run",
                1,
                0,
                source,
                state.control().decisionId(),
                state.epoch(),
                state.mode(),
                status,
                0,
                List.of(),
                0,
                null,
                null,
                reason,
                null,
                null,
                flags)));
  }

  GateBench ack(AckStatus status) {
    return ack(status, state.control().decisionId(), state.epoch());
  }

  GateBench ack(AckStatus status, String decisionId, long epoch) {
    return ack(status, decisionId, epoch, Mode.PAUSE, 0);
  }

  GateBench ack(AckStatus status, String decisionId, long epoch, Mode mode, long receivedAtUs) {
    return ack(status, decisionId, epoch, mode, receivedAtUs, 0);
  }

  /** An answer at an event time, seconds. */
  GateBench ack(
      AckStatus status,
      String decisionId,
      long epoch,
      Mode mode,
      long receivedAtUs,
      long eventSeconds) {
    return feed(
        new GateInput.Answered(
            new Ack(
                Ack.SCHEMA,
                ENGINE,
                "run",
                1,
                eventSeconds * 1_000_000,
                source,
                decisionId,
                epoch,
                mode,
                status,
                0,
                List.of(),
                receivedAtUs,
                null,
                null,
                null)));
  }

  GateBench elapse(long ms) {
    wallMs += ms;
    return feed(new GateInput.Elapsed());
  }

  Control last() {
    return controls.get(controls.size() - 1);
  }

  List<String> own(String criterion) {
    return verdicts.stream()
        .filter(v -> v.criterionId().equals(criterion))
        .map(v -> v.outcome() + " " + v.evidence().reason())
        .toList();
  }

  static Verdict verdict(
      String criterion,
      String scope,
      long seconds,
      Phase phase,
      VerdictOutcome outcome,
      Action action,
      long episode) {
    return new Verdict(
        Verdict.SCHEMA,
        criterion + scope + seconds + phase + outcome + action,
        criterion,
        "hash",
        ENGINE,
        scope,
        seconds * 1_000_000,
        Source.PAPER,
        outcome,
        phase,
        seconds * 1_000_000,
        episode * 1_000_000,
        Severity.CRITICAL,
        action,
        Enforcement.ENFORCE,
        new Evidence(1.0, 0.5, "ratio", 60_000, 10, 1.0, 0, 77, null, criterion + " is bad"));
  }
}
