// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.TestPaths;
import dev.sluice.rules.parity.Intent;
import dev.sluice.rules.parity.ParityLimits;
import dev.sluice.rules.parity.ParitySettings;
import dev.sluice.rules.parity.ParityState;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class ParityFunctionTest {
  private static final String PAIR = PairScript.LIVE + "=" + PairScript.SHADOW;
  private static final ParitySettings SETTINGS =
      new ParitySettings(
          List.of(PAIR), 120_000, 2_000, 30_000, 5_000, 20, 1_000, ParityLimits.defaults());

  private final List<Parity> windows = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private KeyedOneInputStreamOperatorTestHarness<String, ParityInput, Verdict> harness;
  private long checkpoint;

  @Test
  void restoringBetweenEveryElementGivesTheUninterruptedResult() throws Exception {
    List<EngineEvent> events = PairScript.both(400, 7);
    judge(events, false);
    List<Parity> compared = List.copyOf(windows);
    List<Verdict> said = List.copyOf(verdicts);
    assertThat(compared).hasSize(3);
    assertThat(compared).allMatch(window -> window.outcome() == VerdictOutcome.PASS);
    assertThat(compared).extracting(Parity::pairs).containsOnly(24L);
    assertThat(said)
        .filteredOn(verdict -> verdict.action() == Action.HOLD)
        .extracting(Verdict::criterionId, Verdict::engineId, Verdict::eventTimeUs)
        .containsExactly(Tuple.tuple("parity-slippage", PairScript.LIVE, PairScript.at(360)));
    windows.clear();
    verdicts.clear();
    judge(events, true);
    assertThat(windows).isEqualTo(compared);
    assertThat(verdicts).isEqualTo(said);
  }

  @Test
  void aSilentShadowIsWaitedForOnlyForThePatience() throws Exception {
    open(null);
    feed(PairScript.alone(160));
    harness.setProcessingTime(4_999);
    take();
    assertThat(windows).isEmpty();
    harness.setProcessingTime(5_000);
    take();
    assertThat(windows).extracting(Parity::outcome).containsExactly(VerdictOutcome.NO_DATA);
    assertThat(verdicts).hasSize(4).allMatch(v -> v.outcome() == VerdictOutcome.NO_DATA);
    harness.close();
  }

  @Test
  void aShadowThatIsBehindButMovesIsWaitedFor() throws Exception {
    open(null);
    feed(PairScript.alone(160));
    List<EngineEvent> shadow =
        PairScript.both(160, 0).stream()
            .filter(event -> event.engineId().equals(PairScript.SHADOW))
            .toList();
    harness.setProcessingTime(4_000);
    feed(shadow.subList(0, 20));
    harness.setProcessingTime(9_000);
    take();
    assertThat(windows).isEmpty();
    feed(shadow.subList(20, shadow.size()));
    take();
    assertThat(windows).extracting(Parity::outcome).containsExactly(VerdictOutcome.PASS);
    harness.setProcessingTime(60_000);
    take();
    assertThat(windows).hasSize(1);
    harness.close();
  }

  @Test
  void aRestartBeginsThePatienceAnew() throws Exception {
    open(null);
    feed(PairScript.alone(160));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.setProcessingTime(100_000); // the old timer is long overdue
    harness.open();
    harness.setProcessingTime(100_001);
    take();
    assertThat(windows).isEmpty();
    harness.setProcessingTime(106_000);
    take();
    assertThat(windows).hasSize(1);
    harness.close();
  }

  @Test
  void theTopologyInAClusterFindsWhatTheFunctionFinds() throws Exception {
    StreamExecutionEnvironment env = environment();
    ParityStreams streams =
        ParityTopology.build(events(env, PairScript.both(365, 7)), SETTINGS, criteria(), 60_000);
    List<Parity> found = new ArrayList<>();
    try (CloseableIterator<Parity> results = streams.windows().executeAndCollect("parity")) {
      results.forEachRemaining(found::add);
    }
    judge(PairScript.both(400, 7), false);
    // the last window ends with the input, without its grace
    assertThat(found).isEqualTo(windows);
  }

  @Test
  void withoutPairsNothingIsCompared() throws Exception {
    StreamExecutionEnvironment env = environment();
    ParityStreams streams =
        ParityTopology.build(
            events(env, PairScript.both(300, 7)), ParitySettings.defaults(), criteria(), 60_000);
    try (CloseableIterator<Verdict> results = streams.verdicts().executeAndCollect("parity")) {
      assertThat(results).isExhausted();
    }
  }

  @Test
  void stateHasItsOwnSerializers() {
    SerializerConfigImpl strict = new SerializerConfigImpl();
    strict.setGenericTypes(false);
    for (Class<?> type :
        List.of(ParityState.class, Intent.class, ParityFunction.Wait.class, ParityInput.class)) {
      assertThat(TypeInformation.of(type).createSerializer(strict)).as("%s", type).isNotNull();
    }
  }

  private void judge(List<EngineEvent> events, boolean restore) throws Exception {
    open(null);
    for (EngineEvent event : events) {
      feed(List.of(event));
      if (restore) {
        OperatorSubtaskState snapshot = harness.snapshot(++checkpoint, checkpoint);
        take();
        harness.close();
        open(snapshot);
      }
    }
    take();
    harness.close();
  }

  private void open(OperatorSubtaskState snapshot) throws Exception {
    harness = harness();
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
  }

  private void feed(List<EngineEvent> events) throws Exception {
    for (EngineEvent event : events) {
      harness.processElement(new ParityInput(PAIR, event), 0);
    }
  }

  private void take() {
    verdicts.addAll(harness.extractOutputValues());
    harness.getOutput().clear();
    Queue<StreamRecord<Parity>> side = harness.getSideOutput(ParityTopology.WINDOWS);
    while (side != null && !side.isEmpty()) {
      windows.add(side.remove().getValue());
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ParityInput, Verdict> harness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, ParityInput, Verdict> made =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new ParityFunction(SETTINGS, criteria(), 60_000, ParityTopology.WINDOWS)),
            ParityInput::pair,
            Types.STRING);
    made.setup(TypeInformation.of(Verdict.class).createSerializer(new SerializerConfigImpl()));
    return made;
  }

  private static StreamExecutionEnvironment environment() {
    Configuration options = new Configuration();
    options.setString("pipeline.generic-types", "false");
    options.setString("pipeline.auto-generate-uids", "true");
    return StreamExecutionEnvironment.createLocalEnvironment(1, options);
  }

  private static DataStream<EngineEvent> events(
      StreamExecutionEnvironment env, List<EngineEvent> events) {
    return env.fromData(TypeInformation.of(EngineEvent.class), events.toArray(new EngineEvent[0]))
        .uid("test-events-v1");
  }

  private static List<CriterionSpec> criteria() throws IOException {
    Path file = TestPaths.repositoryRoot().resolve("config/criteria/parity.yaml");
    return CriteriaYaml.parseAll(Map.of("parity.yaml", Files.readString(file)));
  }
}
