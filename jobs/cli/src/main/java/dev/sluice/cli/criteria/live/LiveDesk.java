// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.criteria.live;

import dev.sluice.cli.kafka.RecordSender;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.rules.live.LiveCriteria;
import dev.sluice.rules.live.LiveText;
import dev.sluice.rules.live.Reception;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.CriterionAck;
import dev.sluice.schemas.CriterionAckStatus;
import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.LiveMode;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Changes criteria while the jobs run, and says where each stands. A change is checked as the judge
 * will check it before it is sent. One thread.
 */
public final class LiveDesk {
  private final KafkaAccess kafka;
  private final List<CriterionSpec> files;
  private final Collection<String> hardCaps;

  /**
   * Connects when asked.
   *
   * @param files criteria of all families, as the jobs read them
   * @param hardCaps {@code gate.hard_caps}
   */
  public LiveDesk(KafkaAccess kafka, List<CriterionSpec> files, Collection<String> hardCaps) {
    this.kafka = kafka;
    this.files = files;
    this.hardCaps = hardCaps;
  }

  /** Every criterion that was ever changed, by id. */
  public List<LiveStanding> standings() {
    LiveView view = view();
    return view.ids().stream().map(id -> LiveStanding.of(id, file(id), view)).toList();
  }

  /**
   * The change that puts a text beside what is in force.
   *
   * @throws CriteriaException when the judge would refuse it
   */
  public LiveCriterion stage(String file, String text, String who, String why) {
    CriterionSpec spec = LiveText.read(file, text);
    LiveView view = view();
    LiveCriterion now = view.criteria().record(spec.id());
    boolean promoted = now != null && now.mode() == LiveMode.ENFORCE;
    return checked(
        view,
        new LiveCriterion(
            LiveCriterion.SCHEMA,
            spec.id(),
            view.nextVersion(spec.id()),
            LiveMode.SHADOW,
            text,
            spec.criteriaHash(),
            who,
            why,
            nowUs(),
            promoted ? now.text() : now == null ? null : now.inForceText(),
            promoted ? now.criteriaHash() : now == null ? null : now.inForceHash(),
            promoted ? Long.valueOf(now.version()) : now == null ? null : now.inForceVersion()));
  }

  /**
   * The change that puts what is staged in force.
   *
   * @throws CriteriaException when nothing is staged
   */
  public LiveCriterion promote(String criterionId, String who, String why) {
    LiveView view = view();
    LiveCriterion now = view.criteria().record(criterionId);
    if (now == null || now.mode() != LiveMode.SHADOW) {
      throw new CriteriaException("nothing is staged for `" + criterionId + "`");
    }
    return checked(
        view,
        change(view, criterionId, LiveMode.ENFORCE, now.text(), now.criteriaHash(), who, why));
  }

  /**
   * The change that gives a criterion back to the files, staged or in force.
   *
   * @throws CriteriaException when there is nothing to take back
   */
  public LiveCriterion revert(String criterionId, String who, String why) {
    LiveView view = view();
    LiveCriterion now = view.criteria().record(criterionId);
    if (now == null || now.mode() == LiveMode.REVERTED) {
      throw new CriteriaException("`" + criterionId + "` is as the files say already");
    }
    return checked(view, change(view, criterionId, LiveMode.REVERTED, null, null, who, why));
  }

  /**
   * Sends a change and waits for every subtask's word.
   *
   * @param warnings goes into the outcome
   * @param progress told how many of how many subtasks have answered, at each answer
   */
  public LiveOutcome send(
      LiveCriterion change,
      List<String> warnings,
      Duration timeout,
      BiConsumer<Integer, Integer> progress) {
    Map<Integer, CriterionAck> answers = new TreeMap<>();
    long[] appendedMs = {0, 0};
    try (RecordSender sender = new RecordSender(kafka);
        RecordTail tail =
            new RecordTail(kafka, List.of(Topics.CRITERIA_ACKS), RecordTail.From.END)) {
      appendedMs[0] =
          sender.send("the change", Topics.CRITERIA, change.criterionId(), Json.write(change));
      long startNanos = System.nanoTime();
      while (System.nanoTime() - startNanos < timeout.toNanos() && !done(answers)) {
        tail.poll(
            Duration.ofMillis(50),
            record -> {
              CriterionAck ack = read(record, CriterionAck.class);
              if (ack != null
                  && ack.criterionId().equals(change.criterionId())
                  && ack.version() == change.version()) {
                answers.put(ack.subtask(), ack);
                appendedMs[1] = record.timestamp();
                progress.accept(answers.size(), ack.parallelism());
              }
            });
      }
    }
    return outcome(change, warnings, answers, appendedMs[1] - appendedMs[0]);
  }

  private static boolean done(Map<Integer, CriterionAck> answers) {
    return answers.values().stream()
        .anyMatch(
            ack ->
                ack.status() == CriterionAckStatus.REJECTED || answers.size() >= ack.parallelism());
  }

  private static LiveOutcome outcome(
      LiveCriterion change,
      List<String> warnings,
      Map<Integer, CriterionAck> answers,
      long latencyMs) {
    List<CriterionAck> acks = List.copyOf(answers.values());
    int parallelism = acks.isEmpty() ? 0 : acks.get(0).parallelism();
    List<Integer> missing =
        IntStream.range(0, parallelism).filter(i -> !answers.containsKey(i)).boxed().toList();
    CriterionAck refused =
        acks.stream()
            .filter(ack -> ack.status() == CriterionAckStatus.REJECTED)
            .findFirst()
            .orElse(null);
    LiveOutcome.Result result = LiveOutcome.Result.APPLIED;
    if (refused != null) {
      result = LiveOutcome.Result.REJECTED;
    } else if (acks.isEmpty()) {
      result = LiveOutcome.Result.UNHEARD;
    } else if (!missing.isEmpty()) {
      result = LiveOutcome.Result.INCOMPLETE;
    }
    String reason = acks.isEmpty() ? "" : (refused == null ? acks.get(0) : refused).reason();
    return new LiveOutcome(
        result,
        change.criterionId(),
        change.version(),
        change.mode(),
        change.criteriaHash(),
        parallelism,
        missing,
        result == LiveOutcome.Result.APPLIED ? latencyMs : -1,
        reason,
        acks,
        warnings);
  }

  private LiveCriterion change(
      LiveView view,
      String criterionId,
      LiveMode mode,
      String text,
      String hash,
      String who,
      String why) {
    return new LiveCriterion(
        LiveCriterion.SCHEMA,
        criterionId,
        view.nextVersion(criterionId),
        mode,
        text,
        hash,
        who,
        why,
        nowUs(),
        null,
        null,
        null);
  }

  private static LiveCriterion checked(LiveView view, LiveCriterion change) {
    Reception reception = view.criteria().take(change);
    if (reception.kind() != Reception.Kind.APPLIED) {
      throw new CriteriaException(reception.reason());
    }
    return change;
  }

  private LiveView view() {
    LiveView view = new LiveView(LiveCriteria.of(files, hardCaps));
    try (RecordTail tail =
        new RecordTail(
            kafka, List.of(Topics.CRITERIA, Topics.CRITERIA_ACKS), RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            if (record.topic().equals(Topics.CRITERIA)) {
              LiveCriterion heard = read(record, LiveCriterion.class);
              if (heard != null) {
                view.heard(heard);
              }
            } else {
              CriterionAck heard = read(record, CriterionAck.class);
              if (heard != null) {
                view.heard(heard);
              }
            }
          });
    }
    return view;
  }

  /** Null for foreign bytes: the judge reports them as dead letters. */
  private static <T extends Record> T read(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    if (record.value() == null) {
      return null;
    }
    try {
      return Json.read(record.value(), type);
    } catch (MalformedException e) {
      return null;
    }
  }

  private CriterionSpec file(String criterionId) {
    return files.stream().filter(s -> s.id().equals(criterionId)).findFirst().orElse(null);
  }

  private static long nowUs() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
