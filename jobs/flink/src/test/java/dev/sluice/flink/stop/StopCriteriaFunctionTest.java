// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class StopCriteriaFunctionTest {
  private static final StopSettings SETTINGS =
      StopSettings.defaults().withCriteria(StopInputs.criteria());

  @Test
  void saysTheSameWhenRestoredBetweenAnyTwoInputs() throws Exception {
    List<StopInput> inputs = StopInputs.eventful("mm-1", 110);
    List<Verdict> expected = withoutRestarts(inputs);
    assertThat(expected).extracting(Verdict::phase).contains(Phase.TRIPPED, Phase.RECOVERING);

    List<Verdict> verdicts = new ArrayList<>();
    OperatorSubtaskState snapshot = null;
    for (StopInput input : inputs) {
      try (var harness = harness()) {
        if (snapshot != null) {
          harness.initializeState(snapshot);
        }
        harness.open();
        harness.processElement1(new StreamRecord<>(input, 1_000));
        verdicts.addAll(harness.extractOutputValues());
        snapshot = harness.snapshot(1, 1);
      }
    }
    assertThat(verdicts).isEqualTo(expected);
  }

  @Test
  void enginesDoNotDisturbEachOther() throws Exception {
    List<StopInput> one = StopInputs.eventful("mm-1", 110);
    List<StopInput> other = StopInputs.eventful("mm-2", 110);
    List<StopInput> mixed = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      mixed.add(one.get(i));
      mixed.add(other.get(i));
    }
    assertThat(withoutRestarts(mixed).stream().filter(v -> v.engineId().equals("mm-1")))
        .containsExactlyElementsOf(withoutRestarts(one));
  }

  @Test
  void progressIsTheLastWordOfEveryStart() throws Exception {
    try (var harness = harness()) {
      harness.open();
      int seen = 0;
      for (StopInput input : StopInputs.eventful("mm-1", 20)) {
        harness.processElement1(new StreamRecord<>(input, 1_000));
        List<Verdict> verdicts = harness.extractOutputValues();
        if (input.bucket() != null && input.bucket().wholeEngine()) {
          Verdict last = verdicts.get(verdicts.size() - 1);
          assertThat(last.progressMarker()).isTrue();
          assertThat(last.eventTimeUs()).isEqualTo(input.bucket().endUs());
          seen++;
        }
      }
      assertThat(seen).isEqualTo(20);
    }
  }

  @Test
  void anInstantVerdictCarriesTheAppendTimeOfItsHeartbeat() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement1(
          new StreamRecord<>(StopInput.of(StopInputs.health("mm-1", 55)), 1_234));
      assertThat(harness.extractOutputValues())
          .singleElement()
          .satisfies(v -> assertThat(v.phase()).isEqualTo(Phase.TRIPPED))
          .satisfies(v -> assertThat(v.evidence().decidedIngestUs()).isEqualTo(1_234_000));
    }
  }

  private static List<Verdict> withoutRestarts(List<StopInput> inputs) throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (StopInput input : inputs) {
        harness.processElement1(new StreamRecord<>(input, 1_000));
      }
      return harness.extractOutputValues();
    }
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, StopInput, RawRecord, Verdict>
      harness() throws Exception {
    return LiveHarness.of(SETTINGS, 1, 0);
  }
}
