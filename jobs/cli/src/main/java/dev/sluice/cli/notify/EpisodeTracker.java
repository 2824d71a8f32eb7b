// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Verdict;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Verdicts and decisions in, messages out: one FIRING when an episode begins to ask for something,
 * one RESOLVED when it is over, nothing for what is said again. An episode of a criterion lasts
 * from its trip until it is CLEAR again, recoveries and relapses included; one of a decision from
 * the record that takes an engine out of RUN, or from one mode into another, until the next change.
 * Pure; one thread.
 */
final class EpisodeTracker {
  /** Criterion id of an engine's mode. */
  static final String MODE = "sluice.mode";

  private final boolean shadow;
  private final Severity least;
  private final Map<String, Message> standing = new LinkedHashMap<>();

  /**
   * @param shadow whether criteria in shadow are told
   * @param least less severe ones are not told
   */
  EpisodeTracker(boolean shadow, Severity least) {
    this.shadow = shadow;
    this.least = least;
  }

  /** What a verdict changes; at most two messages. */
  List<Message> verdict(Verdict verdict) {
    if (verdict.progressMarker()) {
      return List.of();
    }
    String key = key(verdict.criterionId(), verdict.engineId(), verdict.scopeKey());
    Message known = standing.get(key);
    if (!told(verdict)) {
      // a word said again from before the episode does not end it
      return known == null || verdict.eventTimeUs() < known.eventTimeUs()
          ? List.of()
          : List.of(ended(key, known, verdict));
    }
    Message begun = begun(verdict);
    if (known == null) {
      standing.put(key, begun);
      return List.of(begun);
    }
    if (known.episodeId().equals(begun.episodeId()) || begun.startUs() < known.startUs()) {
      return List.of();
    }
    Message over = ended(key, known, verdict);
    standing.put(key, begun);
    return List.of(over, begun);
  }

  /** What a decision changes; at most two messages. */
  List<Message> control(Control control) {
    String key = key(MODE, control.engineId(), "");
    Message known = standing.get(key);
    if (known != null
        && (known.action().mode() == control.mode()
            || control.eventTimeUs() < known.eventTimeUs())) {
      return List.of();
    }
    if (control.mode() == Mode.RUN) {
      return known == null ? List.of() : List.of(ended(key, known, control));
    }
    Message begun = begun(control);
    if (begun.severity().compareTo(least) < 0 && known != null) {
      return List.of(ended(key, known, control)); // no longer what was told
    }
    if (begun.severity().compareTo(least) < 0) {
      return List.of();
    }
    if (known == null) {
      standing.put(key, begun);
      return List.of(begun);
    }
    Message over = ended(key, known, control);
    standing.put(key, begun);
    return List.of(over, begun);
  }

  /** Takes up what was told before this start. */
  void restore(Message fired) {
    if (fired.criterionId() != null && fired.engineId() != null) {
      standing.put(key(fired.criterionId(), fired.engineId(), fired.scopeKey()), fired);
    }
  }

  /** Episodes that are not over, oldest first. */
  Collection<Message> standing() {
    return List.copyOf(standing.values());
  }

  private boolean told(Verdict verdict) {
    boolean asks =
        switch (verdict.phase()) {
          case TRIPPED, RECOVERING, LATCHED -> true;
          case CLEAR, PENDING -> false;
        };
    boolean heard =
        switch (verdict.mode()) {
          case ENFORCE -> true;
          case SHADOW -> shadow;
          case OFF -> false;
        };
    return asks && heard && verdict.severity().compareTo(least) >= 0;
  }

  private static Message begun(Verdict verdict) {
    return new Message(
        NotificationKind.FIRING,
        Message.episode(
            verdict.criterionId(),
            verdict.engineId(),
            verdict.scopeKey(),
            Long.toString(verdict.episodeStartUs())),
        verdict.engineId(),
        verdict.criterionId(),
        verdict.scopeKey(),
        verdict.severity(),
        verdict.action(),
        verdict.mode(),
        verdict.episodeStartUs(),
        verdict.eventTimeUs(),
        verdict.evidence().measured(),
        verdict.evidence().limit(),
        verdict.evidence().unit(),
        "verdict " + verdict.verdictId(),
        verdict.outcome() + ": " + verdict.evidence().reason());
  }

  private Message ended(String key, Message known, Verdict verdict) {
    standing.remove(key);
    return known.over(
        verdict.eventTimeUs(),
        verdict.evidence().measured(),
        "verdict " + verdict.verdictId(),
        verdict.outcome() + ": " + verdict.evidence().reason());
  }

  private static Message begun(Control control) {
    Action action = Action.valueOf(control.mode().name());
    Severity severity = control.mode().needsPerson() ? Severity.CRITICAL : Severity.WARNING;
    return new Message(
        NotificationKind.FIRING,
        Message.episode(MODE, control.engineId(), "", control.decisionId()),
        control.engineId(),
        MODE,
        "",
        severity,
        action,
        Enforcement.ENFORCE,
        control.eventTimeUs(),
        control.eventTimeUs(),
        null,
        null,
        "",
        evidence(control),
        "is told " + control.mode() + why(control));
  }

  private Message ended(String key, Message known, Control control) {
    standing.remove(key);
    return known.over(
        control.eventTimeUs(), null, evidence(control), "is told " + control.mode() + why(control));
  }

  private static String evidence(Control control) {
    return "decision " + control.decisionId() + ", epoch " + control.epoch();
  }

  private static String why(Control control) {
    if (control.command() != null) {
      return " by " + control.command().who() + ": " + control.command().why();
    }
    return control.cause().isEmpty()
        ? ""
        : " because of "
            + control.cause().get(0).criterionId()
            + ": "
            + control.cause().get(0).reason();
  }

  private static String key(String criterionId, String engineId, String scopeKey) {
    return criterionId + '\n' + engineId + '\n' + scopeKey;
  }
}
