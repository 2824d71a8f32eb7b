// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.Source;

/**
 * Who speaks. A new process is a new run; sequence numbers start at 1 in each.
 *
 * @param startedAtUs event time of the start, as health says it
 * @param restarts starts of this engine before this one
 */
public record RunIdentity(
    String engineId,
    String runId,
    Source source,
    String buildId,
    String configHash,
    long startedAtUs,
    long restarts) {}
