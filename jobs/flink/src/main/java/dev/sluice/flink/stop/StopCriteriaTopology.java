// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Verdict;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Buckets, heartbeats and commands to verdicts, keyed by engine. Heartbeats are judged at once;
 * buckets when the one of the whole engine closes its start. The criteria are those of the
 * settings, changed by what the criteria topic says.
 */
public final class StopCriteriaTopology {
  /** Identities of the operators' state; a change of meaning is a new version. */
  public static final String BUCKET_UID = "stop-bucket-v1";

  public static final String HEALTH_UID = "stop-health-v1";
  public static final String COMMAND_UID = "stop-command-v1";
  public static final String JUDGE_UID = "stop-judge-v1";

  private StopCriteriaTopology() {}

  /**
   * Builds the topology.
   *
   * @param buckets closed buckets; of each start the one of the whole engine comes last
   * @param health accepted heartbeats, each with its Kafka append time as timestamp where known
   * @param criteria the criteria topic from its beginning, read by one subtask, so that all of the
   *     judge's hear it in one order
   * @throws IllegalArgumentException when the settings hold no criterion that is on
   */
  public static StopStreams build(
      DataStream<Bucket> buckets,
      DataStream<Health> health,
      DataStream<Command> commands,
      DataStream<RawRecord> criteria,
      StopSettings settings) {
    settings.judge(settings.liveCriteria());
    SingleOutputStreamOperator<Verdict> verdicts =
        input(buckets, StopInput::of, BUCKET_UID)
            .union(
                input(health, StopInput::of, HEALTH_UID),
                input(commands, StopInput::of, COMMAND_UID))
            .keyBy(StopInput::engineId)
            .connect(criteria.broadcast(StopCriteriaFunction.LIVE))
            .process(new StopCriteriaFunction(settings), TypeInformation.of(Verdict.class))
            .uid(JUDGE_UID)
            .name(JUDGE_UID);
    return new StopStreams(
        verdicts,
        verdicts.getSideOutput(StopCriteriaFunction.ACKS),
        verdicts.getSideOutput(StopCriteriaFunction.DEAD_LETTERS));
  }

  private static <T> DataStream<StopInput> input(
      DataStream<T> stream, MapFunction<T, StopInput> wrap, String uid) {
    return stream
        .map(wrap)
        .returns(TypeInformation.of(StopInput.class))
        .setParallelism(stream.getParallelism())
        .uid(uid)
        .name(uid);
  }
}
