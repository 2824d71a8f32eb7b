// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.sequence.BucketWord;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Source;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** Raw records to the events of each engine in their order; keyed by engine. */
public final class SequenceTopology {
  /** Identities of the operators' state; a change of meaning is a new version. */
  public static final String READ_UID = "sequence-read-v1";

  public static final String COMMAND_UID = "sequence-command-v1";
  public static final String BUCKET_UID = "sequence-bucket-v1";
  public static final String ORDER_UID = "sequence-order-v1";

  private static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("sequence-dead-letters", TypeInformation.of(DeadLetter.class));

  private SequenceTopology() {}

  /**
   * Builds the topology.
   *
   * @param events raw records; those of other topics than orders, fills, health, ledger and drop
   *     copy are left out
   * @param commands a person's words, passed on at once
   * @param buckets closed buckets; those of the whole engine tell time when the engine does not
   */
  public static SequenceStreams build(
      DataStream<RawRecord> events,
      DataStream<Command> commands,
      DataStream<Bucket> buckets,
      SequenceSettings settings) {
    SingleOutputStreamOperator<SequenceInput> messages = read(events, settings);
    SingleOutputStreamOperator<EngineEvent> sequenced =
        messages
            .union(words(commands), times(buckets))
            .keyBy(SequenceInput::engineId, Types.STRING)
            .process(
                new SequenceFunction(settings, DEAD_LETTERS), TypeInformation.of(EngineEvent.class))
            .uid(ORDER_UID)
            .name("sequence: put in order");
    return new SequenceStreams(
        DataStreamUtils.reinterpretAsKeyedStream(
            sequenced, EngineEvent::engineId, Types.STRING), // what came in has the same key
        messages.getSideOutput(DEAD_LETTERS).union(sequenced.getSideOutput(DEAD_LETTERS)));
  }

  private static SingleOutputStreamOperator<SequenceInput> read(
      DataStream<RawRecord> events, SequenceSettings settings) {
    return events
        .process(
            new ReadMessagesFunction(settings, DEAD_LETTERS),
            TypeInformation.of(SequenceInput.class))
        .setParallelism(events.getParallelism())
        .uid(READ_UID)
        .name("sequence: read, check");
  }

  private static DataStream<SequenceInput> words(DataStream<Command> commands) {
    return commands
        .map(command -> SequenceInput.of(EngineEvent.of(command, Source.SIMULATED)))
        .returns(TypeInformation.of(SequenceInput.class))
        .setParallelism(commands.getParallelism())
        .uid(COMMAND_UID)
        .name("sequence: commands");
  }

  private static DataStream<SequenceInput> times(DataStream<Bucket> buckets) {
    return buckets
        .<SequenceInput>flatMap(
            (bucket, out) -> {
              if (bucket.wholeEngine()) {
                out.collect(SequenceInput.of(BucketWord.of(bucket)));
              }
            })
        .returns(TypeInformation.of(SequenceInput.class))
        .setParallelism(buckets.getParallelism())
        .uid(BUCKET_UID)
        .name("sequence: times of buckets");
  }
}
