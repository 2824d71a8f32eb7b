// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.control;

import dev.sluice.cli.kafka.CommandSender;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.rules.gate.DecisionId;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the state of all engines, and sends commands and waits for their effect. One thread. */
public final class ControlDesk implements AutoCloseable {
  /** Criterion under which the gate answers a command. */
  private static final String ANSWER = "gate.command";

  private static final Duration ANSWER_GRACE = Duration.ofMillis(1500);

  private final KafkaAccess kafka;
  private final CommandSender sender;

  /** Connects lazily. */
  public ControlDesk(String bootstrap) {
    this(KafkaAccess.plain(bootstrap));
  }

  /** Connects lazily. */
  public ControlDesk(KafkaAccess kafka) {
    this.kafka = kafka;
    this.sender = new CommandSender(kafka);
  }

  /** Every engine that was told something or has a lease, by id. */
  public List<EngineStatus> status() {
    Map<String, Control> controls = new TreeMap<>();
    Map<String, Lease> leases = new TreeMap<>();
    Map<String, Ack> acks = new TreeMap<>();
    Map<String, Health> health = new TreeMap<>();
    StandingFindings findings = new StandingFindings();
    AuditBook book = new AuditBook();
    try (RecordTail tail =
        new RecordTail(
            kafka,
            List.of(
                Topics.CONTROL,
                Topics.LEASES,
                Topics.ACKS,
                Topics.HEALTH,
                Topics.FINDINGS,
                Topics.AUDIT_LOG),
            RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            switch (record.topic()) {
              case Topics.CONTROL -> keep(record, Control.class, controls, Control::engineId);
              case Topics.LEASES -> keep(record, Lease.class, leases, Lease::engineId);
              case Topics.ACKS -> keep(record, Ack.class, acks, Ack::engineId);
              case Topics.HEALTH -> keep(record, Health.class, health, Health::engineId);
              case Topics.AUDIT_LOG -> read(record, AuditEntry.class).ifPresent(book::heard);
              case Topics.FINDINGS -> read(record, Finding.class).ifPresent(findings::heard);
              default -> throw new IllegalStateException(record.topic());
            }
          });
    }
    Set<String> engines = new TreeSet<>(controls.keySet());
    engines.addAll(leases.keySet());
    List<EngineStatus> states = new ArrayList<>();
    for (String engine : engines) {
      states.add(
          status(
              engine,
              controls.get(engine),
              leases.get(engine),
              acks.get(engine),
              health.get(engine),
              findings.of(engine),
              book));
    }
    return states;
  }

  private static EngineStatus status(
      String engine,
      Control control,
      Lease lease,
      Ack ack,
      Health health,
      List<String> findings,
      AuditBook book) {
    boolean answered =
        ack != null && control != null && ack.decisionId().equals(control.decisionId());
    return new EngineStatus(
        engine,
        control == null ? null : control.mode(),
        control == null ? 0 : control.epoch(),
        control != null && control.latched(),
        control == null ? null : control.decisionId(),
        control == null ? "-" : Because.of(control),
        health == null ? null : health.mode(),
        answered ? ack.status() : null,
        lease == null
            ? null
            : lease.issuedAtUs() / 1000 + (long) lease.ttlMs() - System.currentTimeMillis(),
        lease == null ? 0 : lease.watermarkUs(),
        findings,
        book.overrides(engine),
        book.commands(engine),
        control == null ? null : control.flags());
  }

  /**
   * The present event time of an engine: the wall clock's where it trades in real time, else that
   * of its newest heartbeat; empty for one that has no heartbeat.
   */
  public OptionalLong eventTimeUs(String engineId) {
    Health[] newest = new Health[1];
    try (RecordTail tail =
        new RecordTail(kafka, List.of(Topics.HEALTH), RecordTail.From.BEGINNING)) {
      tail.drain(
          record ->
              read(record, Health.class)
                  .filter(health -> health.engineId().equals(engineId))
                  .ifPresent(health -> newest[0] = health));
    }
    if (newest[0] == null) {
      return OptionalLong.empty();
    }
    return switch (newest[0].source()) {
      case LIVE, PAPER -> OptionalLong.of(System.currentTimeMillis() * 1_000);
      case SIMULATED, REPLAY -> OptionalLong.of(newest[0].eventTimeUs());
    };
  }

  /**
   * Sends a command and follows it to the engine's EFFECTIVE.
   *
   * @param timeout for the whole way
   */
  public CommandOutcome order(Command command, Duration timeout) {
    Following following = new Following(command);
    try (RecordTail tail =
        new RecordTail(
            kafka, List.of(Topics.CONTROL, Topics.ACKS, Topics.VERDICTS), RecordTail.From.END)) {
      following.sentAtMs = sender.send(command);
      long start = System.nanoTime();
      while (System.nanoTime() - start < timeout.toNanos() && !following.done()) {
        tail.poll(Duration.ofMillis(50), following::heard);
      }
    }
    return following.outcome();
  }

  @Override
  public void close() {
    sender.close();
  }

  private static <T extends Record> void keep(
      ConsumerRecord<byte[], byte[]> record,
      Class<T> type,
      Map<String, T> into,
      java.util.function.Function<T, String> key) {
    read(record, type).ifPresent(message -> into.put(key.apply(message), message));
  }

  private static <T extends Record> Optional<T> read(
      ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(record.value(), type));
    } catch (MalformedException e) {
      // Foreign bytes on the topic: the jobs report them as dead letters, a status line need not.
      return Optional.empty();
    }
  }

  /** One command on its way. */
  private static final class Following {
    private final Command command;
    private final String accepted;
    private final String refused;
    private long sentAtMs;
    private Control control;
    private Verdict answer;
    private long answeredAtNs;
    private final Map<String, Answer> effective = new TreeMap<>();

    /**
     * EFFECTIVE of a decision: it may be read before the control record, which is on another topic.
     */
    private record Answer(Ack ack, long atMs) {}

    Following(Command command) {
      this.command = command;
      this.accepted =
          DecisionId.of(command.engineId(), ANSWER, command.commandId(), VerdictOutcome.PASS);
      this.refused =
          DecisionId.of(command.engineId(), ANSWER, command.commandId(), VerdictOutcome.BREACH);
    }

    void heard(ConsumerRecord<byte[], byte[]> record) {
      try {
        switch (record.topic()) {
          case Topics.CONTROL -> control(Json.read(record.value(), Control.class));
          case Topics.VERDICTS -> verdict(Json.read(record.value(), Verdict.class));
          case Topics.ACKS -> ack(Json.read(record.value(), Ack.class), record.timestamp());
          default -> throw new IllegalStateException(record.topic());
        }
      } catch (MalformedException e) {
        return; // not ours
      }
    }

    private void control(Control heard) {
      boolean ours =
          heard.command() != null && heard.command().commandId().equals(command.commandId());
      if (ours && (control == null || heard.epoch() > control.epoch())) {
        control = heard;
      }
    }

    private void verdict(Verdict heard) {
      if (heard.verdictId().equals(accepted) || heard.verdictId().equals(refused)) {
        answer = heard;
        answeredAtNs = System.nanoTime();
      }
    }

    private void ack(Ack heard, long atMs) {
      if (heard.status() == AckStatus.EFFECTIVE && heard.engineId().equals(command.engineId())) {
        effective.putIfAbsent(heard.decisionId(), new Answer(heard, atMs));
      }
    }

    private Answer obeyed() {
      return control == null ? null : effective.get(control.decisionId());
    }

    /** Control and verdict travel on two topics: after the answer the record gets a moment more. */
    boolean done() {
      boolean nothingToDo =
          answer != null
              && control == null
              && System.nanoTime() - answeredAtNs > ANSWER_GRACE.toNanos();
      return obeyed() != null || refusal() || nothingToDo;
    }

    private boolean refusal() {
      return answer != null && answer.verdictId().equals(refused);
    }

    CommandOutcome outcome() {
      Answer obeyed = obeyed();
      CommandOutcome.Result result;
      if (obeyed != null) {
        result = CommandOutcome.Result.EFFECTIVE;
      } else if (refusal()) {
        result = CommandOutcome.Result.REFUSED;
      } else if (control != null) {
        result = CommandOutcome.Result.NOT_EFFECTIVE;
      } else {
        result =
            answer == null ? CommandOutcome.Result.NOT_DECIDED : CommandOutcome.Result.UNCHANGED;
      }
      return new CommandOutcome(
          result,
          command.commandId(),
          control == null ? null : control.decisionId(),
          control == null ? null : control.mode(),
          control == null ? 0 : control.epoch(),
          obeyed == null ? -1 : obeyed.atMs() - sentAtMs,
          obeyed == null ? 0 : obeyed.ack().openOrders(),
          answer == null ? "" : answer.evidence().reason(),
          control == null ? null : control.rollout(),
          obeyed == null ? null : InForce.of(obeyed.ack()));
    }
  }
}
