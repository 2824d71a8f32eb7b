// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.trial.AnalysisState;
import dev.sluice.rules.trial.SafetyBlock;
import dev.sluice.rules.trial.SlotSums;
import dev.sluice.rules.trial.StageState;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class TrialFunctionTest {
  private static final int BUCKETS = 22 * 6;

  private record Said(List<Verdict> verdicts, List<TrialStatus> statuses) {
    Said() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  @Test
  void saysTheSameWhenRestoredBetweenAnyTwoInputs() throws Exception {
    List<TrialInput> inputs = TrialInputs.eventful("mm-1", BUCKETS);
    Said expected = withoutRestarts(inputs);
    assertThat(expected.verdicts)
        .filteredOn(verdict -> verdict.criterionId().equals("miss"))
        .extracting(Verdict::phase)
        .containsSubsequence(Phase.PENDING, Phase.TRIPPED, Phase.CLEAR, Phase.PENDING, Phase.CLEAR);
    assertThat(expected.verdicts).extracting(Verdict::action).contains(Action.ROLLBACK);
    assertThat(expected.statuses).hasSize(18);

    Said said = new Said();
    OperatorSubtaskState snapshot = null;
    for (TrialInput input : inputs) {
      try (var harness = harness()) {
        if (snapshot != null) {
          harness.initializeState(snapshot);
        }
        harness.open();
        harness.processElement(new StreamRecord<>(input, 1_000));
        listen(harness, said);
        snapshot = harness.snapshot(1, 1);
      }
    }
    assertThat(said).isEqualTo(expected);
  }

  @Test
  void enginesDoNotDisturbEachOther() throws Exception {
    List<TrialInput> one = TrialInputs.eventful("mm-1", BUCKETS);
    List<TrialInput> other = TrialInputs.eventful("mm-2", BUCKETS);
    List<TrialInput> mixed = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      mixed.add(one.get(i));
      mixed.add(other.get(i));
    }
    assertThat(withoutRestarts(mixed).verdicts.stream().filter(v -> v.engineId().equals("mm-1")))
        .containsExactlyElementsOf(withoutRestarts(one).verdicts);
  }

  @Test
  void theTopologyInAClusterSaysWhatTheFunctionSays() throws Exception {
    List<TrialInput> inputs = TrialInputs.eventful("mm-1", BUCKETS);
    List<Bucket> buckets =
        inputs.stream().map(TrialInput::bucket).filter(bucket -> bucket != null).toList();
    StreamExecutionEnvironment env = environment();
    TrialStreams streams =
        TrialTopology.build(
            source(env, buckets, Bucket.class, "buckets"),
            source(
                env,
                List.<Command>of(TrialInputs.resume("mm-2")), // of an engine without a trial
                Command.class,
                "commands"),
            TrialInputs.settings());
    List<TrialStatus> statuses = new ArrayList<>();
    try (CloseableIterator<TrialStatus> results = streams.statuses().executeAndCollect("trials")) {
      results.forEachRemaining(statuses::add);
    }
    List<TrialInput> withoutCommand =
        inputs.stream().filter(input -> input.bucket() != null).toList();
    assertThat(statuses).isEqualTo(withoutRestarts(withoutCommand).statuses);
  }

  @Test
  void everyOperatorHasItsUid() {
    StreamExecutionEnvironment env = environment();
    TrialTopology.build(
        source(env, List.of(TrialInputs.eventful("mm-1", 1).get(0).bucket()), Bucket.class, "b"),
        source(env, List.<Command>of(TrialInputs.resume("mm-1")), Command.class, "c"),
        TrialInputs.settings());
    List<String> uids = new ArrayList<>();
    env.getStreamGraph(false)
        .getStreamNodes()
        .forEach(node -> uids.add(String.valueOf(node.getTransformationUID())));
    assertThat(uids)
        .contains(TrialTopology.BUCKET_UID, TrialTopology.COMMAND_UID, TrialTopology.JUDGE_UID)
        .doesNotContain("null");
  }

  @Test
  void stateHasItsOwnSerializers() {
    SerializerConfigImpl strict = new SerializerConfigImpl();
    strict.setGenericTypes(false);
    for (Class<?> type :
        List.of(
            StageState.class,
            AnalysisState.class,
            SlotSums.class,
            SafetyBlock.class,
            TrialInput.class)) {
      assertThat(TypeInformation.of(type).createSerializer(strict)).as("%s", type).isNotNull();
    }
  }

  private static <T> DataStream<T> source(
      StreamExecutionEnvironment env, List<T> values, Class<T> type, String uid) {
    return env.fromData(values, TypeInformation.of(type)).uid(uid);
  }

  private static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    return env;
  }

  private static Said withoutRestarts(List<TrialInput> inputs) throws Exception {
    Said said = new Said();
    try (var harness = harness()) {
      harness.open();
      for (TrialInput input : inputs) {
        harness.processElement(new StreamRecord<>(input, 1_000));
      }
      listen(harness, said);
    }
    return said;
  }

  private static void listen(
      KeyedOneInputStreamOperatorTestHarness<String, TrialInput, Verdict> harness, Said said) {
    said.verdicts.addAll(harness.extractOutputValues());
    Queue<StreamRecord<TrialStatus>> side = harness.getSideOutput(TrialTopology.STATUSES);
    if (side != null) {
      side.forEach(record -> said.statuses.add(record.getValue()));
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, TrialInput, Verdict> harness()
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, TrialInput, Verdict>(
            new KeyedProcessOperator<>(
                new TrialFunction(TrialInputs.settings(), TrialTopology.STATUSES)),
            TrialInput::engineId,
            Types.STRING);
    harness
        .getExecutionConfig()
        .configure(
            Configuration.fromMap(Map.of("pipeline.generic-types", "false")),
            TrialFunctionTest.class.getClassLoader());
    return harness;
  }
}
