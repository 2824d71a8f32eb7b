// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Command;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Person;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.text.Durations;
import java.util.List;

/** What a person may ask, and when it is refused. Every command gets a visible answer. */
final class CommandRules {
  private static final int MAX_REMEMBERED = 64;
  private static final int MAX_OVERRIDES = 64;

  private CommandRules() {}

  static void asked(Draft draft, Command command) {
    if (draft.commandIds.contains(command.commandId())) {
      return;
    }
    draft.commandIds.add(command.commandId());
    if (draft.commandIds.size() > MAX_REMEMBERED) {
      draft.commandIds.remove(0);
    }
    String refusal = refusal(draft, command);
    draft.record(AuditWords.command(draft, command, refusal));
    if (refusal != null) {
      draft.verdicts.add(
          GateVerdicts.refused(
              draft, command.commandId(), command.action() + " refused: " + refusal));
      return;
    }
    obey(draft, command);
    draft.settle(trigger(draft, command));
    draft.verdicts.add(
        GateVerdicts.pass(
            draft,
            GateVerdicts.COMMAND,
            command.commandId(),
            command.action()
                + " by "
                + command.who()
                + ": mode is "
                + draft.mode()
                + (draft.rollout.equals(RolloutState.NONE)
                    ? ""
                    : ", trial " + draft.rollout.trialId() + " at " + draft.rollout.stage())));
  }

  private static String refusal(Draft draft, Command command) {
    if (blank(command.commandId()) || blank(command.who()) || blank(command.why())) {
      return "who, why and command_id are mandatory";
    }
    return switch (command.action()) {
      case HALT, PAUSE, REDUCE_ONLY, FLATTEN, ACKNOWLEDGE -> null;
      case RESUME -> resumeRefusal(draft, command);
      case OVERRIDE -> overrideRefusal(draft, command);
      case START_TRIAL, PROMOTE, ROLLBACK -> RolloutRules.refusal(draft, command);
      case SET_FLAGS -> FlagRules.refusal(draft, command);
    };
  }

  private static String resumeRefusal(Draft draft, Command command) {
    if (command.criterionId() != null) {
      return "it is for the whole engine; OVERRIDE is for one criterion";
    }
    return draft.tracks.stream()
        .filter(track -> Lattice.forbidsResume(track, draft.overrides))
        .findFirst()
        .map(track -> track.criterionId() + " is in breach now (" + track.reason() + ")")
        .orElse(null);
  }

  private static String overrideRefusal(Draft draft, Command command) {
    if (blank(command.criterionId()) || blank(command.scope()) || command.expiresAtUs() == null) {
      return "criterion_id, scope and expires_at_us are mandatory";
    }
    if (draft.policy.hardCaps().contains(command.criterionId())) {
      return command.criterionId() + " is a hard cap, which no override touches";
    }
    if (command.expiresAtUs() <= draft.watermarkUs) {
      return "it has expired already (event time " + draft.watermarkUs + ")";
    }
    long aheadMs = (command.expiresAtUs() - AuditWords.timeUs(draft, command)) / 1_000;
    if (aheadMs > draft.policy.overrideMaxMs()) {
      return "it would last "
          + Durations.format(aheadMs)
          + ", longer than gate.override_max "
          + Durations.format(draft.policy.overrideMaxMs());
    }
    return draft.overrides.size() >= MAX_OVERRIDES ? "too many overrides" : null;
  }

  private static void obey(Draft draft, Command command) {
    switch (command.action()) {
      case HALT -> draft.heldMode = draft.heldMode.max(Mode.HALT);
      case PAUSE -> draft.heldMode = draft.heldMode.max(Mode.PAUSE);
      case REDUCE_ONLY -> draft.heldMode = draft.heldMode.max(Mode.REDUCE_ONLY);
      case FLATTEN -> draft.heldMode = draft.heldMode.max(Mode.FLATTEN);
      case RESUME -> resume(draft, command);
      case OVERRIDE -> draft.overrides.add(override(command));
      case PROMOTE -> draft.rollout = RolloutRules.next(draft);
      case ROLLBACK -> draft.rollout = RolloutRules.back(draft, command.trialId());
      case START_TRIAL -> draft.rollout = RolloutRules.start(draft, command.trialId());
      case SET_FLAGS -> draft.flags = FlagRules.with(draft, command.flags());
      case ACKNOWLEDGE -> {} // seen by a person: recorded by the verdict, changes nothing
    }
  }

  /** Overridden words stay: they act when the override expires. */
  private static void resume(Draft draft, Command command) {
    draft.heldMode = Mode.RUN;
    draft.resumedAtUs =
        Math.max(draft.resumedAtUs, Math.min(command.issuedAtUs(), draft.time.wallUs()));
    draft.tracks.replaceAll(
        track ->
            track.standing() && !Lattice.overridden(track, draft.overrides)
                ? track.resumed()
                : track);
    if (draft.rollout.rolledBack() && draft.pending == null) {
      draft.rollout = RolloutState.NONE; // the engine has confirmed it
    }
  }

  private static ActiveOverride override(Command command) {
    return new ActiveOverride(
        command.commandId(),
        command.criterionId(),
        AuditWords.whole(command.scope()) ? "" : command.scope(),
        command.expiresAtUs(),
        command.who(),
        command.why());
  }

  /**
   * RESUME, ROLLBACK and SET_FLAGS are published even when nothing changes: the engine may remember
   * more than this gate.
   */
  private static Trigger trigger(Draft draft, Command command) {
    return new Trigger(
        "command|" + command.commandId(),
        0,
        List.of(),
        new Person(command.commandId(), command.who(), command.why()),
        AuditWords.timeUs(draft, command),
        0,
        switch (command.action()) {
          case RESUME, ROLLBACK, SET_FLAGS -> true;
          case HALT, PAUSE, REDUCE_ONLY, FLATTEN, START_TRIAL, PROMOTE, OVERRIDE, ACKNOWLEDGE ->
              false;
        });
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }
}
