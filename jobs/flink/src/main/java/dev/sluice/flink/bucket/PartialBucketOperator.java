// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.risk.Mark;
import dev.sluice.rules.risk.RiskEvent;
import dev.sluice.rules.risk.Trade;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Shell of {@link PartialBuckets}, chained to the source: an event crosses no exchange, only the
 * parts of buckets do. Everything held is handed on before each checkpoint barrier, so that only
 * the streams' identities are state; they go to every instance after a restart, because any may get
 * any partition.
 */
public final class PartialBucketOperator extends AbstractStreamOperator<EngineUpdate>
    implements OneInputStreamOperator<RawRecord, EngineUpdate> {
  private static final long serialVersionUID = 1L;

  private final BucketSettings settings;
  private final OutputTag<Health> healthTag;
  private final OutputTag<RiskEvent> riskTag;
  private final OutputTag<DeadLetter> deadLetterTag;
  private transient PartialBuckets partials;
  private transient StreamRecord<EngineUpdate> reused;
  private transient ListState<TrackedEngine> tracked;
  private transient boolean rosterAnnounced;

  public PartialBucketOperator(
      BucketSettings settings,
      OutputTag<Health> healthTag,
      OutputTag<RiskEvent> riskTag,
      OutputTag<DeadLetter> deadLetterTag) {
    this.settings = settings;
    this.healthTag = healthTag;
    this.riskTag = riskTag;
    this.deadLetterTag = deadLetterTag;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    reused = new StreamRecord<>(null);
    partials = new PartialBuckets(settings, new Emitter(new InputFaultCounters(getMetricGroup())));
    tracked =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("tracked", TypeInformation.of(TrackedEngine.class)));
    if (context.isRestored()) {
      List<TrackedEngine> before = new ArrayList<>();
      tracked.get().forEach(before::add);
      partials.restore(before);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    ProcessingTimeService timers = getProcessingTimeService();
    timers.registerTimer(timers.getCurrentProcessingTime() + settings.flushMs(), this::onTimer);
  }

  /**
   * The source has read through: handed on behind everything of an engine that a heartbeat
   * elsewhere may be waiting for, so that the merger knows what was not stored.
   */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    partials.flushBeforeWord();
    super.processWatermark(mark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // a reader with nothing to read counts all the same
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    if (!rosterAnnounced) {
      announceRoster();
    }
    partials.add(element.getValue());
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    partials.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    tracked.update(partials.snapshot());
  }

  @Override
  public void finish() throws Exception {
    announceRoster();
    partials.flush();
    super.finish();
  }

  private void onTimer(long timestampMs) {
    announceRoster();
    partials.flushDue();
    ProcessingTimeService timers = getProcessingTimeService();
    timers.registerTimer(timers.getCurrentProcessingTime() + settings.flushMs(), this::onTimer);
  }

  private void announceRoster() {
    if (!rosterAnnounced && getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
      for (String engineId : settings.roster()) {
        output.collect(reused.replace(EngineUpdate.expected(engineId)));
      }
    }
    rosterAnnounced = true;
  }

  private final class Emitter implements PartialOutput {
    private final InputFaultCounters counters;

    Emitter(InputFaultCounters counters) {
      this.counters = counters;
    }

    @Override
    public void update(EngineUpdate update) {
      output.collect(reused.replace(update));
    }

    @Override
    public void health(Health health, long ingestUs) {
      output.collect(healthTag, new StreamRecord<>(health, ingestUs / 1_000));
      risk(RiskEvent.of(health, ingestUs));
    }

    @Override
    public void mark(Mark mark) {
      risk(RiskEvent.of(mark));
    }

    @Override
    public void trade(Trade trade) {
      risk(RiskEvent.of(trade));
    }

    private void risk(RiskEvent event) {
      output.collect(riskTag, new StreamRecord<>(event));
    }

    @Override
    public void deadLetter(DeadLetter letter) {
      output.collect(deadLetterTag, new StreamRecord<>(letter));
    }

    @Override
    public void count(InputFault fault, long times) {
      counters.count(fault, times);
    }
  }
}
