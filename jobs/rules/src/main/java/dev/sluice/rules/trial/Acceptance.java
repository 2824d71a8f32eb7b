// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.metric.Metric;
import dev.sluice.schemas.Nullable;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a stage must show before the next one.
 *
 * @param dwellMs covered event time the stage needs
 * @param confidence of every interval, as in 0.95
 * @param minBlocks block differences each metric needs
 * @param minFills fills each arm needs
 * @param maxSampleRatioP a sample ratio less probable than this holds the trial
 * @param goal superiority; null only where both arms are alike
 * @param guardrails non-inferiority: how much worse each may surely not be, in its unit and in its
 *     bad direction; in the order of the file
 * @param signals are shown, and hold only while they are surely worse
 */
public record Acceptance(
    long dwellMs,
    double confidence,
    long minBlocks,
    long minFills,
    double maxSampleRatioP,
    @Nullable Goal goal,
    Map<Metric, Double> guardrails,
    List<Metric> signals)
    implements Serializable {}
