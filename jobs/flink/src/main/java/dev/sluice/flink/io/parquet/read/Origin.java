// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet.read;

/**
 * Where an archived event was in Kafka: columns of every dataset of events.
 *
 * @param ingestTimeUs when Kafka appended it, epoch microseconds
 * @param partition of its topic
 */
public record Origin(
    long ingestTimeUs,
    @NamedColumn("_topic_partition") long partition,
    @NamedColumn("_offset") long offset) {}
