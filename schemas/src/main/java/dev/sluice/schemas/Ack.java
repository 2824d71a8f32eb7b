// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What an engine did about a control record.
 *
 * @param epoch the record's epoch; for REJECTED the engine's own last applied epoch
 * @param openOrders orders still at the venue
 * @param eventTimeUs the engine's event time when it acknowledged
 * @param receivedAtUs wall clock of the engine when the record arrived
 * @param effectiveAtUs wall clock when no forbidden order was left, null before
 * @param effectiveEventTimeUs event time of the same, null before
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
    @Nullable String reason) {
  public static final String SCHEMA = "ack.v1";
}
