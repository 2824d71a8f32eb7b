// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.reconcile.HeapReconcileMemory;
import dev.sluice.rules.reconcile.Reconciler;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class ReconciliationTopologyTest {

  @Test
  void saysInAClusterWhatTheReconcilerSaysAlone() throws Exception {
    List<EngineEvent> events = TwoBooks.eventful("mm-1", 240);
    StreamExecutionEnvironment env = environment();
    List<Verdict> said = new ArrayList<>();
    try (CloseableIterator<Verdict> results =
        topology(env, events).verdicts().executeAndCollect("reconciliation")) {
      results.forEachRemaining(said::add);
    }
    HeapReconcileMemory memory = new HeapReconcileMemory();
    Reconciler reconciler =
        new Reconciler(
            ReconciliationSettings.defaults().rules(),
            ReconciliationFunctionTest.criteria(),
            60_000);
    List<Verdict> alone = new ArrayList<>();
    events.forEach(event -> alone.addAll(reconciler.event(event, memory).verdicts()));
    assertThat(said).isEqualTo(alone);
  }

  @Test
  void theOperatorHasItsUid() throws Exception {
    StreamExecutionEnvironment env = environment();
    topology(env, TwoBooks.eventful("mm-1", 1)).verdicts().print().uid("print");
    TreeSet<String> uids = new TreeSet<>();
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      uids.add(String.valueOf(node.getTransformationUID()));
    }
    assertThat(uids).contains(ReconciliationTopology.RECONCILE_UID).doesNotContain("null");
  }

  private static ReconciliationStreams topology(
      StreamExecutionEnvironment env, List<EngineEvent> events) throws Exception {
    return ReconciliationTopology.build(
        env.fromData(TypeInformation.of(EngineEvent.class), events.toArray(EngineEvent[]::new))
            .uid("events")
            .keyBy(EngineEvent::engineId, Types.STRING),
        ReconciliationSettings.defaults(),
        ReconciliationFunctionTest.criteria(),
        60_000);
  }

  private static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("pipeline.object-reuse", "true");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    env.setBufferTimeout(0);
    return env;
  }
}
