// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.risk.PortfolioState;
import dev.sluice.rules.risk.RiskSettings;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortfolioRiskFunctionTest {
  @Test
  void saysTheSameWhenRestoredBetweenAnyTwoInputs() throws Exception {
    List<Verdict> verdicts = new ArrayList<>();
    List<RiskAudit> audits = new ArrayList<>();
    run(false, verdicts, audits);
    assertThat(verdicts).extracting(Verdict::phase).contains(Phase.LATCHED, Phase.TRIPPED);
    assertThat(verdicts)
        .extracting(Verdict::outcome)
        .contains(VerdictOutcome.BREACH, VerdictOutcome.PASS, VerdictOutcome.NO_DATA);
    assertThat(verdicts).anyMatch(v -> v.progressMarker() && v.progressOf().equals("risk"));
    assertThat(audits).isNotEmpty();

    List<Verdict> restored = new ArrayList<>();
    List<RiskAudit> restoredAudits = new ArrayList<>();
    run(true, restored, restoredAudits);
    assertThat(restored).isEqualTo(verdicts);
    assertThat(restoredAudits).isEqualTo(audits);
  }

  @Test
  void everyWordOfAVerdictThatChangedIsAuditedOnce() throws Exception {
    List<Verdict> verdicts = new ArrayList<>();
    List<RiskAudit> audits = new ArrayList<>();
    run(false, verdicts, audits);
    assertThat(audits).extracting(RiskAudit::auditId).doesNotHaveDuplicates();
    assertThat(verdicts)
        .extracting(Verdict::verdictId)
        .containsAll(audits.stream().map(RiskAudit::auditId).toList());
  }

  @ParameterizedTest
  @ValueSource(classes = {PortfolioState.class, PortfolioInput.class})
  void stateAndInputsAreTypesFlinkKnowsByTheirFields(Class<?> type) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    TypeInformation<?> information = TypeInformation.of(type);
    assertThat(information).isInstanceOf(PojoTypeInfo.class);
    assertThat(information.createSerializer(new SerializerConfigImpl(configuration))).isNotNull();
  }

  private static void run(boolean restarts, List<Verdict> verdicts, List<RiskAudit> audits)
      throws Exception {
    OperatorSubtaskState snapshot = null;
    var harness = harness();
    harness.open();
    for (PortfolioInput input : RiskInputs.eventful()) {
      if (restarts && snapshot != null) {
        collect(harness, verdicts, audits);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
      }
      harness.processElement(new StreamRecord<>(input));
      snapshot = restarts ? harness.snapshot(1, 1) : null;
    }
    collect(harness, verdicts, audits);
    harness.close();
  }

  private static void collect(
      OneInputStreamOperatorTestHarness<PortfolioInput, Verdict> harness,
      List<Verdict> verdicts,
      List<RiskAudit> audits) {
    verdicts.addAll(harness.extractOutputValues());
    var side = harness.getSideOutput(PortfolioRiskFunction.AUDITS);
    if (side != null) {
      side.forEach(record -> audits.add(record.getValue()));
    }
  }

  private static OneInputStreamOperatorTestHarness<PortfolioInput, Verdict> harness()
      throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<PortfolioInput, Verdict>(
            new ProcessOperator<>(
                new PortfolioRiskFunction(
                    RiskSettings.defaults(), RiskInputs.ROSTER, RiskInputs.criteria(), 60_000)));
    harness
        .getExecutionConfig()
        .configure(
            Configuration.fromMap(Map.of("pipeline.generic-types", "false")),
            PortfolioRiskFunctionTest.class.getClassLoader());
    return harness;
  }
}
