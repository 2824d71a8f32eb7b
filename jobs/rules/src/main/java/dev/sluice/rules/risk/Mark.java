// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

/**
 * What one engine sees as the price of one symbol.
 *
 * @param mid quote currency per base unit, positive
 * @param ingestUs Kafka append time of the tick, 0 when unknown
 */
public record Mark(String engineId, String symbol, double mid, long eventTimeUs, long ingestUs) {}
