// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.TestPaths;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class ReconciliationFunctionTest {
  private record Said(List<Verdict> verdicts, List<Finding> findings, List<Drift> drifts) {
    Said() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    List<Finding> of(FindingKind kind, FindingStatus status) {
      return findings.stream().filter(f -> f.kind() == kind && f.status() == status).toList();
    }
  }

  @Test
  void findsWhatHappenedOnceEach() throws Exception {
    Said said = withoutRestarts(TwoBooks.eventful("mm-1", 240));

    assertThat(said.of(FindingKind.MISSING_AT_ENGINE, FindingStatus.CONFIRMED))
        .singleElement()
        .satisfies(found -> assertThat(found.fillId()).isEqualTo("f-41"))
        .satisfies(found -> assertThat(found.inputs()).hasSize(1));
    assertThat(said.of(FindingKind.DUPLICATE, FindingStatus.CONFIRMED)).hasSize(1);
    assertThat(said.of(FindingKind.DUPLICATE_IDENTITY, FindingStatus.CONFIRMED)).hasSize(1);
    assertThat(said.of(FindingKind.LATE_FILL, FindingStatus.NOTED)).hasSize(1);
    assertThat(said.findings)
        .extracting(found -> found.status() + " " + found.kind() + " " + found.subject())
        .containsExactlyInAnyOrder(
            "CONFIRMED FEE_DIFFERS fill=f-21",
            "CONFIRMED MISSING_AT_ENGINE fill=f-41",
            "NOTED LATE_FILL fill=f-61",
            "CONFIRMED DUPLICATE_IDENTITY order=c-x",
            "CONFIRMED DUPLICATE fill=f-81",
            "ACKNOWLEDGED DUPLICATE_IDENTITY order=c-x",
            "ACKNOWLEDGED DUPLICATE fill=f-81",
            "ACKNOWLEDGED FEE_DIFFERS fill=f-21",
            "ACKNOWLEDGED MISSING_AT_ENGINE fill=f-41");
    assertThat(said.drifts).hasSize(23);
    assertThat(said.verdicts).extracting(Verdict::phase).contains(Phase.LATCHED, Phase.TRIPPED);
  }

  @Test
  void saysTheSameWhenRestoredBetweenAnyTwoInputs() throws Exception {
    List<EngineEvent> inputs = TwoBooks.eventful("mm-1", 116);
    Said said = new Said();
    OperatorSubtaskState snapshot = null;
    for (EngineEvent input : inputs) {
      try (var harness = harness()) {
        if (snapshot != null) {
          harness.initializeState(snapshot);
        }
        harness.open();
        harness.processElement(new StreamRecord<>(input, 1_000));
        collect(harness, said);
        snapshot = harness.snapshot(1, 1);
      }
    }
    assertThat(said).isEqualTo(withoutRestarts(inputs));
  }

  @Test
  void enginesDoNotDisturbEachOther() throws Exception {
    List<EngineEvent> one = TwoBooks.eventful("mm-1", 240);
    List<EngineEvent> other = TwoBooks.eventful("mm-2", 240);
    List<EngineEvent> mixed = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      mixed.add(one.get(i));
      mixed.add(other.get(i));
    }
    assertThat(withoutRestarts(mixed).findings.stream().filter(f -> f.engineId().equals("mm-1")))
        .containsExactlyElementsOf(withoutRestarts(one).findings);
  }

  private static Said withoutRestarts(List<EngineEvent> inputs) throws Exception {
    Said said = new Said();
    try (var harness = harness()) {
      harness.open();
      for (EngineEvent input : inputs) {
        harness.processElement(new StreamRecord<>(input, 1_000));
      }
      collect(harness, said);
    }
    return said;
  }

  private static void collect(
      KeyedOneInputStreamOperatorTestHarness<String, EngineEvent, Verdict> harness, Said said) {
    said.verdicts.addAll(harness.extractOutputValues());
    said.findings.addAll(side(harness, ReconciliationFunction.FINDINGS));
    said.drifts.addAll(side(harness, ReconciliationFunction.DRIFTS));
  }

  private static <T> List<T> side(
      KeyedOneInputStreamOperatorTestHarness<String, EngineEvent, Verdict> harness,
      OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, EngineEvent, Verdict> harness()
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, EngineEvent, Verdict>(
            new KeyedProcessOperator<>(
                new ReconciliationFunction(ReconciliationSettings.defaults(), criteria(), 60_000)),
            EngineEvent::engineId,
            Types.STRING);
    harness
        .getExecutionConfig()
        .configure(
            Configuration.fromMap(Map.of("pipeline.generic-types", "false")),
            ReconciliationFunctionTest.class.getClassLoader());
    return harness;
  }

  static List<CriterionSpec> criteria() throws IOException {
    var file = TestPaths.repositoryRoot().resolve("config/criteria/reconcile.yaml");
    return CriteriaYaml.parse(file.toString(), Files.readString(file));
  }
}
