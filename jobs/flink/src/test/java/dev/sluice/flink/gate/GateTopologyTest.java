// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.gate.RolloutPolicy;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GateTopologyTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

  @Test
  void decidesAndGivesLeasesInAGraphWithoutGenericTypes() throws Exception {
    StreamExecutionEnvironment env = environment();
    GateStreams gate =
        GateTopology.build(
            env.fromData(
                    TypeInformation.of(Verdict.class),
                    GateRecords.progress("mm-1", 10),
                    GateRecords.verdict("mm-1", "breaker-open", 20, Action.HALT, 15),
                    GateRecords.verdict("mm-1", "deadline-miss", 20, Action.PAUSE, 15),
                    GateRecords.progress("mm-1", 20))
                .uid("verdicts"),
            env.fromData(
                    TypeInformation.of(Ack.class),
                    GateRecords.ack("mm-1", "unknown", 1, AckStatus.RECEIVED))
                .uid("acks"),
            env.fromData(
                    TypeInformation.of(Command.class),
                    GateRecords.command("mm-2", "c1", CommandAction.PAUSE, null),
                    GateRecords.command("stranger", "c2", CommandAction.HALT, null))
                .uid("commands"),
            GateSettings.defaults().waitingFor("criteria"),
            List.of("mm-1", "mm-2"),
            RolloutPolicy.NONE);

    List<String> seen = new ArrayList<>();
    try (CloseableIterator<Control> controls = gate.control().collectAsync();
        CloseableIterator<Lease> leases = gate.leases().collectAsync();
        CloseableIterator<Verdict> verdicts = gate.verdicts().collectAsync()) {
      env.execute("gate");
      controls.forEachRemaining(c -> seen.add(c.engineId() + " " + c.mode()));
      leases.forEachRemaining(l -> seen.add("lease " + l.watermarkUs() + " " + l.controlEpoch()));
      verdicts.forEachRemaining(v -> seen.add(v.criterionId()));
    }
    assertThat(seen)
        .contains(
            "mm-1 " + Mode.HALT,
            "mm-2 " + Mode.PAUSE,
            "lease 10000000 0",
            "lease 20000000 1",
            "gate.command")
        .doesNotContain("mm-1 " + Mode.PAUSE, "stranger " + Mode.HALT);
  }

  @Test
  void everyOperatorHasItsUid() {
    StreamExecutionEnvironment env = environment();
    GateTopology.build(
        env.fromData(TypeInformation.of(Verdict.class), GateRecords.progress("a", 1)).uid("v"),
        env.fromData(
                TypeInformation.of(Ack.class), GateRecords.ack("a", "d", 1, AckStatus.EFFECTIVE))
            .uid("a"),
        env.fromData(
                TypeInformation.of(Command.class),
                GateRecords.command("a", "c", CommandAction.HALT, null))
            .uid("c"),
        GateSettings.defaults().waitingFor("criteria"),
        List.of(),
        RolloutPolicy.NONE);
    List<String> uids = new ArrayList<>();
    env.getStreamGraph(false)
        .getStreamNodes()
        .forEach(node -> uids.add(String.valueOf(node.getTransformationUID())));
    assertThat(uids)
        .contains("gate-verdict-v1", "gate-ack-v1", "gate-command-v1", "gate-decide-v1");
  }

  private static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setBufferTimeout(0);
    return env;
  }
}
