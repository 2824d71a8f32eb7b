// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The last sequence number the engine has sent on each of its streams in this run, 0 for none. With
 * it a health record is a punctuation: everything up to its event time has been sent, so a judge
 * knows when it has seen all of it, and what is missing.
 *
 * @param ledgers snapshots of the engine's book, null from engines that do not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SentCounts(long ticks, long orders, long fills, @Nullable Long ledgers) {}
