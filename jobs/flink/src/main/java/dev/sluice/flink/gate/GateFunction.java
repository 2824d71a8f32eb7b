// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.gate;

import dev.sluice.rules.gate.Gate;
import dev.sluice.rules.gate.GateInput;
import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.gate.GateState;
import dev.sluice.rules.gate.GateStep;
import dev.sluice.rules.gate.GateTime;
import dev.sluice.rules.gate.RolloutPolicy;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Verdict;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Holds the gate's state per engine and its clock; every decision is {@link Gate}'s. One
 * processing-time timer per engine fires each lease period, for as long as the job runs. What
 * concerns an engine that is not on the roster is counted and dropped before it leaves a trace; so
 * is the progress of a judge that is not waited for.
 */
final class GateFunction extends KeyedProcessFunction<String, GateEvent, Control>
    implements CheckpointListener {
  static final OutputTag<Lease> LEASES = new OutputTag<>("leases", TypeInformation.of(Lease.class));
  static final OutputTag<Verdict> VERDICTS =
      new OutputTag<>("gate-verdicts", TypeInformation.of(Verdict.class));
  static final OutputTag<AuditEntry> AUDITS =
      new OutputTag<>("gate-audits", TypeInformation.of(AuditEntry.class));

  private static final long serialVersionUID = 1L;
  private static final long NOT_YET = -1;

  private final GateSettings settings;
  private final Set<String> roster;
  private final RolloutPolicy rollout;
  private final boolean checkpoints;

  private transient GatePolicy policy;
  private transient ValueState<GateState> states;
  private transient long startedMs;
  private transient long checkpointMs;
  private transient boolean checkpointCompleted;
  private transient GateMetrics metrics;

  /**
   * @param roster engines to speak for; empty admits any engine
   * @param rollout the trials that may be started, and what a promotion needs
   */
  GateFunction(
      GateSettings settings,
      Collection<String> roster,
      RolloutPolicy rollout,
      boolean checkpoints) {
    this.settings = settings;
    this.roster = new HashSet<>(roster);
    this.rollout = rollout;
    this.checkpoints = checkpoints;
  }

  @Override
  public void open(OpenContext context) {
    policy = settings.policy(rollout);
    states =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("gate", TypeInformation.of(GateState.class)));
    startedMs = NOT_YET;
    metrics = new GateMetrics(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(GateEvent event, Context context, Collector<Control> out)
      throws IOException {
    if (!roster.isEmpty() && !roster.contains(event.engineId())) {
      metrics.unknownEngine();
      return;
    }
    Verdict verdict = event.verdict();
    if (verdict != null && verdict.progressMarker() && !policy.waitsFor(verdict)) {
      metrics.unknownJudge();
      return;
    }
    if (verdict != null) {
      metrics.heard(verdict);
    }
    long nowMs = context.timerService().currentProcessingTime();
    GateState state = states.value();
    if (state == null) {
      state = GateState.initial(event.engineId());
      context.timerService().registerProcessingTimeTimer(nextTick(nowMs));
    }
    apply(state, event.input(), nowMs, context, out);
  }

  @Override
  public void onTimer(long timestampMs, OnTimerContext context, Collector<Control> out)
      throws IOException {
    long nowMs = context.timerService().currentProcessingTime();
    context.timerService().registerProcessingTimeTimer(nextTick(nowMs));
    GateStep step = apply(states.value(), new GateInput.Elapsed(), nowMs, context, out);
    if (step.lease() == null) {
      metrics.withheldLease();
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    checkpointCompleted = true;
  }

  private GateStep apply(
      GateState state, GateInput input, long nowMs, Context context, Collector<Control> out)
      throws IOException {
    GateStep step = Gate.decide(state, input, time(nowMs), policy);
    states.update(step.state());
    metrics.step(step);
    if (step.control() != null) {
      out.collect(step.control());
    }
    for (Verdict verdict : step.verdicts()) {
      context.output(VERDICTS, verdict);
    }
    for (AuditEntry entry : step.audits()) {
      context.output(AUDITS, entry);
    }
    if (step.lease() != null) {
      context.output(LEASES, step.lease());
    }
    return step;
  }

  /** This process counts as started when it first had something to do. */
  private GateTime time(long nowMs) {
    if (startedMs == NOT_YET) {
      startedMs = nowMs;
      checkpointMs = nowMs;
    }
    if (checkpointCompleted) {
      checkpointCompleted = false;
      checkpointMs = nowMs;
    }
    return new GateTime(
        nowMs * 1000,
        startedMs * 1000,
        checkpoints ? checkpointMs * 1000 : GateTime.NO_CHECKPOINTS);
  }

  private long nextTick(long nowMs) {
    return (nowMs / settings.leasePeriodMs() + 1) * settings.leasePeriodMs();
  }
}
