// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Time spent in each stage of one pass of the pipeline, in milliseconds. */
public record Stages(
    double fetchMdMs,
    double spreadMs,
    double guardsMs,
    double inventoryMs,
    double queueAwareMs,
    double emitMs) {}
