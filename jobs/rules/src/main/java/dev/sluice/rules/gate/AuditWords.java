// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.AuditKind;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Person;
import dev.sluice.schemas.RolloutState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the gate writes into the audit log, not yet sealed. Only what a gate that is restored would
 * say again: event time and names made of occasions; of the gate's own verdicts, whose sentences
 * hold waits of the wall clock, the name alone.
 */
final class AuditWords {
  private static final String GATE = "gate";
  private static final String ENGINE = "engine";

  private AuditWords() {}

  /**
   * A command and what became of it.
   *
   * @param refusal null for one that is obeyed
   */
  static AuditEntry command(Draft draft, Command command, String refusal) {
    return of(
        draft,
        refusal == null ? AuditKind.COMMAND_ACCEPTED : AuditKind.COMMAND_REFUSED,
        timeUs(draft, command),
        text(command.who()),
        text(command.why()),
        asked(command) + (refusal == null ? "" : "; refused: " + refusal),
        command.commandId(),
        null,
        command.criterionId(),
        null,
        command.expiresAtUs());
  }

  /**
   * A new desired state.
   *
   * @param before null for the first
   */
  static AuditEntry decision(Draft draft, Control before, Control now) {
    Person person = now.command();
    return of(
        draft,
        AuditKind.DECISION,
        now.eventTimeUs(),
        person == null ? GATE : person.who(),
        person == null ? why(now) : person.why(),
        change(before, now),
        person == null ? null : person.commandId(),
        now.decisionId(),
        now.cause().isEmpty() ? null : now.cause().get(0).criterionId(),
        now.epoch(),
        null);
  }

  /** The desired state under a higher epoch. */
  static AuditEntry reissued(Draft draft, Control now) {
    return of(
        draft,
        AuditKind.REISSUED,
        now.eventTimeUs(),
        GATE,
        "the engine stands at epoch " + (now.epoch() - 1),
        now.mode() + " again",
        null,
        now.decisionId(),
        null,
        now.epoch(),
        null);
  }

  /** An override that is over. */
  static AuditEntry expired(Draft draft, ActiveOverride override) {
    return of(
        draft,
        AuditKind.OVERRIDE_EXPIRED,
        override.expiresAtUs(),
        override.who(),
        text(override.why()),
        "OVERRIDE " + override.criterionId() + " is over",
        override.commandId(),
        null,
        override.criterionId(),
        null,
        override.expiresAtUs());
  }

  /** A decision that is in force at the engine. */
  static AuditEntry effective(Draft draft, Ack ack) {
    return of(
        draft,
        AuditKind.EFFECTIVE,
        ack.effectiveEventTimeUs() == null ? ack.eventTimeUs() : ack.effectiveEventTimeUs(),
        ENGINE,
        "",
        draft.mode() + " in force, " + ack.openOrders() + " open orders",
        null,
        ack.decisionId(),
        null,
        ack.epoch(),
        null);
  }

  /** A decision not answered, or not obeyed, in time. */
  static AuditEntry overdue(Draft draft, boolean received) {
    return of(
        draft,
        AuditKind.OVERDUE,
        draft.watermarkUs,
        GATE,
        "",
        draft.mode() + (received ? " not EFFECTIVE in time" : " not RECEIVED in time"),
        null,
        draft.control.decisionId(),
        GateVerdicts.ACK,
        draft.epoch(),
        null);
  }

  /** Flags that the engine did not take up. */
  static AuditEntry flagsRefused(Draft draft, Ack ack, String reason) {
    return of(
        draft,
        AuditKind.FLAGS_REFUSED,
        ack.eventTimeUs(),
        ENGINE,
        reason,
        "SET_FLAGS " + flags(draft.control.flags()) + " taken back",
        null,
        ack.decisionId(),
        GateVerdicts.FLAGS,
        ack.epoch(),
        null);
  }

  /** Flags in the order of their names. */
  static String flags(Map<String, Boolean> flags) {
    return new TreeMap<>(flags)
        .entrySet().stream()
            .map(flag -> flag.getKey() + "=" + flag.getValue())
            .collect(Collectors.joining(", "));
  }

  /** Event time of a command: how far the engine has been judged when it came. */
  static long timeUs(Draft draft, Command command) {
    return draft.watermarkUs > 0 ? draft.watermarkUs : command.issuedAtUs();
  }

  private static String change(Control before, Control now) {
    StringBuilder what = new StringBuilder();
    what.append(before == null ? Mode.RUN : before.mode()).append(" -> ").append(now.mode());
    RolloutState stage = before == null ? RolloutState.NONE : before.rollout();
    if (!now.rollout().equals(stage)) {
      what.append(", trial ").append(now.rollout().trialId());
      what.append(" at ").append(now.rollout().stage());
    }
    if (!Objects.equals(now.flags(), before == null ? null : before.flags())) {
      what.append(", flags ").append(now.flags() == null ? "none" : flags(now.flags()));
    }
    return what.toString();
  }

  private static String asked(Command command) {
    String what = command.action().toString();
    return switch (command.action()) {
      case OVERRIDE ->
          what
              + " "
              + command.criterionId()
              + (whole(command.scope()) ? "" : " (" + command.scope() + ")")
              + (command.expiresAtUs() == null ? "" : " until " + time(command.expiresAtUs()));
      case SET_FLAGS -> what + " " + (command.flags() == null ? "" : flags(command.flags()));
      case START_TRIAL -> what + " " + command.trialId();
      case ACKNOWLEDGE -> command.criterionId() == null ? what : what + " " + command.criterionId();
      case HALT, PAUSE, REDUCE_ONLY, FLATTEN, RESUME, PROMOTE, ROLLBACK -> what;
    };
  }

  /** Whether an override of this scope is of every scope of its criterion. */
  static boolean whole(String scope) {
    return scope == null || List.of("engine", "criterion", "*").contains(scope);
  }

  private static String why(Control control) {
    return control.cause().stream()
        .map(AuditWords::why)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String why(Cause cause) {
    return cause.criterionId().startsWith(GateVerdicts.PREFIX)
        ? cause.criterionId()
        : cause.criterionId() + ": " + cause.reason();
  }

  private static String text(String said) {
    return said == null ? "" : said;
  }

  private static String time(long us) {
    return Instant.EPOCH.plus(us, ChronoUnit.MICROS).toString();
  }

  private static AuditEntry of(
      Draft draft,
      AuditKind kind,
      long atUs,
      String who,
      String why,
      String what,
      String commandId,
      String decisionId,
      String criterionId,
      Long epoch,
      Long expiresAtUs) {
    return new AuditEntry(
        AuditEntry.SCHEMA,
        draft.engineId,
        0,
        atUs,
        draft.source,
        kind,
        who,
        why,
        what,
        commandId,
        decisionId,
        criterionId,
        epoch,
        expiresAtUs,
        "",
        "");
  }
}
