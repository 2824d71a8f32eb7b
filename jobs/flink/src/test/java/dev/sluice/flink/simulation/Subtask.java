// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** One subtask of one operator: the real operator in Flink's harness, or a function of a record. */
final class Subtask {
  /** Where a subtask's records go. */
  interface Router {
    void route(Subtask from, OutputTag<?> tag, Object value, long timestampMs);

    void readThrough(Subtask from, long clockMs);
  }

  final Plan.Operator operator;
  final int index;
  final List<Channel> inputs = new ArrayList<>();
  private final Map<Channel, Long> readThrough = new HashMap<>();
  private final Router router;
  private long readThroughMs;
  private AbstractStreamOperatorTestHarness<Object> harness;

  Subtask(Plan.Operator operator, int index, Router router) {
    this.operator = operator;
    this.index = index;
    this.router = router;
  }

  /**
   * Starts the operator.
   *
   * @param state what this subtask restores, null at a first start
   */
  void open(int parallelism, long nowMs, OperatorSubtaskState state) throws Exception {
    if (!operator.lives()) {
      return;
    }
    harness = harness(parallelism);
    harness.setOutputCreator(serializer -> new Routing());
    harness.setup(operator.output);
    harness.setProcessingTime(nowMs);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  private AbstractStreamOperatorTestHarness<Object> harness(int parallelism) throws Exception {
    StreamOperatorFactory<Object> factory = operator.newFactory();
    if (factory instanceof SimpleOperatorFactory<Object> simple
        && simple.getOperator() instanceof TwoInputStreamOperator<?, ?, ?> two) {
      @SuppressWarnings("unchecked")
      var both = (TwoInputStreamOperator<Object, Object, Object>) two;
      return new KeyedTwoInputStreamOperatorTestHarness<>(
          both, operator.key, null, Types.STRING, Job.MAX_PARALLELISM, parallelism, index);
    }
    return operator.key == null
        ? new OneInputStreamOperatorTestHarness<>(factory, Job.MAX_PARALLELISM, parallelism, index)
        : new KeyedOneInputStreamOperatorTestHarness<>(
            factory, operator.key, Types.STRING, Job.MAX_PARALLELISM, parallelism, index);
  }

  /** One record into the first or the second input. */
  void process(boolean second, Object value, long timestampMs) throws Exception {
    if (operator.map() != null) {
      router.route(this, null, operator.map().map(value), timestampMs);
    } else if (operator.flatMap() != null) {
      List<Object> made = new ArrayList<>();
      operator
          .flatMap()
          .flatMap(value, new org.apache.flink.api.common.functions.util.ListCollector<>(made));
      made.forEach(each -> router.route(this, null, each, timestampMs));
    } else {
      into(
          second,
          timestampMs == Long.MIN_VALUE
              ? new StreamRecord<>(value)
              : new StreamRecord<>(value, timestampMs));
    }
  }

  @SuppressWarnings("unchecked")
  private void into(boolean second, StreamRecord<Object> element) throws Exception {
    if (harness instanceof OneInputStreamOperatorTestHarness<?, ?> one) {
      ((OneInputStreamOperatorTestHarness<Object, Object>) one).processElement(element);
      return;
    }
    var two = (TwoInputStreamOperatorTestHarness<Object, Object, Object>) harness;
    if (second) {
      two.processElement2(element);
    } else {
      two.processElement1(element);
    }
  }

  /** One of the inputs has been read so far; the least of all is the operator's watermark. */
  void readThrough(Channel input, long clockMs) throws Exception {
    readThrough.put(input, clockMs);
    readThrough(
        inputs.stream().mapToLong(each -> readThrough.getOrDefault(each, 0L)).min().orElse(0));
  }

  /** The operator's watermark; ignored where it does not move. */
  void readThrough(long clockMs) throws Exception {
    if (clockMs > readThroughMs) {
      readThroughMs = clockMs;
      Watermark mark = new Watermark(clockMs);
      ((OneInputStreamOperatorTestHarness<?, ?>) harness).processWatermark(mark);
    }
  }

  void advanceTo(long nowMs) throws Exception {
    if (harness != null) {
      harness.setProcessingTime(nowMs);
    }
  }

  void beforeBarrier(long checkpoint) throws Exception {
    if (harness != null) {
      harness.prepareSnapshotPreBarrier(checkpoint);
    }
  }

  /** Its state, null of an operator that has none. */
  OperatorSubtaskState snapshot(long checkpoint, long nowMs) throws Exception {
    return harness == null ? null : harness.snapshot(checkpoint, nowMs);
  }

  void completed(long checkpoint) throws Exception {
    if (harness != null) {
      harness.notifyOfCompletedCheckpoint(checkpoint);
    }
  }

  /** True when every input waits at its barrier. */
  boolean aligned() {
    for (Channel input : inputs) {
      if (input.head() == null || input.head().barrier() == 0) {
        return false;
      }
    }
    return true;
  }

  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  @Override
  public String toString() {
    return operator.uid + "/" + index;
  }

  private final class Routing implements Output<StreamRecord<Object>> {
    @Override
    public void collect(StreamRecord<Object> element) {
      router.route(Subtask.this, null, element.getValue(), timestamp(element));
    }

    @Override
    public <X> void collect(OutputTag<X> tag, StreamRecord<X> element) {
      router.route(Subtask.this, tag, element.getValue(), timestamp(element));
    }

    private static long timestamp(StreamRecord<?> element) {
      return element.hasTimestamp() ? element.getTimestamp() : Long.MIN_VALUE;
    }

    @Override
    public void emitWatermark(Watermark mark) {
      router.readThrough(Subtask.this, mark.getTimestamp());
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
      throw new IllegalStateException("these jobs keep event time in their own operators");
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {
      throw new IllegalStateException("nobody sends latency markers here");
    }

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {
      throw new IllegalStateException("nobody sends attributes here");
    }

    @Override
    public void emitWatermark(WatermarkEvent event) {
      throw new IllegalStateException("nobody sends watermark events here");
    }

    @Override
    public void close() {}
  }
}
