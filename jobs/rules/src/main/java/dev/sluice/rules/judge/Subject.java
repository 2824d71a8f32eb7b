// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Source;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one evaluation is about.
 *
 * @param scopeKey empty for the whole engine
 * @param atUs event time of the evaluation
 * @param ingestUs Kafka append time of the record that completed the evidence, 0 when unknown
 * @param inputs offsets the evidence rests on, or null; only asked for a verdict that changed
 */
public record Subject(
    String engineId,
    String scopeKey,
    Source source,
    long atUs,
    long ingestUs,
    Supplier<List<InputRange>> inputs) {}
