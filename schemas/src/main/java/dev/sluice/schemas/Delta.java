// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The difference of one metric between the arms of a trial, B − A, with its always-valid interval.
 *
 * @param estimate mean of the block differences, null without any
 * @param lower of the confidence sequence, null while it has no bound
 * @param upper of the same
 * @param valueA the metric over all slots of A in this stage, null without samples; of a regression
 *     what is compared, such as the percentile in ms
 * @param valueB the same of B
 * @param blocks differences behind the estimate
 * @param blockSlots slots of one block, after doubling
 * @param autocorrelation lag-1 autocorrelation of the block differences, null with too few
 * @param samplesA what was counted in A: fills, ticks, orders
 * @param samplesB the same in B
 * @param outcome PASS when it asks for nothing, BREACH when it holds the promotion, NO_DATA when it
 *     cannot be told
 * @param reason one sentence, built where the numbers were compared
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delta(
    String metric,
    String unit,
    DeltaRole role,
    @Nullable Double estimate,
    @Nullable Double lower,
    @Nullable Double upper,
    @Nullable Double valueA,
    @Nullable Double valueB,
    long blocks,
    long blockSlots,
    @Nullable Double autocorrelation,
    long samplesA,
    long samplesB,
    VerdictOutcome outcome,
    String reason) {}
