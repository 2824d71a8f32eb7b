// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

/**
 * A progress marker that waits for the heartbeat its bucket speaks of: buckets and events travel by
 * different ways.
 *
 * @param untilUs end of the closed bucket
 * @param healthUs event time of the newest heartbeat in it
 * @param ingestUs Kafka append time of what closed it, 0 when unknown
 */
public record Waiting(long untilUs, long healthUs, long ingestUs) {}
