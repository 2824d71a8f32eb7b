// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static dev.sluice.rules.trial.TrialTape.HOUR;
import static dev.sluice.rules.trial.TrialTape.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Rollout;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.TrialState;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Stages that come and go, what they are judged on, and what is said each minute. */
class TrialJudgeTest {
  private static final TrialPlan PLAN = TrialYaml.parse("eta.yaml", Plans.ETA);
  private static final TrialPlan SHORT =
      TrialYaml.parse("eta.yaml", Plans.ETA.replace("dwell: 24h", "dwell: 4h"));
  private static final Map<String, Object> MISSING = Map.of("deadline_misses", 10);

  @Test
  void everyClosedStartIsJudgedTrialOrNot() {
    TrialTape tape =
        new TrialTape().stage(30, TrialTape.running(PLAN, 0.5, 30)).stage(60, given(PLAN, 60));
    TrialRun run = new TrialRun(PLAN).play(tape, 0, 90);
    List<Verdict> markers = run.of(Verdict.PROGRESS);
    assertThat(markers).hasSize(90);
    assertThat(markers).allMatch(marker -> marker.progressOf().equals("trial"));
    assertThat(markers.get(89).eventTimeUs()).isEqualTo(EngineTape.startUs(90));
    assertThat(run.statuses).hasSize(5);
  }

  @Test
  void aBetterArmIsAcceptedWhenItHasShownAllAndNotBefore() {
    TrialTape tape = running(SHORT, 0.5).with(Arm.B, 0, Long.MAX_VALUE, capture(3));
    TrialRun run = new TrialRun(SHORT).play(tape, 0, 4 * HOUR + 10 * MINUTE);
    List<Verdict> words = run.of(Verdict.ACCEPTANCE);
    assertThat(words).hasSize(250);
    long first =
        words.stream()
            .filter(v -> v.outcome() == VerdictOutcome.PASS)
            .findFirst()
            .orElseThrow()
            .eventTimeUs();
    assertThat(first).isEqualTo(EngineTape.startUs(4 * HOUR));
    Verdict last = words.get(249);
    assertThat(last.outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(last.scopeKey()).isEqualTo("trial=auto-spread-queue-eta,stage=50");
    assertThat(last.criteriaHash()).isEqualTo(SHORT.planHash());
    assertThat(last.action()).isNull();
    assertThat(last.phase()).isEqualTo(Phase.CLEAR);
    assertThat(last.evidence().measured()).isBetween(1.5, 2.5);
    assertThat(last.evidence().limit()).isEqualTo(0.2);
    assertThat(run.status().wish()).isEqualTo(Rollout.PROMOTE);
    assertThat(run.status().coveredMs()).isEqualTo((4 * 60 + 10) * 60_000L);
    assertThat(words.get(120).evidence().reason()).contains("more covered time");
  }

  @Test
  void aCriterionThatDoesNotPassHoldsThePromotion() {
    TrialTape tape =
        running(SHORT, 0.5)
            .with(Arm.B, 0, Long.MAX_VALUE, capture(3))
            .with(Arm.B, 4 * HOUR, 4 * HOUR + 4 * MINUTE, MISSING);
    TrialRun run = new TrialRun(SHORT).play(tape, 0, 4 * HOUR + 3 * MINUTE);
    assertThat(run.status().wish()).isEqualTo(Rollout.HOLD);
    assertThat(run.status().reason()).contains("trial-deadline-miss says BREACH (PENDING)");
    assertThat(run.last(Verdict.ACCEPTANCE).outcome()).isEqualTo(VerdictOutcome.BREACH);
  }

  @Test
  void anotherStageBeginsAfresh() {
    TrialTape tape =
        new TrialTape()
            .stage(0, TrialTape.running(PLAN, 0.1, 0))
            .stage(2 * HOUR, TrialTape.running(PLAN, 0.5, 2 * HOUR));
    TrialRun run = new TrialRun(PLAN).play(tape, 0, 2 * HOUR + MINUTE);
    TrialStatus before = run.statuses.get(run.statuses.size() - 2);
    assertThat(before.stage()).isEqualTo("10");
    assertThat(before.coveredMs()).isEqualTo(7_200_000);
    assertThat(before.slotsA()).isEqualTo(108);
    assertThat(before.slotsB()).isEqualTo(12);
    assertThat(run.status().stage()).isEqualTo("50");
    assertThat(run.status().coveredMs()).isEqualTo(60_000);
    assertThat(run.status().slotsA()).isZero();
    assertThat(run.memory.blocks()).isEmpty();
  }

  @Test
  void aStageThatBeginsWithinABlockCountsFromTheNextOne() {
    long since = 3 * MINUTE;
    TrialTape tape = new TrialTape().stage(since, TrialTape.running(PLAN, 0.1, since));
    TrialRun run = new TrialRun(PLAN).play(tape, 0, 20 * MINUTE);
    assertThat(run.status().slotsA() + run.status().slotsB()).isEqualTo(10);
    assertThat(run.memory.blocks())
        .extracting(block -> block.startUs)
        .containsExactly(EngineTape.startUs(since), EngineTape.startUs(10 * MINUTE));
    assertThat(run.memory.blocks().get(0).a.ticks + run.memory.blocks().get(0).b.ticks)
        .isEqualTo(7 * 100);
  }

  @Test
  void afterTheWayBackNothingOfTheTrialStands() {
    long onset = HOUR;
    TrialTape tape =
        running(PLAN, 0.5)
            .with(Arm.B, onset, Long.MAX_VALUE, MISSING)
            .stage(onset + 11 * MINUTE, given(PLAN, onset + 11 * MINUTE));
    TrialRun run = new TrialRun(PLAN).play(tape, 0, onset + 30 * MINUTE);
    Verdict last = run.last("trial-deadline-miss");
    assertThat(run.first("trial-deadline-miss", Action.ROLLBACK)).isNotNull();
    assertThat(last.phase()).isEqualTo(Phase.CLEAR);
    assertThat(last.outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(last.episodeStartUs()).isZero();
    assertThat(last.eventTimeUs()).isEqualTo(EngineTape.startUs(onset + 11 * MINUTE + 1));
    assertThat(last.scopeKey()).isEqualTo("trial=auto-spread-queue-eta,stage=50");
    assertThat(run.verdicts.stream().filter(v -> v.eventTimeUs() > last.eventTimeUs()))
        .allMatch(Verdict::progressMarker);
    assertThat(run.memory.slotCount()).isZero();
    assertThat(run.memory.criterionCount()).isZero();
    assertThat(run.memory.analysis()).isNull();
  }

  @Test
  void bucketsOfTheWrongArmAreNotCountedAndHoldThePromotion() {
    TrialTape tape = running(SHORT, 0.5).with(Arm.B, 0, Long.MAX_VALUE, capture(3));
    TrialRun run = new TrialRun(SHORT);
    for (long index = 0; index < 4 * HOUR + 6; index++) {
      for (Bucket bucket : tape.buckets(index)) {
        boolean wrong = index == 7 || index == 8;
        run.bucket(
            wrong && bucket.arm() != null
                ? EngineTape.part(
                    index,
                    TrialTape.SYMBOL,
                    bucket.arm() == Arm.A ? "B" : "A",
                    Map.of("fills", 1_000_000))
                : bucket);
      }
    }
    assertThat(run.status().reason())
        .contains("2 buckets hold ticks of an arm in slots that are not that arm's");
    assertThat(run.status().wish()).isEqualTo(Rollout.HOLD);
    assertThat(run.memory.analysis().totalA.sums.fills + run.memory.analysis().totalB.sums.fills)
        .isEqualTo((240 * 5 - 2) * 10);
  }

  @Test
  void ordersThatOutliveTheirSlotAreNotCountedAndHoldThePromotionWhenTheyAreMany() {
    TrialTape tape = running(SHORT, 0.5);
    TrialRun run = new TrialRun(SHORT);
    for (long index = 0; index < HOUR; index++) {
      for (Bucket bucket : tape.buckets(index)) {
        run.bucket(bucket);
        boolean first = index > 90 && run.memory.stage().strays == 0;
        if (bucket.arm() == Arm.A && (first || index > 300)) {
          run.bucket(stray(index));
        }
      }
      if (index == HOUR - 61) {
        assertThat(run.memory.stage().strays).isEqualTo(1);
        assertThat(run.status().reason()).doesNotContain("buckets hold orders");
      }
    }
    assertThat(run.status().reason())
        .containsPattern("\\d+ of \\d+ buckets hold orders of an arm in slots of the other");
    assertThat(run.memory.stage().misassigned).isZero();
    assertThat(run.memory.analysis().totalB.sums.fills % 10).isZero();
  }

  private static Bucket stray(long index) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("ticks", 0);
    fields.put("events", 1);
    fields.put("fills", 1);
    fields.put("total_us_histogram", null);
    return EngineTape.part(index, TrialTape.SYMBOL, "B", fields);
  }

  @Test
  void theSameBucketsGiveTheSameWordsInWhateverOrderTheirPartsCome() {
    List<List<Bucket>> starts = new ArrayList<>();
    TrialTape tape = running(PLAN, 0.5).with(Arm.B, HOUR, Long.MAX_VALUE, MISSING);
    for (long index = 0; index < 2 * HOUR; index++) {
      List<Bucket> buckets = new ArrayList<>(tape.buckets(index));
      for (String symbol : List.of("ETHUSDT", "BTCUSDT", "XRPUSDT")) {
        Arm arm = index % MINUTE == 0 ? null : arm(symbol, index);
        if (arm != null) {
          buckets.add(0, EngineTape.part(index, symbol, arm.name(), Map.of("fills", index % 3)));
        }
      }
      starts.add(buckets);
    }
    TrialRun straight = new TrialRun(PLAN);
    TrialRun shuffled = new TrialRun(PLAN);
    Random random = new Random(7);
    for (List<Bucket> start : starts) {
      start.forEach(straight::bucket);
      List<Bucket> parts = new ArrayList<>(start.subList(0, start.size() - 1));
      Collections.shuffle(parts, random);
      parts.forEach(shuffled::bucket);
      shuffled.bucket(start.get(start.size() - 1));
    }
    assertThat(straight.asked()).isNotEmpty();
    assertThat(shuffled.verdicts).isEqualTo(straight.verdicts);
    assertThat(shuffled.statuses).isEqualTo(straight.statuses);
    assertThat(straight.verdicts).extracting(Verdict::verdictId).doesNotHaveDuplicates();
  }

  @Test
  void aBucketJudgedBeforeOrOfAnotherWidthIsIgnored() {
    TrialTape tape = running(PLAN, 0.5);
    TrialRun run = new TrialRun(PLAN).play(tape, 0, 10);
    assertThat(run.bucket(tape.buckets(9).get(1)).ignored()).isTrue();
    assertThat(run.bucket(tape.buckets(8).get(0)).ignored()).isTrue();
    assertThat(run.bucket(new EngineTape().always("width_ms", 20_000).bucket(10)).ignored())
        .isTrue();
    assertThat(run.bucket(tape.buckets(10).get(0)).ignored()).isFalse();
  }

  @Test
  void aBlockWithAHoleInItIsNotCounted() {
    TrialTape tape = running(PLAN, 0.5);
    TrialRun run = new TrialRun(PLAN).play(tape, 0, 4 * MINUTE).play(tape, 5 * MINUTE, 8 * MINUTE);
    assertThat(run.memory.analysis().totalA.slots + run.memory.analysis().totalB.slots)
        .isEqualTo(2 * 3);
    assertThat(run.memory.slotCount()).isLessThanOrEqualTo(4);
  }

  @Test
  void memoryDoesNotGrowWithTheLengthOfAStage() {
    TrialTape tape = running(PLAN, 0.5);
    TrialRun run = new TrialRun(PLAN).play(tape, 0, 3 * HOUR);
    assertThat(run.memory.slotCount()).isLessThanOrEqualTo(4);
    assertThat(run.memory.parts()).isEmpty();
    assertThat(run.memory.blocks()).hasSize(90);
  }

  @Test
  void slotsThatAreNoWholeBucketsAreRefused() {
    assertThatThrownBy(() -> new TrialJudge(Map.of(PLAN.id(), PLAN), List.of(), 7_000, 60_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiples of a bucket, 7000 ms");
  }

  private static TrialTape running(TrialPlan plan, double share) {
    return new TrialTape().stage(0, TrialTape.running(plan, share, 0));
  }

  private static TrialState given(TrialPlan plan, long sinceIndex) {
    RolloutState back = RolloutState.rolledBack(plan.id());
    return new TrialState(
        plan.id(),
        back.stage(),
        back.treatmentShare(),
        EngineTape.startUs(sinceIndex),
        plan.salt(),
        plan.slotMs(),
        plan.warmupMs(),
        TrialState.armBHash(plan.armB()));
  }

  private static Map<String, Object> capture(double bps) {
    return Map.of("capture", TrialTape.fills(bps));
  }

  private static Arm arm(String symbol, long index) {
    long slot = SlotAssignment.slot(EngineTape.startUs(index), PLAN.slotMs());
    return SlotAssignment.arm(PLAN.salt(), symbol, slot, 0.5);
  }
}
