// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.parity;

import dev.sluice.rules.sequence.EngineEvent;

/**
 * An event of one engine of a pair, for the judge of that pair.
 *
 * @param pair as configured, {@code mm-1=mm-1-shadow}
 */
public record ParityInput(String pair, EngineEvent event) {}
