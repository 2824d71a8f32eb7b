// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import dev.sluice.flink.io.KafkaSources;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Everything that is: topics, engines, the job in its present life, and virtual time. */
final class World {
  final List<SimulatedEngine> engines = new ArrayList<>();
  final List<EngineTopics> topics = new ArrayList<>();
  final List<EnginePlan> plans = new ArrayList<>();
  final Map<String, Partition> control = new LinkedHashMap<>();
  final Partition commands = new Partition("commands");
  final List<Bucket> buckets = new ArrayList<>();
  final List<Bucket> amendments = new ArrayList<>();
  final List<DeadLetter> letters = new ArrayList<>();
  final List<Verdict> verdicts = new ArrayList<>();
  final List<Verdict> gateVerdicts = new ArrayList<>();
  final List<Long> gateVerdictsAtMs = new ArrayList<>();
  final Readers readers;
  private final Plan plan;
  private final Defect defect;
  private final Random random;
  private final Map<String, List<Lease>> leases = new LinkedHashMap<>();
  private final List<Runnable> held = new ArrayList<>();
  private Job job;
  private Checkpoint running;
  private Checkpoint completed;
  private long nowMs = Simulation.START_MS;
  private long startedMs;
  private long askedMs;
  private long checkpoints;
  private int lives;
  private long trace;

  World(Plan plan, Defect defect, Random random, boolean faultyWay, long calmFromMs) {
    this.plan = plan;
    this.defect = defect;
    this.random = random;
    for (int i = 0; i < JudgeGraph.ENGINES.size(); i++) {
      String id = JudgeGraph.ENGINES.get(i);
      EngineTopics its = new EngineTopics(id, i, faultyWay, new Random(random.nextLong()));
      EnginePlan fate = EnginePlan.of(random, calmFromMs);
      topics.add(its);
      plans.add(fate);
      engines.add(new SimulatedEngine(id, its, fate, new Random(random.nextLong())));
      control.put(id, new Partition("control/" + i));
      leases.put(id, new ArrayList<>());
    }
    readers = new Readers(topics, commands);
  }

  long nowMs() {
    return nowMs;
  }

  long startedMs() {
    return startedMs;
  }

  int restores() {
    return lives - 1;
  }

  /** A number that two runs share only if they did the same, step by step. */
  long trace() {
    return trace;
  }

  boolean jobRuns() {
    return job != null;
  }

  void startJob(int parallelism) throws Exception {
    lives++;
    job = new Job(plan, parallelism, completed, defect, nowMs, this::written);
    readers.rewind(completed, parallelism, random);
    startedMs = nowMs;
    note(parallelism);
  }

  void killJob() throws Exception {
    job.kill();
    job = null;
    running = null;
    held.clear();
    note(-1);
  }

  void advanceTo(long newMs) throws Exception {
    nowMs = newMs;
    if (job != null) {
      job.advanceTo(newMs);
      if (newMs >= askedMs + KafkaSources.READ_THROUGH_MS) {
        askedMs = newMs;
        for (int index : readers.readThrough("in-events")) {
          job.readThrough("in-events", index, newMs);
        }
      }
    }
    if (!held.isEmpty() && random.nextInt(20) == 0) {
      flush();
    }
    note(newMs);
  }

  void readSome(int most) throws Exception {
    for (int i = 0; i < most; i++) {
      List<Readers.Reader> ready = readers.ready();
      if (ready.isEmpty()) {
        return;
      }
      read(ready.get(random.nextInt(ready.size())));
    }
  }

  void deliverSome(int most) throws Exception {
    for (int i = 0; i < most; i++) {
      List<Channel> ready = job.ready();
      if (ready.isEmpty()) {
        return;
      }
      deliver(ready.get(random.nextInt(ready.size())));
    }
  }

  /** What has lagged long enough is delivered, in an order of chance. */
  void deliverOverdue(long sourceLagMs, long channelLagMs) throws Exception {
    for (Readers.Reader reader : readers.ready()) {
      while (reader.ready() && reader.next().appendedMs() <= nowMs - sourceLagMs) {
        read(reader);
      }
    }
    while (overdue(channelLagMs)) {
      List<Channel> late =
          job.ready().stream()
              .filter(channel -> channel.head().sinceMs() <= nowMs - channelLagMs)
              .toList();
      if (late.isEmpty()) {
        finishCheckpoint(); // the late ones wait behind a barrier
      } else {
        deliver(late.get(random.nextInt(late.size())));
      }
    }
  }

  private boolean overdue(long lagMs) {
    return job.oldestMs() <= nowMs - lagMs;
  }

  /** Reads all there is and delivers all of it, in an order of chance. */
  void readEverything() throws Exception {
    while (!readers.ready().isEmpty()) {
      readSome(1);
    }
    while (!job.ready().isEmpty()) {
      deliverSome(1);
    }
    flush();
  }

  boolean checkpointing() {
    return running != null;
  }

  void beginCheckpoint() {
    running = job.begin(++checkpoints);
    note(running.number);
  }

  /** The barrier enters at one more source. */
  void goOnWithCheckpoint() throws Exception {
    List<Readers.Source> waiting = readers.without(running);
    if (!waiting.isEmpty()) {
      Readers.Source source = waiting.get(random.nextInt(waiting.size()));
      readers.note(source, running, defect);
      job.barrierAtSource(source.name(), source.index());
    }
    maybeComplete();
  }

  void finishCheckpoint() throws Exception {
    while (running != null) {
      goOnWithCheckpoint();
      if (running != null && readers.without(running).isEmpty()) {
        deliverSome(1);
      }
    }
  }

  void calm() {
    topics.forEach(EngineTopics::calm);
  }

  List<Control> controlOf(SimulatedEngine engine) {
    return control.get(engine.engineId).entries.stream().map(e -> (Control) e.value()).toList();
  }

  List<Lease> takeLeases(SimulatedEngine engine) {
    List<Lease> taken = List.copyOf(leases.get(engine.engineId));
    leases.get(engine.engineId).clear();
    return taken;
  }

  void note(long what) {
    trace = trace * 1_000_003 + what;
  }

  private void read(Readers.Reader reader) throws Exception {
    Object value = reader.take();
    note(reader.partition.name.hashCode());
    job.read(reader.source, reader.index, value);
  }

  private void deliver(Channel channel) throws Exception {
    note(channel.toString().hashCode());
    job.deliver(channel);
    maybeComplete();
  }

  private void maybeComplete() throws Exception {
    if (running != null && running.complete()) {
      completed = running;
      running = null;
      job.completed(completed);
      note(completed.number);
    }
  }

  private void written(String sink, Object record) {
    if (defect == Defect.SINKS_LOSE) {
      held.add(() -> append(sink, record));
    } else {
      append(sink, record);
    }
  }

  private void flush() {
    held.forEach(Runnable::run);
    held.clear();
  }

  private void append(String sink, Object record) {
    switch (sink) {
      case "out-buckets" -> buckets.add((Bucket) record);
      case "out-amendments" -> amendments.add((Bucket) record);
      case "out-letters" -> letters.add((DeadLetter) record);
      case "out-verdicts" -> verdicts.add((Verdict) record);
      case "out-gate-verdicts" -> {
        gateVerdicts.add((Verdict) record);
        gateVerdictsAtMs.add(nowMs);
      }
      case "out-control" -> {
        Control decided = (Control) record;
        note(decided.decisionId().hashCode() + decided.epoch());
        control.get(decided.engineId()).append(decided, nowMs);
      }
      case "out-leases" -> leases.get(((Lease) record).engineId()).add((Lease) record);
      default -> throw new IllegalStateException("nobody reads " + sink);
    }
  }
}
