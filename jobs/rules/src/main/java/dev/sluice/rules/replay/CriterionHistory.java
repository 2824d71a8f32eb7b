// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import dev.sluice.schemas.Nullable;

/**
 * What one criterion said over a history, of one engine.
 *
 * @param evaluations how often it was judged
 * @param breaches of them BREACH
 * @param noData of them NO_DATA
 * @param trips episodes
 * @param worst the measurement nearest to the limit, or furthest beyond it; null where there was
 *     none
 * @param distance how far that was from the limit, in parts of the limit (of one where the limit is
 *     0): 0.2 is a fifth of the limit away, below 0 beyond it; null as {@code worst}
 * @param longestHoldMs the longest time it was in breach without tripping, or until it tripped
 */
public record CriterionHistory(
    String engineId,
    String criterionId,
    long evaluations,
    long breaches,
    long noData,
    long trips,
    @Nullable Double worst,
    @Nullable Double distance,
    long longestHoldMs) {}
