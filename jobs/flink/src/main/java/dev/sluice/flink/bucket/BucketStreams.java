// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.risk.RiskEvent;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the bucket topology makes.
 *
 * @param buckets closed buckets, per engine in order of start, the whole engine's last
 * @param amendments events that came after their bucket was closed, at once, as buckets of their
 *     own: one key, its true start, findings left out; they are those that {@code late} of the
 *     whole engine's bucket counts, see {@link Bucket#amendedAtUs()}
 * @param health accepted heartbeats, each once, at once; timestamp is the Kafka append time
 * @param risk what moves portfolio risk, at once and in the order it was read: each new mid,
 *     accepted fill and accepted heartbeat
 * @param deadLetters rejected input
 */
public record BucketStreams(
    DataStream<Bucket> buckets,
    DataStream<Bucket> amendments,
    DataStream<Health> health,
    DataStream<RiskEvent> risk,
    DataStream<DeadLetter> deadLetters) {}
