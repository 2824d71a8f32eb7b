// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import dev.sluice.flink.bucket.BucketTopology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.util.OutputTag;

/**
 * One life of a job, from its start (or restore) to its death: the subtasks of a plan, the channels
 * between them, and checkpoints whose barriers travel through the channels and are aligned, as
 * Flink does it. Nothing moves by itself: the caller delivers each record and each barrier.
 */
final class Job {
  static final int MAX_PARALLELISM = 8;

  private final Subtask.Router router =
      new Subtask.Router() {
        @Override
        public void route(Subtask from, OutputTag<?> tag, Object value, long timestampMs) {
          Job.this.route(from, tag, value, timestampMs);
        }

        @Override
        public void readThrough(Subtask from, long clockMs) {
          Job.this.readThrough(from, clockMs);
        }
      };

  private final int parallelism;
  private final BiConsumer<String, Object> sinks;
  private final Defect defect;
  private final Set<Subtask> snapshotEarly = new HashSet<>();
  private final Map<String, Subtask[]> subtasks = new LinkedHashMap<>();
  private final List<Channel> channels = new ArrayList<>();
  private final Map<String, Channel> byEnds = new LinkedHashMap<>();
  private Checkpoint running;
  private long nowMs;

  /**
   * Starts the job.
   *
   * @param from what it restores, null at its first start
   * @param defect what is wrong with it
   * @param sinks takes what reaches a sink, by the sink's name
   */
  Job(
      Plan plan,
      int parallelism,
      Checkpoint from,
      Defect defect,
      long nowMs,
      BiConsumer<String, Object> sinks)
      throws Exception {
    this.parallelism = parallelism;
    this.sinks = sinks;
    this.defect = defect;
    this.nowMs = nowMs;
    for (Plan.Operator operator : plan.operators()) {
      Subtask[] all = new Subtask[parallelismOf(operator)];
      for (int i = 0; i < all.length; i++) {
        all[i] = new Subtask(operator, i, router);
      }
      subtasks.put(operator.uid, all);
    }
    connect();
    for (Subtask[] all : subtasks.values()) {
      for (Subtask subtask : all) {
        boolean forgets = subtask.operator.uid.equals(defect.forgetful());
        var state =
            from == null || forgets ? null : from.of(subtask.operator, all.length, subtask.index);
        subtask.open(all.length, nowMs, state);
      }
    }
  }

  /** A source reads one record. */
  void read(String source, int index, Object value) throws Exception {
    route(subtasks.get(source)[index], null, value, Long.MIN_VALUE);
  }

  /** A source has read all that was there. */
  void readThrough(String source, int index, long clockMs) throws Exception {
    for (Plan.Edge edge : subtasks.get(source)[index].operator.edges) {
      if (edge.target().uid.equals(BucketTopology.PARTIAL_UID)) {
        subtasks.get(edge.target().uid)[index].readThrough(clockMs);
      }
    }
  }

  /** Channels whose next item can be delivered now, in an order that never changes. */
  List<Channel> ready() {
    List<Channel> ready = new ArrayList<>();
    for (Channel channel : channels) {
      if (channel.ready() || (channel.head() != null && notAligned())) {
        ready.add(channel);
      }
    }
    return ready;
  }

  /** When the oldest item that has not arrived was sent; never, when all have arrived. */
  long oldestMs() {
    long oldestMs = Long.MAX_VALUE;
    for (Channel channel : channels) {
      if (channel.head() != null) {
        oldestMs = Math.min(oldestMs, channel.head().sinceMs());
      }
    }
    return oldestMs;
  }

  /** Delivers the next item of a channel that is ready. */
  void deliver(Channel channel) throws Exception {
    if (channel.head().barrier() > 0) {
      long checkpoint = channel.head().barrier();
      if (notAligned()) {
        channel.take();
        if (snapshotEarly.add(channel.to)) {
          barrier(channel.to, checkpoint);
        }
        return;
      }
      channel.to.inputs.forEach(Channel::take);
      barrier(channel.to, checkpoint);
      return;
    }
    Channel.Item item = channel.take();
    if (item.value() instanceof Channel.ReadThrough mark) {
      channel.to.readThrough(channel, mark.clockMs());
    } else if (channel.to.operator.sink()) {
      sinks.accept(channel.to.operator.uid, item.value());
    } else {
      channel.to.process(channel.second, item.value(), item.timestampMs());
    }
  }

  /** Lets processing time pass; every timer that is due fires. */
  void advanceTo(long newMs) throws Exception {
    nowMs = newMs;
    for (Subtask[] all : subtasks.values()) {
      for (Subtask subtask : all) {
        subtask.advanceTo(newMs);
      }
    }
  }

  /** Begins a checkpoint; sources take part when {@link #barrierAtSource} is called for each. */
  Checkpoint begin(long number) {
    int count = 0;
    for (Subtask[] all : subtasks.values()) {
      count += all.length;
    }
    snapshotEarly.clear();
    running = new Checkpoint(number, parallelism, count);
    return running;
  }

  /** The barrier enters the job behind what this source has read so far. */
  void barrierAtSource(String source, int index) throws Exception {
    barrier(subtasks.get(source)[index], running.number);
  }

  /** Tells everybody that the checkpoint is complete. */
  void completed(Checkpoint checkpoint) throws Exception {
    running = null;
    for (Subtask[] all : subtasks.values()) {
      for (Subtask subtask : all) {
        subtask.completed(checkpoint.number);
      }
    }
  }

  /** The end of this life; what is in the channels is gone. */
  void kill() throws Exception {
    for (Subtask[] all : subtasks.values()) {
      for (Subtask subtask : all) {
        subtask.close();
      }
    }
  }

  private boolean notAligned() {
    return defect == Defect.BARRIERS_NOT_ALIGNED;
  }

  private void barrier(Subtask subtask, long checkpoint) throws Exception {
    subtask.beforeBarrier(checkpoint);
    running.done(subtask, subtask.snapshot(checkpoint, nowMs));
    if (subtask.operator.sink()) {
      return;
    }
    List<String> passed = new ArrayList<>();
    for (Plan.Edge edge : subtask.operator.edges) {
      if (passed.contains(edge.target().uid)) {
        continue; // two outputs on one channel: one barrier
      }
      passed.add(edge.target().uid);
      for (Subtask target : subtasks.get(edge.target().uid)) {
        if (!edge.chained()) {
          channel(subtask, target).barrier(checkpoint, nowMs);
        } else if (target.index == subtask.index) {
          barrier(target, checkpoint);
        }
      }
    }
  }

  private void route(Subtask from, OutputTag<?> tag, Object value, long timestampMs) {
    try {
      for (Plan.Edge edge : from.operator.edges) {
        if (tag == null ? edge.tag() == null : tag.equals(edge.tag())) {
          send(from, edge, value, timestampMs);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(from + " sent what nobody can take", e);
    }
  }

  /** To the mergers: whoever else hears one hears none from its other inputs, and so has none. */
  private void readThrough(Subtask from, long clockMs) {
    for (Plan.Edge edge : from.operator.edges) {
      if (edge.target().uid.equals(BucketTopology.MERGE_UID)) {
        for (Subtask target : subtasks.get(edge.target().uid)) {
          channel(from, target).readThrough(clockMs, nowMs);
        }
      }
    }
  }

  private void send(Subtask from, Plan.Edge edge, Object value, long timestampMs) throws Exception {
    Subtask[] targets = subtasks.get(edge.target().uid);
    if (edge.chained()) {
      targets[from.index].process(edge.second(), value, timestampMs);
      return;
    }
    if (edge.broadcast()) {
      for (Subtask target : targets) {
        channel(from, target).send(edge.serializer().copy(value), timestampMs, nowMs);
      }
      return;
    }
    Object copy = edge.serializer().copy(value);
    Subtask target = targets[from.index % targets.length];
    if (edge.target().key != null) {
      Object key = edge.target().key.getKey(copy);
      target =
          targets[
              KeyGroupRangeAssignment.assignKeyToParallelOperator(
                  key, MAX_PARALLELISM, targets.length)];
    }
    channel(from, target).send(copy, timestampMs, nowMs);
  }

  private void connect() {
    for (Subtask[] all : subtasks.values()) {
      for (Subtask from : all) {
        for (Plan.Edge edge : from.operator.edges) {
          if (!edge.chained()) {
            for (Subtask to : subtasks.get(edge.target().uid)) {
              connect(from, to, edge.second());
            }
          }
        }
      }
    }
  }

  private void connect(Subtask from, Subtask to, boolean second) {
    byEnds.computeIfAbsent(
        from + ">" + to,
        ends -> {
          Channel channel = new Channel(from, to, second);
          to.inputs.add(channel);
          channels.add(channel);
          return channel;
        });
  }

  private Channel channel(Subtask from, Subtask to) {
    return byEnds.get(from + ">" + to);
  }

  private int parallelismOf(Plan.Operator operator) {
    return operator.single ? 1 : parallelism;
  }
}
