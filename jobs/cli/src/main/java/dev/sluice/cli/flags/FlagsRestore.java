// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.flags;

import dev.sluice.cli.kafka.CommandSender;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.rules.gate.DecisionId;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Puts flags back: a command per engine to the gate, which decides; the engine takes them up and
 * says so; and only its heartbeats are believed. One thread.
 */
public final class FlagsRestore {
  private static final String COMMAND = "gate.command";
  private static final String FLAGS = "gate.flags";
  private static final long TELL_EVERY_NS = Duration.ofSeconds(5).toNanos();

  private final Map<String, Task> tasks = new TreeMap<>();
  private final Map<String, String> takenBack = new HashMap<>();
  private final Consumer<String> progress;

  /**
   * @param progress hears a line now and then
   */
  public FlagsRestore(Consumer<String> progress) {
    this.progress = progress;
  }

  /** One engine on its way. */
  private static final class Task {
    private final EngineFlags wanted;
    private Map<String, Boolean> shown;
    private Command command;
    private long sentNs;
    private String decisionId;
    private RestoredEngine.State state;
    private String reason = "";
    private long tookMs = -1;

    Task(EngineFlags wanted, Map<String, Boolean> shown) {
      this.wanted = wanted;
      this.shown = shown;
    }

    private boolean met() {
      return wanted.flags().entrySet().stream()
          .allMatch(flag -> Objects.equals(shown.get(flag.getKey()), flag.getValue()));
    }

    private void end(RestoredEngine.State how, String why) {
      state = how;
      reason = why;
    }

    private RestoredEngine result() {
      Map<String, Boolean> asked = new TreeMap<>(shown);
      asked.keySet().retainAll(wanted.flags().keySet());
      return new RestoredEngine(
          wanted.engineId(),
          state == null ? RestoredEngine.State.TIMED_OUT : state,
          tookMs,
          reason,
          FlagDifference.of(wanted.engineId(), wanted.flags(), asked));
    }
  }

  /**
   * Restores and waits until the heartbeats show it.
   *
   * @param wanted what each engine is to have; each must be among {@code now}
   * @param now what the heartbeats say before
   * @param timeout for the whole way of all engines
   */
  public List<RestoredEngine> run(
      KafkaAccess kafka,
      List<EngineFlags> wanted,
      Map<String, Health> now,
      String who,
      String why,
      Duration timeout) {
    for (EngineFlags engine : wanted) {
      Task task = new Task(engine, now.get(engine.engineId()).flags());
      tasks.put(engine.engineId(), task);
      if (task.met()) {
        task.end(RestoredEngine.State.ALREADY, "");
      }
    }
    List<String> topics = List.of(Topics.CONTROL, Topics.VERDICTS, Topics.HEALTH);
    try (RecordTail tail = new RecordTail(kafka, topics, RecordTail.From.END);
        CommandSender sender = new CommandSender(kafka)) {
      for (Task task : open()) {
        task.command = CommandSender.flags(task.wanted.engineId(), task.wanted.flags(), who, why);
        task.sentNs = System.nanoTime();
        sender.send(task.command);
      }
      follow(tail, timeout);
    }
    return tasks.values().stream().map(Task::result).toList();
  }

  private void follow(RecordTail tail, Duration timeout) {
    long startNs = System.nanoTime();
    long toldNs = startNs;
    while (!open().isEmpty() && System.nanoTime() - startNs < timeout.toNanos()) {
      int before = open().size();
      tail.poll(Duration.ofMillis(50), this::heard);
      boolean due = System.nanoTime() - toldNs > TELL_EVERY_NS;
      if (open().size() != before || due) {
        toldNs = System.nanoTime();
        progress.accept(
            (tasks.size() - open().size())
                + " of "
                + tasks.size()
                + " engines done"
                + (open().isEmpty() ? "" : ", waiting for heartbeats of " + names(open())));
      }
    }
  }

  private List<Task> open() {
    return tasks.values().stream().filter(task -> task.state == null).toList();
  }

  private static String names(List<Task> some) {
    List<String> names = new ArrayList<>();
    some.stream().limit(5).forEach(task -> names.add(task.wanted.engineId()));
    return String.join(", ", names) + (some.size() > names.size() ? ", …" : "");
  }

  private void heard(ConsumerRecord<byte[], byte[]> record) {
    switch (record.topic()) {
      case Topics.CONTROL -> Heartbeats.read(record, Control.class).ifPresent(this::decided);
      case Topics.VERDICTS -> Heartbeats.read(record, Verdict.class).ifPresent(this::judged);
      case Topics.HEALTH -> Heartbeats.read(record, Health.class).ifPresent(this::beaten);
      default -> throw new IllegalStateException(record.topic());
    }
  }

  private Task open(String engineId) {
    Task task = tasks.get(engineId);
    return task == null || task.state != null ? null : task;
  }

  private void beaten(Health health) {
    Task task = open(health.engineId());
    if (task != null && health.flags() != null) {
      task.shown = health.flags();
      if (task.met()) {
        task.tookMs = (System.nanoTime() - task.sentNs) / 1_000_000;
        task.end(RestoredEngine.State.RESTORED, "");
      }
    }
  }

  private void decided(Control control) {
    Task task = open(control.engineId());
    boolean ours =
        task != null
            && control.command() != null
            && control.command().commandId().equals(task.command.commandId());
    if (ours) {
      task.decisionId = control.decisionId();
      refused(task);
    }
  }

  private void judged(Verdict verdict) {
    Task task = open(verdict.engineId());
    if (task != null && verdict.outcome() == VerdictOutcome.BREACH) {
      if (verdict.verdictId().equals(name(task, COMMAND, task.command.commandId()))) {
        task.end(RestoredEngine.State.REFUSED, verdict.evidence().reason());
      } else if (verdict.criterionId().equals(FLAGS)) {
        takenBack.put(verdict.verdictId(), verdict.evidence().reason());
        refused(task);
      }
    }
  }

  /** That may be read before the control record, which is on another topic. */
  private void refused(Task task) {
    String reason =
        task.decisionId == null ? null : takenBack.get(name(task, FLAGS, task.decisionId));
    if (reason != null) {
      task.end(RestoredEngine.State.REFUSED, reason);
    }
  }

  /** The gate's own name for its verdict on an occasion. */
  private static String name(Task task, String criterion, String occasion) {
    return DecisionId.of(task.wanted.engineId(), criterion, occasion, VerdictOutcome.BREACH);
  }
}
