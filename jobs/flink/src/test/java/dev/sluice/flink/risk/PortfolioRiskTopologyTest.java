// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.risk.PortfolioJudge;
import dev.sluice.rules.risk.PortfolioState;
import dev.sluice.rules.risk.RiskEvent;
import dev.sluice.rules.risk.RiskOutput;
import dev.sluice.rules.risk.RiskSettings;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** The whole topology on a local cluster. */
class PortfolioRiskTopologyTest {
  @Test
  void saysOnAClusterWhatTheJudgeSaysAlone() throws Exception {
    List<RiskEvent> events =
        RiskInputs.eventful().stream().map(PortfolioInput::event).filter(Objects::nonNull).toList();
    StreamExecutionEnvironment env = environment();
    RiskStreams risk = topology(env, events, RiskInputs.ROSTER);
    List<Verdict> said = new ArrayList<>();
    try (CloseableIterator<Verdict> results = risk.verdicts().executeAndCollect("risk")) {
      results.forEachRemaining(said::add);
    }
    assertThat(said).isEqualTo(alone(events)).isNotEmpty();
  }

  @Test
  void everyOperatorHasItsUidAndTheJudgeIsOne() {
    StreamExecutionEnvironment env = environment();
    RiskStreams risk = topology(env, some(), RiskInputs.ROSTER);
    assertThat(risk.verdicts().getParallelism()).isEqualTo(1);
    TreeSet<String> uids = new TreeSet<>();
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      uids.add(String.valueOf(node.getTransformationUID()));
    }
    assertThat(uids)
        .contains(
            PortfolioRiskTopology.EVENT_UID,
            PortfolioRiskTopology.BUCKET_UID,
            PortfolioRiskTopology.COMMAND_UID,
            PortfolioRiskTopology.JUDGE_UID)
        .doesNotContain("null");
  }

  @Test
  void refusesACriterionThatNamesWhoIsNotThere() {
    StreamExecutionEnvironment env = environment();
    assertThatThrownBy(() -> topology(env, some(), List.of("mm-1")))
        .hasMessage("criterion loss names engine mm-2, not on the roster");
  }

  @Test
  void everyDefaultIsPinned() {
    assertThat(RiskSettings.defaults())
        .isEqualTo(new RiskSettings(30_000, 0.10, 1_000, 10_000, 100, 720, 256, 1_000));
  }

  private static List<RiskEvent> some() {
    return List.of(RiskInputs.mark("mm-1", 0, 100).event());
  }

  private static RiskStreams topology(
      StreamExecutionEnvironment env, List<RiskEvent> events, List<String> roster) {
    DataStream<RiskEvent> input =
        env.fromData(events, TypeInformation.of(RiskEvent.class)).uid("events");
    return PortfolioRiskTopology.build(
        input,
        none(input, Bucket.class),
        none(input, Command.class),
        RiskSettings.defaults(),
        roster,
        RiskInputs.criteria(),
        60_000);
  }

  private static <T> DataStream<T> none(DataStream<RiskEvent> input, Class<T> type) {
    return input
        .filter(event -> false)
        .uid("none-of-" + type.getSimpleName())
        .map(event -> (T) null)
        .returns(TypeInformation.of(type))
        .uid("no-" + type.getSimpleName());
  }

  private static List<Verdict> alone(List<RiskEvent> events) {
    List<Verdict> verdicts = new ArrayList<>();
    RiskOutput output =
        new RiskOutput() {
          @Override
          public void verdict(Verdict verdict) {
            verdicts.add(verdict);
          }

          @Override
          public void audit(RiskAudit audit) {}

          @Override
          public void count(Count what) {}
        };
    PortfolioJudge judge =
        new PortfolioJudge(
            RiskSettings.defaults(),
            RiskInputs.ROSTER,
            RiskInputs.criteria(),
            60_000,
            new PortfolioState(),
            output);
    events.forEach(judge::event);
    return verdicts;
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
