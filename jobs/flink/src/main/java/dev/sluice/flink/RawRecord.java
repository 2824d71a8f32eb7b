// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink;

/**
 * One Kafka record before anybody has read it.
 *
 * @param ingestTimeUs Kafka append time, epoch microseconds
 */
public record RawRecord(
    String topic, int partition, long offset, long ingestTimeUs, byte[] value) {}
