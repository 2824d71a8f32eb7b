// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import dev.sluice.rules.judge.EngineJudge;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Verdict;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Buckets, heartbeats and commands to verdicts, keyed by engine. Heartbeats are judged at once;
 * buckets when the one of the whole engine closes its start.
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
   * @throws IllegalArgumentException when the settings hold no criterion that is on
   */
  public static DataStream<Verdict> build(
      DataStream<Bucket> buckets,
      DataStream<Health> health,
      DataStream<Command> commands,
      StopSettings settings) {
    new EngineJudge(settings.criteria(), settings.bucketMs(), settings.refreshMs());
    return judge(
        input(buckets, StopInput::of, BUCKET_UID)
            .union(
                input(health, StopInput::of, HEALTH_UID),
                input(commands, StopInput::of, COMMAND_UID)),
        settings);
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

  private static DataStream<Verdict> judge(DataStream<StopInput> inputs, StopSettings settings) {
    return inputs
        .keyBy(StopInput::engineId)
        .process(new StopCriteriaFunction(settings), TypeInformation.of(Verdict.class))
        .uid(JUDGE_UID)
        .name(JUDGE_UID);
  }
}
