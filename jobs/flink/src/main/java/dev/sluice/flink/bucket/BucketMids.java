// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.MidSeries;

/** Sampled mids of one symbol in the bucket that starts at startUs. */
public record BucketMids(long startUs, MidSeries series) {}
