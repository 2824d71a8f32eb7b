// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

/**
 * What risk needs of a fill. Doubles: exposures are compared with caps, they are no books.
 *
 * @param seq number of the fill in its run
 * @param sign +1 for a buy, -1 for a sell
 * @param qty base units, positive
 * @param fee quote currency; a cost is positive
 * @param positionAfter the engine's position after it, base units, signed
 * @param ingestUs Kafka append time of the fill, 0 when unknown
 */
public record Trade(
    String engineId,
    String runId,
    long seq,
    String symbol,
    int sign,
    double price,
    double qty,
    double fee,
    double positionAfter,
    long eventTimeUs,
    long ingestUs) {}
