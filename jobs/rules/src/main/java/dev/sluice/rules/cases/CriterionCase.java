// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.cases;

import dev.sluice.schemas.Nullable;
import java.util.Map;

/**
 * One unit test of one criterion.
 *
 * @param file where it is written
 * @param line its first line there
 * @param criterion id of the criterion
 * @param series by name, see {@link EngineSeries}, or the criterion's own metric
 * @param expect what stands at a time, as {@code BREACH TRIPPED PAUSE}; by microseconds from the
 *     start, in the order written
 * @param decisions every mode the gate decides, by microseconds from the start; null where the case
 *     does not say
 */
public record CriterionCase(
    String file,
    int line,
    String name,
    String criterion,
    Map<String, Series> series,
    Map<Long, String> expect,
    @Nullable Map<Long, String> decisions) {}
