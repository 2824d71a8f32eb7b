// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;

/**
 * One difference between two books, or one broken rule in an engine's streams, at one point of its
 * life. The same finding is published again with each change of its status; its id stays.
 *
 * @param findingId deterministic: hash of engine, kind, subject and the time it began
 * @param subject what it is about, one of {@code asset=…}, {@code symbol=…}, {@code order=…},
 *     {@code fill=…}, {@code clock}
 * @param eventTimeUs event time of this status
 * @param firstSeenUs event time at which the difference began
 * @param confirmedUs event time at which it was confirmed
 * @param ageMs from {@code firstSeenUs} to {@code eventTimeUs}
 * @param snapshots how many evaluations in a row have seen it
 * @param engineValue the engine's figure, null when it has none
 * @param venueValue the venue's figure, null when it has none
 * @param tolerance how far they may be apart, null when it is no matter of degree
 * @param unit unit of the three
 * @param reason one sentence, built where the figures were compared
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(
    String schema,
    String findingId,
    String engineId,
    FindingKind kind,
    String subject,
    FindingStatus status,
    Severity severity,
    Source source,
    long eventTimeUs,
    long firstSeenUs,
    long confirmedUs,
    double ageMs,
    long snapshots,
    @Nullable String symbol,
    @Nullable String clientOrderId,
    @Nullable String fillId,
    @Nullable BigDecimal engineValue,
    @Nullable BigDecimal venueValue,
    @Nullable BigDecimal tolerance,
    String unit,
    @Nullable List<InputRange> inputs,
    String reason) {
  public static final String SCHEMA = "finding.v1";
}
