// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import dev.sluice.schemas.CriterionAck;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the stop criteria have to say.
 *
 * @param acks what each subtask made of each changed criterion
 * @param deadLetters changes that nobody can judge by
 */
public record StopStreams(
    DataStream<Verdict> verdicts,
    DataStream<CriterionAck> acks,
    DataStream<DeadLetter> deadLetters) {}
