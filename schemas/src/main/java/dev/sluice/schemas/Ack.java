// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What an engine did about a control record.
 *
 * @param epoch the record's epoch; for REJECTED the engine's own last applied epoch
 * @param openOrders orders still at the venue
 * @param eventTimeUs the engine's event time when it acknowledged
 * @param receivedAtUs wall clock of the engine when the record arrived
 * @param effectiveAtUs wall clock when no forbidden order was left, null before
 * @param effectiveEventTimeUs event time of the same, null before
 * @param rollout the stage that the engine has taken up; null where no trial was ever started
 * @param rolloutFromUs event time from which that stage is in force: the next border of a slot, or
 *     at once for a rollback
 * @param flags feature flags of every slot that is not treated, in force
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ack(
    String schema,
    String engineId,
    String runId,
    long seq,
    long eventTimeUs,
    Source source,
    String decisionId,
    long epoch,
    Mode mode,
    AckStatus status,
    int openOrders,
    List<Position> positions,
    long receivedAtUs,
    @Nullable Long effectiveAtUs,
    @Nullable Long effectiveEventTimeUs,
    @Nullable String reason,
    @Nullable RolloutState rollout,
    @Nullable Long rolloutFromUs,
    @Nullable Map<String, Boolean> flags) {
  public static final String SCHEMA = "ack.v1";

  /** An answer that says nothing of a trial. */
  public Ack(
      String schema,
      String engineId,
      String runId,
      long seq,
      long eventTimeUs,
      Source source,
      String decisionId,
      long epoch,
      Mode mode,
      AckStatus status,
      int openOrders,
      List<Position> positions,
      long receivedAtUs,
      Long effectiveAtUs,
      Long effectiveEventTimeUs,
      String reason) {
    this(
        schema,
        engineId,
        runId,
        seq,
        eventTimeUs,
        source,
        decisionId,
        epoch,
        mode,
        status,
        openOrders,
        positions,
        receivedAtUs,
        effectiveAtUs,
        effectiveEventTimeUs,
        reason,
        null,
        null,
        null);
  }
}
