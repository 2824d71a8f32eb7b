// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.live.LiveText;
import dev.sluice.schemas.CriterionAck;
import dev.sluice.schemas.CriterionAckStatus;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.LiveMode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.codec.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** Criteria that change in the middle of a stream, in Flink's harness. */
class LiveCriteriaFunctionTest {
  private static final StopSettings SETTINGS =
      new StopSettings(StopInputs.criteria(), 10_000, 60_000, List.of("breaker"));

  /** The shipped test criterion `miss`, without its hold. */
  private static final String EAGER =
      """
      - {id: miss, metric: deadline_miss_ratio, over: 1m, breach: "> 0.05", recover: "< 0.02",
         recover_hold: 1m, on_missing: {after: 1m, action: PAUSE}, action: HALT}
      """;

  @Test
  void aChangeActsFromTheNextInputOnAndEveryBucketIsJudgedOnceByOneSet() throws Exception {
    try (var judge = LiveHarness.of(SETTINGS, 1, 0)) {
      judge.open();
      play(judge, "mm-1", 0, 13); // the storm begins with bucket 10
      assertThat(of(judge, "miss")).extracting(Verdict::phase).contains(Phase.PENDING);
      say(judge, record("miss", 1, LiveMode.ENFORCE, EAGER));
      play(judge, "mm-1", 13, 16);

      List<Verdict> said = of(judge, "miss");
      Verdict last = said.get(said.size() - 1);
      assertThat(last.phase()).isEqualTo(Phase.TRIPPED);
      assertThat(last.criteriaHash()).isEqualTo(hash(EAGER));
      assertThat(last.eventTimeUs()).isEqualTo(StopInputs.START_US + 14 * 10_000_000L);
      List<Verdict> markers = of(judge, Verdict.PROGRESS);
      assertThat(markers).hasSize(16).extracting(Verdict::eventTimeUs).doesNotHaveDuplicates();
      assertThat(markers.subList(0, 13).stream().map(Verdict::criteriaHash).distinct()).hasSize(1);
      assertThat(markers.get(13).criteriaHash()).isNotEqualTo(markers.get(12).criteriaHash());
    }
  }

  @Test
  void everySubtaskConfirmsAndSaysWhatItJudgesByNow() throws Exception {
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var judge = LiveHarness.of(SETTINGS, 2, subtask)) {
        judge.open();
        say(judge, record("miss", 1, LiveMode.SHADOW, EAGER));
        assertThat(out(judge, StopCriteriaFunction.ACKS))
            .singleElement()
            .satisfies(ack -> assertThat(ack.status()).isEqualTo(CriterionAckStatus.APPLIED))
            .satisfies(ack -> assertThat(ack.reason()).contains("miss-staged"))
            .satisfies(ack -> assertThat(ack.inForceVersion()).isZero())
            .satisfies(ack -> assertThat(ack.inForceHash()).isEqualTo(fileHash("miss")))
            .satisfies(ack -> assertThat(ack.stagedHash()).isNotNull())
            .extracting(CriterionAck::subtask, CriterionAck::parallelism)
            .containsExactly(subtask, 2);
      }
    }
  }

  @Test
  void whatIsLiveIsStillLiveAfterARestoreByMoreSubtasksAndEachSaysSo() throws Exception {
    OperatorSubtaskState saved;
    try (var judge = LiveHarness.of(SETTINGS, 1, 0)) {
      judge.open();
      play(judge, "mm-1", 0, 13);
      say(judge, record("miss", 1, LiveMode.ENFORCE, EAGER));
      saved = judge.snapshot(1, 1);
    }
    int tripped = 0;
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var judge = LiveHarness.of(SETTINGS, 2, subtask)) {
        judge.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(saved, 8, 1, 2, subtask));
        judge.open();
        // the topic is read again from somewhere: this one is known
        say(judge, record("miss", 1, LiveMode.ENFORCE, EAGER));
        assertThat(out(judge, StopCriteriaFunction.ACKS))
            .hasSize(2)
            .allMatch(ack -> ack.status() == CriterionAckStatus.APPLIED)
            .allMatch(ack -> ack.parallelism() == 2 && ack.inForceVersion() == 1);
        if (judge.numKeyedStateEntries() > 0) {
          play(judge, "mm-1", 13, 14);
          tripped +=
              (int) of(judge, "miss").stream().filter(v -> v.phase() == Phase.TRIPPED).count();
        }
      }
    }
    assertThat(tripped).as("by the live text, at once").isEqualTo(1);
  }

  @Test
  void whatCannotBeJudgedByIsADeadLetterOnceAndTheOldTextStays() throws Exception {
    RawRecord[] bad = {
      LiveHarness.raw(3, "{\"schema\": 1".getBytes(UTF_8)),
      LiveHarness.raw(4, new byte[0]),
      LiveHarness.raw(5, Json.write(record("miss", 2, LiveMode.ENFORCE, "- {id: miss}", "00"))),
      LiveHarness.raw(
          6, Json.write(record("breaker", 1, LiveMode.ENFORCE, EAGER.replace("miss,", "breaker,"))))
    };
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var judge = LiveHarness.of(SETTINGS, 2, subtask)) {
        judge.open();
        say(judge, record("miss", 1, LiveMode.ENFORCE, EAGER));
        for (RawRecord raw : bad) {
          judge.processElement2(new StreamRecord<>(raw));
        }
        List<CriterionAck> acks = out(judge, StopCriteriaFunction.ACKS);
        assertThat(acks.subList(1, acks.size()))
            .hasSize(2)
            .allMatch(ack -> ack.status() == CriterionAckStatus.REJECTED);
        assertThat(acks.get(1).inForceHash()).as("the old one").isEqualTo(hash(EAGER));
        assertThat(acks.get(1).inForceVersion()).isEqualTo(1);
        assertThat(acks.get(2).reason()).contains("hard cap");
        List<DeadLetter> letters = out(judge, StopCriteriaFunction.DEAD_LETTERS);
        if (subtask > 0) {
          assertThat(letters).isEmpty();
        } else {
          assertThat(letters)
              .extracting(DeadLetter::offset, DeadLetter::kind)
              .containsExactly(
                  org.assertj.core.groups.Tuple.tuple(3L, DeadLetter.MALFORMED),
                  org.assertj.core.groups.Tuple.tuple(4L, DeadLetter.MALFORMED),
                  org.assertj.core.groups.Tuple.tuple(5L, DeadLetter.QUARANTINED),
                  org.assertj.core.groups.Tuple.tuple(6L, DeadLetter.QUARANTINED));
          assertThat(letters.get(2).reason()).contains("`metric` is mandatory");
        }
      }
    }
  }

  @Test
  void whatALaterBuildOrOtherFilesRefuseFallsBackToTheFilesAndIsSaid() throws Exception {
    OperatorSubtaskState saved;
    try (var judge = LiveHarness.of(SETTINGS, 1, 0)) {
      judge.open();
      say(judge, record("miss", 1, LiveMode.ENFORCE, EAGER));
      saved = judge.snapshot(1, 1);
    }
    StopSettings capped = new StopSettings(StopInputs.criteria(), 10_000, 60_000, List.of("miss"));
    try (var judge = LiveHarness.of(capped, 1, 0)) {
      judge.initializeState(saved);
      judge.open();
      play(judge, "mm-1", 0, 1);
      assertThat(out(judge, StopCriteriaFunction.ACKS))
          .singleElement()
          .satisfies(ack -> assertThat(ack.status()).isEqualTo(CriterionAckStatus.REJECTED))
          .satisfies(ack -> assertThat(ack.inForceHash()).isEqualTo(fileHash("miss")));
    }
  }

  @Test
  void withoutAChangeTheJudgeConfirmsNothing() throws Exception {
    try (var judge = LiveHarness.of(SETTINGS, 1, 0)) {
      judge.open();
      play(judge, "mm-1", 0, 20);
      assertThat(judge.getSideOutput(StopCriteriaFunction.ACKS)).isNull();
      Set<String> ids =
          judge.extractOutputValues().stream()
              .map(Verdict::criterionId)
              .collect(Collectors.toSet());
      assertThat(ids).doesNotContain("miss-staged");
    }
  }

  private static void play(
      KeyedTwoInputStreamOperatorTestHarness<String, StopInput, RawRecord, Verdict> judge,
      String engine,
      int from,
      int until)
      throws Exception {
    for (int index = from; index < until; index++) {
      StopInput bucket = StopInput.of(StopInputs.bucket(engine, index, null, false));
      judge.processElement1(new StreamRecord<>(bucket, 1_000));
    }
  }

  private static void say(
      KeyedTwoInputStreamOperatorTestHarness<String, StopInput, RawRecord, Verdict> judge,
      LiveCriterion record)
      throws Exception {
    judge.processElement2(new StreamRecord<>(LiveHarness.raw(1, Json.write(record))));
  }

  private static <T> List<T> out(
      KeyedTwoInputStreamOperatorTestHarness<String, StopInput, RawRecord, Verdict> judge,
      OutputTag<T> tag) {
    var records = judge.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  private static List<Verdict> of(
      KeyedTwoInputStreamOperatorTestHarness<String, StopInput, RawRecord, Verdict> judge,
      String id) {
    return judge.extractOutputValues().stream().filter(v -> v.criterionId().equals(id)).toList();
  }

  private static String fileHash(String id) {
    return StopInputs.criteria().stream()
        .filter(spec -> spec.id().equals(id))
        .findFirst()
        .orElseThrow()
        .criteriaHash();
  }

  private static String hash(String text) {
    return LiveText.read("test", text).criteriaHash();
  }

  private static LiveCriterion record(String id, long version, LiveMode mode, String text) {
    return record(id, version, mode, text, hash(text));
  }

  private static LiveCriterion record(
      String id, long version, LiveMode mode, String text, String hash) {
    return new LiveCriterion(
        LiveCriterion.SCHEMA, id, version, mode, text, hash, "ann", "a test", 1, null, null, null);
  }
}
