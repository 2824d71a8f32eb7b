// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One message to people by one channel, and what became of it. A message that failed and came
 * through later has two rows.
 *
 * @param notificationId deterministic: hash of the episode and the kind; the same in every channel
 *     and after a restart, so that receivers can drop a second one
 * @param episodeId deterministic: hash of criterion, engine, scope and the start of the episode
 * @param channel as named in {@code notify.yaml}
 * @param attempts tries this row stands for
 * @param engineId null for what concerns no engine: heartbeats, probes, channels that fail
 * @param criterionId null for heartbeats and probes
 * @param scopeKey as in the verdict; empty for the whole engine
 * @param action what was asked when the episode was first told, null for none
 * @param mode whether the criterion acts, null for what is no criterion
 * @param startUs event time at which the episode began; wall clock for heartbeats and probes
 * @param eventTimeUs event time of the word that led to the message; wall clock likewise
 * @param sentAtUs wall clock of the last try
 * @param receivedAtUs wall clock of the receipt, null without one
 * @param text what was said, one sentence
 * @param reason what the channel answered, or why it failed; without secrets
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Notification(
    String schema,
    String notificationId,
    String episodeId,
    NotificationKind kind,
    String channel,
    NotificationStatus status,
    long attempts,
    @Nullable String engineId,
    @Nullable String criterionId,
    String scopeKey,
    Severity severity,
    @Nullable Action action,
    @Nullable Enforcement mode,
    long startUs,
    long eventTimeUs,
    long sentAtUs,
    @Nullable Long receivedAtUs,
    String text,
    String reason) {
  public static final String SCHEMA = "notification.v1";

  /** Whether the channel has it. */
  public boolean delivered() {
    return status != NotificationStatus.FAILED;
  }
}
