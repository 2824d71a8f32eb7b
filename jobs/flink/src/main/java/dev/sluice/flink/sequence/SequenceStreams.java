// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What comes out of the sequencing. */
public record SequenceStreams(DataStream<EngineEvent> events, DataStream<DeadLetter> deadLetters) {}
