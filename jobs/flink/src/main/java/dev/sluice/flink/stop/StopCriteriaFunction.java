// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.judge.EngineJudge;
import dev.sluice.rules.judge.Judgement;
import dev.sluice.rules.live.LiveCriteria;
import dev.sluice.rules.live.Reception;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.CriterionAck;
import dev.sluice.schemas.CriterionAckStatus;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The judge over keyed state, one engine a key, by the criteria of the files and of the criteria
 * topic, which every subtask hears whole and in one order. A changed criterion judges from the next
 * input on; each input is judged once, by one set. Each subtask confirms each change by a side
 * output, and once more after a restore; the first of them reports what was refused as a dead
 * letter.
 */
public final class StopCriteriaFunction
    extends KeyedBroadcastProcessFunction<String, StopInput, RawRecord, Verdict>
    implements CheckpointedFunction {
  /** The newest record of each criterion that was ever changed; a constant of savepoints. */
  static final MapStateDescriptor<String, LiveCriterion> LIVE =
      new MapStateDescriptor<>(
          "live-criteria", Types.STRING, TypeInformation.of(LiveCriterion.class));

  static final OutputTag<CriterionAck> ACKS =
      new OutputTag<>("criteria-acks", TypeInformation.of(CriterionAck.class));
  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("criteria-dead-letters", TypeInformation.of(DeadLetter.class));

  private static final long serialVersionUID = 1L;

  private final StopSettings settings;
  private transient BroadcastState<String, LiveCriterion> state;
  private transient LiveCriteria live;
  private transient List<LiveChange> restored;
  private transient EngineJudge judge;
  private transient KeyedJudgeMemory memory;
  private transient Counter verdicts;
  private transient Counter ignored;
  private transient Counter applied;
  private transient Counter rejected;

  public StopCriteriaFunction(StopSettings settings) {
    this.settings = settings;
  }

  /**
   * What a build accepts, a later one may refuse: then the files hold, and this subtask says so.
   */
  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state = context.getOperatorStateStore().getBroadcastState(LIVE);
    live = settings.liveCriteria();
    restored = new ArrayList<>();
    for (Map.Entry<String, LiveCriterion> entry : state.entries()) {
      LiveChange change = LiveChange.restored(entry.getValue(), live, settings);
      live = change.reception().criteria();
      restored.add(change);
    }
  }

  /** Broadcast state is written when it changes. */
  @Override
  public void snapshotState(FunctionSnapshotContext context) {}

  @Override
  public void open(OpenContext context) {
    judge = settings.judge(live);
    memory = new KeyedJudgeMemory(getRuntimeContext());
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    verdicts = metrics.counter("verdicts");
    ignored = metrics.counter("ignoredInputs");
    applied = metrics.counter("appliedCriteria");
    rejected = metrics.counter("rejectedCriteria");
  }

  @Override
  public void processElement(StopInput input, ReadOnlyContext context, Collector<Verdict> out) {
    if (!restored.isEmpty()) {
      long nowMs = context.currentProcessingTime();
      confirmRestored(nowMs).forEach(ack -> context.output(ACKS, ack));
    }
    Judgement judgement = judge(input, context.timestamp());
    if (judgement.ignored()) {
      ignored.inc();
    }
    judgement.verdicts().forEach(out::collect);
    verdicts.inc(judgement.verdicts().size());
  }

  /** The record timestamp is the Kafka append time where the source set one. */
  private Judgement judge(StopInput input, Long timestampMs) {
    if (input.bucket() != null) {
      return judge.bucket(input.bucket(), memory);
    }
    if (input.health() != null) {
      long ingestUs = timestampMs == null || timestampMs < 0 ? 0 : timestampMs * 1000;
      return judge.health(input.health(), ingestUs, memory);
    }
    return judge.command(input.command(), memory);
  }

  @Override
  public void processBroadcastElement(RawRecord raw, Context context, Collector<Verdict> out)
      throws Exception {
    long nowMs = context.currentProcessingTime();
    confirmRestored(nowMs).forEach(ack -> context.output(ACKS, ack));
    LiveChange change = LiveChange.of(raw, live, settings);
    if (change.judge() != null) {
      live = change.reception().criteria();
      judge = change.judge();
      state.put(change.record().criterionId(), change.record());
      applied.inc();
    }
    if (change.deadLetter() != null) {
      rejected.inc();
      if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
        context.output(DEAD_LETTERS, change.deadLetter());
      }
    }
    if (change.record() != null && change.reception().kind() != Reception.Kind.SUPERSEDED) {
      context.output(ACKS, ack(change, nowMs));
    }
  }

  private List<CriterionAck> confirmRestored(long nowMs) {
    List<CriterionAck> acks = restored.stream().map(change -> ack(change, nowMs)).toList();
    restored.clear();
    return acks;
  }

  private CriterionAck ack(LiveChange change, long nowMs) {
    LiveCriterion record = change.record();
    CriterionSpec inForce = live.inForce(record.criterionId());
    CriterionSpec staged = live.staged(record.criterionId());
    return new CriterionAck(
        CriterionAck.SCHEMA,
        record.criterionId(),
        record.version(),
        record.mode(),
        record.criteriaHash(),
        change.reception().kind() == Reception.Kind.REJECTED
            ? CriterionAckStatus.REJECTED
            : CriterionAckStatus.APPLIED,
        change.reception().reason(),
        getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
        getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
        live.inForceVersion(record.criterionId()),
        inForce == null ? null : inForce.criteriaHash(),
        staged == null ? null : staged.criteriaHash(),
        nowMs * 1000);
  }
}
