// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.trial;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** Buckets and commands to verdicts about trials and where they stand, keyed by engine. */
public final class TrialTopology {
  /** Identities of the operators' state; a change of meaning is a new version. */
  public static final String BUCKET_UID = "trial-bucket-v1";

  public static final String COMMAND_UID = "trial-command-v1";
  public static final String JUDGE_UID = "trial-judge-v1";

  static final OutputTag<TrialStatus> STATUSES =
      new OutputTag<>("trial-statuses", TypeInformation.of(TrialStatus.class));

  private TrialTopology() {}

  /**
   * Builds the topology.
   *
   * @param buckets closed buckets; of each start the one of the whole engine comes last
   * @throws IllegalArgumentException when a plan does not fit the buckets
   */
  public static TrialStreams build(
      DataStream<Bucket> buckets, DataStream<Command> commands, TrialSettings settings) {
    settings.judge();
    SingleOutputStreamOperator<Verdict> verdicts =
        input(buckets, TrialInput::of, BUCKET_UID)
            .union(input(commands, TrialInput::of, COMMAND_UID))
            .keyBy(TrialInput::engineId)
            .process(new TrialFunction(settings, STATUSES), TypeInformation.of(Verdict.class))
            .uid(JUDGE_UID)
            .name("trial: compare the arms, judge");
    return new TrialStreams(verdicts, verdicts.getSideOutput(STATUSES));
  }

  private static <T> DataStream<TrialInput> input(
      DataStream<T> stream, MapFunction<T, TrialInput> wrap, String uid) {
    return stream
        .map(wrap)
        .returns(TypeInformation.of(TrialInput.class))
        .setParallelism(stream.getParallelism())
        .uid(uid)
        .name(uid);
  }
}
