// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.judge.EngineJudge;
import dev.sluice.rules.judge.HeapMemory;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class StopCriteriaTopologyTest {
  private static final StopSettings SETTINGS =
      StopSettings.defaults().withCriteria(StopInputs.criteria());

  @Test
  void saysInAClusterWhatTheJudgeSaysAlone() throws Exception {
    List<Bucket> buckets = new ArrayList<>();
    for (String engine : List.of("mm-1", "mm-2", "mm-3")) {
      StopInputs.eventful(engine, 110).stream()
          .map(StopInput::bucket)
          .filter(bucket -> bucket != null)
          .forEach(buckets::add);
    }
    StreamExecutionEnvironment env = environment();
    DataStream<Verdict> verdicts = topology(env, buckets, SETTINGS);
    List<Verdict> said = new ArrayList<>();
    try (CloseableIterator<Verdict> results = verdicts.executeAndCollect("stop-criteria")) {
      results.forEachRemaining(said::add);
    }
    assertThat(byEngine(said)).isEqualTo(byEngine(alone(buckets)));
  }

  @Test
  void everyOperatorHasItsUid() {
    StreamExecutionEnvironment env = environment();
    topology(env, List.of(StopInputs.bucket("mm-1", 0, null, false)), SETTINGS);
    TreeSet<String> uids = new TreeSet<>();
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      uids.add(String.valueOf(node.getTransformationUID()));
    }
    assertThat(uids)
        .contains(
            StopCriteriaTopology.BUCKET_UID,
            StopCriteriaTopology.HEALTH_UID,
            StopCriteriaTopology.COMMAND_UID,
            StopCriteriaTopology.JUDGE_UID)
        .doesNotContain("null");
  }

  @Test
  void refusesToJudgeNothing() {
    StreamExecutionEnvironment env = environment();
    List<Bucket> buckets = List.of(StopInputs.bucket("mm-1", 0, null, false));
    assertThatThrownBy(() -> topology(env, buckets, StopSettings.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no criterion is on");
  }

  @Test
  void everyDefaultIsPinned() {
    assertThat(StopSettings.defaults())
        .isEqualTo(new StopSettings(List.of(), 10_000, 60_000, List.of()));
  }

  private static DataStream<Verdict> topology(
      StreamExecutionEnvironment env, List<Bucket> buckets, StopSettings settings) {
    DataStream<Bucket> input =
        env.fromData(TypeInformation.of(Bucket.class), buckets.toArray(Bucket[]::new))
            .uid("buckets");
    DataStream<Health> health =
        input
            .filter(bucket -> false)
            .uid("none")
            .map(bucket -> (Health) null)
            .returns(TypeInformation.of(Health.class))
            .uid("no-health");
    DataStream<Command> commands =
        input
            .filter(bucket -> false)
            .uid("nobody")
            .map(bucket -> (Command) null)
            .returns(TypeInformation.of(Command.class))
            .uid("no-commands");
    DataStream<RawRecord> criteria =
        input
            .filter(bucket -> false)
            .uid("nothing")
            .map(bucket -> (RawRecord) null)
            .returns(TypeInformation.of(RawRecord.class))
            .uid("no-criteria");
    return StopCriteriaTopology.build(input, health, commands, criteria, settings).verdicts();
  }

  private static List<Verdict> alone(List<Bucket> buckets) {
    EngineJudge judge =
        new EngineJudge(SETTINGS.criteria(), SETTINGS.bucketMs(), SETTINGS.refreshMs());
    Map<String, HeapMemory> memories =
        Map.of("mm-1", new HeapMemory(), "mm-2", new HeapMemory(), "mm-3", new HeapMemory());
    List<Verdict> verdicts = new ArrayList<>();
    for (Bucket bucket : buckets) {
      verdicts.addAll(judge.bucket(bucket, memories.get(bucket.engineId())).verdicts());
    }
    return verdicts;
  }

  private static Map<String, List<Verdict>> byEngine(List<Verdict> verdicts) {
    return verdicts.stream().collect(Collectors.groupingBy(Verdict::engineId));
  }

  private static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("pipeline.object-reuse", "true");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    env.setBufferTimeout(0);
    return env;
  }
}
