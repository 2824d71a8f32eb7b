// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.gate;

import dev.sluice.rules.gate.RolloutPolicy;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Verdict;
import java.util.Collection;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Verdicts, acknowledgements and commands in; control records, leases, the gate's verdicts and the
 * audit log out.
 */
public final class GateTopology {
  public static final String VERDICT_UID = "gate-verdict-v1";
  public static final String ACK_UID = "gate-ack-v1";
  public static final String COMMAND_UID = "gate-command-v1";
  public static final String DECIDE_UID = "gate-decide-v1";

  private static final TypeInformation<GateEvent> EVENT = TypeInformation.of(GateEvent.class);

  private GateTopology() {}

  /**
   * Adds the gate to the graph of the given streams.
   *
   * @param roster engines to speak for, what concerns others is counted and dropped; empty admits
   *     any engine
   * @param rollout the trials that may be started, and what a promotion needs
   */
  public static GateStreams build(
      DataStream<Verdict> verdicts,
      DataStream<Ack> acks,
      DataStream<Command> commands,
      GateSettings settings,
      Collection<String> roster,
      RolloutPolicy rollout) {
    DataStream<GateEvent> events =
        events(verdicts, GateEvent::of, VERDICT_UID)
            .union(
                events(acks, GateEvent::of, ACK_UID), events(commands, GateEvent::of, COMMAND_UID));
    SingleOutputStreamOperator<Control> control = decide(events, settings, roster, rollout);
    return new GateStreams(
        control,
        control.getSideOutput(GateFunction.LEASES),
        control.getSideOutput(GateFunction.VERDICTS),
        control.getSideOutput(GateFunction.AUDITS));
  }

  private static <T> DataStream<GateEvent> events(
      DataStream<T> stream, MapFunction<T, GateEvent> wrap, String uid) {
    return stream.map(wrap).returns(EVENT).uid(uid).name(uid);
  }

  private static SingleOutputStreamOperator<Control> decide(
      DataStream<GateEvent> events,
      GateSettings settings,
      Collection<String> roster,
      RolloutPolicy rollout) {
    boolean checkpoints =
        events.getExecutionEnvironment().getCheckpointConfig().isCheckpointingEnabled();
    return events
        .keyBy(GateEvent::engineId, Types.STRING)
        .process(
            new GateFunction(settings, roster, rollout, checkpoints),
            TypeInformation.of(Control.class))
        .uid(DECIDE_UID)
        .name(DECIDE_UID);
  }
}
