// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What the judge of portfolio risk knew of one engine in one symbol.
 *
 * @param symbol null for the line of the engine itself (equity without position)
 * @param mark newest plausible mid
 * @param silentMs how far the engine's last word is behind the portfolio's clock
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RiskInput(
    String engineId,
    @Nullable String symbol,
    double qty,
    double mark,
    long markTimeUs,
    double equity,
    double dayStartEquity,
    double peakEquity,
    double silentMs) {}
