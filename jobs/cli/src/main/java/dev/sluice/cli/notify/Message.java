// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Notification;
import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.NotificationStatus;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Severity;

/**
 * One message to people, the same for every channel. What names an episode (criterion, engine,
 * scope, severity, action, mode, start) is the same when it begins and when it is over.
 *
 * @param engineId null for what concerns no engine
 * @param criterionId null for heartbeats and probes
 * @param scopeKey the rest of the key, empty for the whole engine
 * @param action what was asked when the episode was first told
 * @param startUs event time at which the episode began
 * @param eventTimeUs event time of the word that led to the message
 * @param measured null where nothing was measured, or no longer known
 * @param evidence where to look it up: the verdict's or the decision's id
 * @param reason one sentence
 */
public record Message(
    NotificationKind kind,
    String episodeId,
    @Nullable String engineId,
    @Nullable String criterionId,
    String scopeKey,
    Severity severity,
    @Nullable Action action,
    @Nullable Enforcement mode,
    long startUs,
    long eventTimeUs,
    @Nullable Double measured,
    @Nullable Double limit,
    String unit,
    String evidence,
    String reason) {

  /** The id of an episode: the same wherever and whenever it is computed. */
  static String episode(String criterionId, String engineId, String scopeKey, String since) {
    return Sha256.id(criterionId + '\n' + engineId + '\n' + scopeKey + '\n' + since);
  }

  /** A heartbeat or a probe at this wall clock. */
  static Message test(NotificationKind kind, String id, long nowUs, String reason) {
    return new Message(
        kind,
        id,
        null,
        null,
        "",
        Severity.INFO,
        null,
        null,
        nowUs,
        nowUs,
        null,
        null,
        "",
        "",
        reason);
  }

  /** An alert about telling itself: nothing is heard, or a channel fails. */
  static Message own(String criterionId, String scopeKey, long nowUs, String reason) {
    String id = episode(criterionId, "", scopeKey, Long.toString(nowUs));
    return new Message(
        NotificationKind.FIRING,
        id,
        null,
        criterionId,
        scopeKey,
        Severity.CRITICAL,
        Action.ALERT,
        null,
        nowUs,
        nowUs,
        null,
        null,
        "",
        "",
        reason);
  }

  /** What a row of the topic says was told. */
  static Message of(Notification row) {
    return new Message(
        row.kind(),
        row.episodeId(),
        row.engineId(),
        row.criterionId(),
        row.scopeKey(),
        row.severity(),
        row.action(),
        row.mode(),
        row.startUs(),
        row.eventTimeUs(),
        null,
        null,
        "",
        "",
        row.text());
  }

  /** The end of this episode. */
  Message over(long atUs, Double lastMeasured, String lastEvidence, String why) {
    return new Message(
        NotificationKind.RESOLVED,
        episodeId,
        engineId,
        criterionId,
        scopeKey,
        severity,
        action,
        mode,
        startUs,
        atUs,
        lastMeasured,
        limit,
        unit,
        lastEvidence,
        why);
  }

  /** Identity of the message: receivers that saw it may drop a second one. */
  public String notificationId() {
    return Sha256.id(episodeId + '\n' + kind);
  }

  /** Identity of the message with which this episode began. */
  String firingId() {
    return Sha256.id(episodeId + '\n' + NotificationKind.FIRING);
  }

  /** One line for people. */
  public String title() {
    return switch (kind) {
      case WATCHDOG -> "sluice notify is watching";
      case PROBE -> "probe of sluice notify: nobody has to do anything";
      case FIRING, RESOLVED ->
          kind
              + " "
              + severity
              + ": "
              + criterionId
              + (engineId == null ? "" : " on " + engineId)
              + (scopeKey.isEmpty() ? "" : " (" + scopeKey + ")")
              + (action == null ? "" : ", asks for " + action)
              + (mode == Enforcement.SHADOW ? ", in shadow" : "");
    };
  }

  /** The row that says what became of it. */
  Notification row(
      String channel,
      NotificationStatus status,
      long attempts,
      long sentAtUs,
      Long receivedAtUs,
      String words) {
    return new Notification(
        Notification.SCHEMA,
        notificationId(),
        episodeId,
        kind,
        channel,
        status,
        attempts,
        engineId,
        criterionId,
        scopeKey,
        severity,
        action,
        mode,
        startUs,
        eventTimeUs,
        sentAtUs,
        receivedAtUs,
        reason,
        words);
  }
}
