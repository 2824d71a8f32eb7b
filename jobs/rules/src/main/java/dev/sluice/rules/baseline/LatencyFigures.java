// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.baseline;

/**
 * Percentiles of one latency over a run, milliseconds, by the nearest-rank method on the ticks
 * themselves: exact, where a histogram of buckets would be off by up to 1 %.
 *
 * @param n ticks behind them
 */
public record LatencyFigures(double p50Ms, double p95Ms, double p99Ms, long n) {}
