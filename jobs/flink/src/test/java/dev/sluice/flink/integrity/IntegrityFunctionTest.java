// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.TestPaths;
import dev.sluice.flink.sequence.SequenceSettings;
import dev.sluice.flink.sequence.SequenceTopology;
import dev.sluice.flink.sequence.VenueScript;
import dev.sluice.rules.integrity.IntegritySettings;
import dev.sluice.rules.integrity.IntegrityState;
import dev.sluice.rules.integrity.WatchedOrder;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class IntegrityFunctionTest {
  private static final OutputTag<Finding> FINDINGS =
      new OutputTag<>("findings", TypeInformation.of(Finding.class));

  private final List<Finding> findings = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();

  @Test
  void restoringBetweenEveryElementGivesTheUninterruptedResult() throws Exception {
    List<EngineEvent> events = sequenced(faulty());
    judge(events, false);
    List<Finding> found = List.copyOf(findings);
    List<Verdict> said = List.copyOf(verdicts);
    assertThat(found)
        .extracting(Finding::kind)
        .containsExactly(FindingKind.ILLEGAL_MOVE, FindingKind.INTENT_WITHOUT_OUTCOME);
    assertThat(said)
        .filteredOn(verdict -> verdict.phase() == Phase.TRIPPED)
        .extracting(Verdict::criterionId)
        .contains("order-states", "intent-journal");
    findings.clear();
    verdicts.clear();
    judge(events, true);
    assertThat(findings).isEqualTo(found);
    assertThat(verdicts).isEqualTo(said);
  }

  @Test
  void bothTopologiesInAClusterFindWhatTheFunctionFinds() throws Exception {
    StreamExecutionEnvironment env = environment();
    KeyedStream<EngineEvent, String> events = sequence(env, faulty());
    DataStream<Finding> stream =
        IntegrityTopology.build(events, IntegritySettings.defaults(), criteria(), 60_000)
            .findings();
    List<Finding> found = new ArrayList<>();
    try (CloseableIterator<Finding> results = stream.executeAndCollect("integrity")) {
      results.forEachRemaining(found::add);
    }
    assertThat(found)
        .extracting(Finding::kind)
        .containsExactly(FindingKind.ILLEGAL_MOVE, FindingKind.INTENT_WITHOUT_OUTCOME);
    assertThat(found.get(0).clientOrderId()).isEqualTo("c-1");
  }

  @Test
  void everyOperatorHasItsUid() throws Exception {
    StreamExecutionEnvironment env = environment();
    KeyedStream<EngineEvent, String> events = sequence(env, faulty());
    IntegrityTopology.build(events, IntegritySettings.defaults(), criteria(), 60_000);
    List<String> uids = new ArrayList<>();
    env.getStreamGraph(false)
        .getStreamNodes()
        .forEach(node -> uids.add(String.valueOf(node.getTransformationUID())));
    assertThat(uids)
        .contains(
            SequenceTopology.READ_UID,
            SequenceTopology.COMMAND_UID,
            SequenceTopology.BUCKET_UID,
            SequenceTopology.ORDER_UID,
            IntegrityTopology.JUDGE_UID)
        .doesNotContain("null");
  }

  @Test
  void stateHasItsOwnSerializers() {
    SerializerConfigImpl strict = new SerializerConfigImpl();
    strict.setGenericTypes(false);
    for (Class<?> type :
        List.of(IntegrityState.class, WatchedOrder.class, KeyedIntegrityMemory.Ring.class)) {
      assertThat(TypeInformation.of(type).createSerializer(strict)).as("%s", type).isNotNull();
    }
  }

  /** Seventy seconds: one order that moves after its end, one intent without an outcome. */
  private static List<RawRecord> faulty() {
    VenueScript script = new VenueScript().venueLedger(0).health(0);
    script.order(1, "c-1", OrderState.INTENDED).order(1, "c-1", OrderState.SUBMITTED);
    script.order(1.1, "c-1", OrderState.ACKED).order(2, "c-1", OrderState.FILLED, "1");
    script.order(2.1, "c-1", OrderState.ACKED, "1").order(3, "c-2", OrderState.INTENDED);
    for (int second = 1; second <= 70; second++) {
      if (second % 10 == 0) {
        script.venueLedger(second);
      }
      script.health(second);
    }
    return script.records();
  }

  private static StreamExecutionEnvironment environment() {
    Configuration options = new Configuration();
    options.setString("pipeline.generic-types", "false");
    options.setString("pipeline.auto-generate-uids", "true");
    return StreamExecutionEnvironment.createLocalEnvironment(1, options);
  }

  private static KeyedStream<EngineEvent, String> sequence(
      StreamExecutionEnvironment env, List<RawRecord> records) {
    DataStream<RawRecord> raw =
        env.fromData(TypeInformation.of(RawRecord.class), records.toArray(new RawRecord[0]))
            .uid("test-raw-v1");
    DataStream<Command> commands =
        raw.<Command>flatMap((record, out) -> {})
            .returns(TypeInformation.of(Command.class))
            .uid("test-commands-v1");
    DataStream<Bucket> buckets =
        raw.<Bucket>flatMap((record, out) -> {})
            .returns(TypeInformation.of(Bucket.class))
            .uid("test-buckets-v1");
    SequenceSettings settings = SequenceSettings.defaults().withRoster(List.of("mm-1"));
    return SequenceTopology.build(raw, commands, buckets, settings).events();
  }

  private static List<EngineEvent> sequenced(List<RawRecord> records) throws Exception {
    List<EngineEvent> events = new ArrayList<>();
    try (CloseableIterator<EngineEvent> results =
        sequence(environment(), records).executeAndCollect("sequence")) {
      results.forEachRemaining(events::add);
    }
    return events;
  }

  private void judge(List<EngineEvent> events, boolean restore) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, EngineEvent, Verdict> harness = harness();
    harness.open();
    long checkpoint = 0;
    for (EngineEvent event : events) {
      harness.processElement(event, 0);
      if (restore) {
        OperatorSubtaskState snapshot = harness.snapshot(++checkpoint, checkpoint);
        collect(harness);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
      }
    }
    collect(harness);
    harness.close();
  }

  private void collect(
      KeyedOneInputStreamOperatorTestHarness<String, EngineEvent, Verdict> harness) {
    verdicts.addAll(harness.extractOutputValues());
    Queue<StreamRecord<Finding>> side = harness.getSideOutput(FINDINGS);
    if (side != null) {
      side.forEach(finding -> findings.add(finding.getValue()));
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, EngineEvent, Verdict> harness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, EngineEvent, Verdict> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new IntegrityFunction(IntegritySettings.defaults(), criteria(), 60_000, FINDINGS)),
            EngineEvent::engineId,
            Types.STRING);
    harness.setup(TypeInformation.of(Verdict.class).createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static List<CriterionSpec> criteria() throws IOException {
    Path directory = TestPaths.repositoryRoot().resolve("config/criteria");
    Map<String, String> texts = new TreeMap<>();
    for (String name : List.of("order-states", "intent-journal")) {
      texts.put(name, Files.readString(directory.resolve(name + ".yaml")));
    }
    return CriteriaYaml.parseAll(texts);
  }
}
