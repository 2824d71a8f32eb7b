// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import java.util.List;

/**
 * One engine's history as it would have been judged.
 *
 * @param fromUs start of its first bucket, 0 when there is none
 * @param untilUs end of its last
 * @param buckets of the whole engine
 */
public record EngineHistory(
    String engineId,
    long fromUs,
    long untilUs,
    long buckets,
    List<CriterionHistory> criteria,
    List<Episode> episodes,
    List<Decided> decisions) {}
