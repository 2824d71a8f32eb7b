// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;

/**
 * What comes out of the sequencing.
 *
 * @param events keyed by engine where they were put in order: whoever judges them there gets them
 *     by a call, and not over the network
 */
public record SequenceStreams(
    KeyedStream<EngineEvent, String> events, DataStream<DeadLetter> deadLetters) {}
