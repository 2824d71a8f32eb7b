// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Percentiles of one latency over an interval, milliseconds, relative error at most 1 %. */
public record StagePercentiles(double p50Ms, double p95Ms, double p99Ms) {}
