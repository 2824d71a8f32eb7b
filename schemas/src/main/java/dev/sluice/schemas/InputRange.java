// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Offsets of the inputs a verdict rests on, both ends included. */
public record InputRange(String topic, int partition, long firstOffset, long lastOffset) {}
