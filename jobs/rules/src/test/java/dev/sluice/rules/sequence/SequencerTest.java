// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import static dev.sluice.rules.sequence.EventStream.FILLS;
import static dev.sluice.rules.sequence.EventStream.HEALTH;
import static dev.sluice.rules.sequence.EventStream.ORDERS;
import static dev.sluice.rules.sequence.Talk.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.sequence.Talk.Sketch;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SequencerTest {
  private static final Sketch ORDER = Sketch.quote("c-1");

  @Test
  void aMessageThatIsNextIsToldAtOnce() {
    Talk talk = new Talk().order(0, ORDER, OrderState.INTENDED);
    SequencerBench bench = new SequencerBench().take(talk.last());
    assertThat(bench.events()).containsExactly(talk.last());
  }

  @Test
  void aHeartbeatMovesTimeOnceWhatItDeclaresHasBeenSeen() {
    Talk talk = new Talk().venueLedger(0).order(500, ORDER, OrderState.INTENDED).health(1_000);
    List<EngineEvent> said = talk.said();
    SequencerBench bench = new SequencerBench().take(said.get(0)).take(said.get(2));
    assertThat(bench.engineMs()).isEqualTo(-1);
    bench.take(said.get(1));
    assertThat(bench.engineMs()).isEqualTo(1_000);
    assertThat(bench.venueMs()).isZero();
  }

  @Test
  void anyShuffleWithinFiveSecondsIsToldInTheOrderOfTheNumbers() {
    List<EngineEvent> clean = trading(120).said();
    SequencerBench ordered = new SequencerBench().take(clean);
    for (int seed = 0; seed < 20; seed++) {
      SequencerBench bench = new SequencerBench().take(shuffled(clean, new Random(seed)));
      for (EventStream stream : EventStream.values()) {
        String run = stream.venue() ? "venue" : "run-1";
        assertThat(bench.told(stream, run)).isEqualTo(ordered.told(stream, run));
      }
      assertThat(bench.engineMs()).isEqualTo(ordered.engineMs());
      assertThat(bench.venueMs()).isEqualTo(ordered.venueMs());
      assertThat(bench.count(SequenceCount.GIVEN_UP)).isZero();
      assertThat(bench.count(SequenceCount.TOO_LATE)).isZero();
    }
  }

  @Test
  void everythingBeforeAWordOfTimeHasBeenTold() {
    List<EngineEvent> clean = trading(60).said();
    for (int seed = 0; seed < 20; seed++) {
      SequencerBench bench = new SequencerBench().take(shuffled(clean, new Random(seed)));
      long engineUs = 0;
      long venueUs = 0;
      for (EngineEvent event : bench.events()) {
        if (event.time()) {
          engineUs = event.engineUntilUs();
          venueUs = event.venueUntilUs();
        } else {
          boolean venue = EventStream.of(event).venue();
          assertThat(Stamp.timeUs(event)).isGreaterThanOrEqualTo(venue ? venueUs : engineUs);
        }
      }
    }
  }

  @Test
  void duplicatesAreDroppedAndCounted() {
    List<EngineEvent> clean = trading(30).said();
    List<EngineEvent> twice = new ArrayList<>();
    for (EngineEvent event : clean) {
      twice.add(event);
      twice.add(event);
    }
    SequencerBench bench = new SequencerBench().take(twice);
    assertThat(bench.told(ORDERS, "run-1"))
        .isEqualTo(new SequencerBench().take(clean).told(ORDERS, "run-1"));
    assertThat(bench.count(SequenceCount.DUPLICATES)).isEqualTo(clean.size());
  }

  @Test
  void aHoleHoldsItsStreamAndTimeUntilTheGraceIsOver() {
    Talk talk = new Talk().venueLedger(0).order(0, ORDER, OrderState.INTENDED).loseOrders(2);
    talk.order(100, ORDER, OrderState.ACKED).fill(200, ORDER, "f-1", "1").health(1_000);
    SequencerBench bench = new SequencerBench().take(talk.said());
    assertThat(bench.told(ORDERS, "run-1")).containsExactly(1L);
    assertThat(bench.told(FILLS, "run-1")).containsExactly(1L);
    assertThat(bench.engineMs()).isZero();
    bench.take(talk.health(10_000).last());
    assertThat(bench.told(ORDERS, "run-1")).containsExactly(1L);
    bench.take(talk.health(10_100).last());
    assertThat(bench.told(ORDERS, "run-1")).containsExactly(1L, 4L);
    assertThat(bench.count(SequenceCount.GIVEN_UP)).isEqualTo(2);
    assertThat(bench.engineMs()).isEqualTo(10_100);
  }

  @Test
  void aNumberThatComesAfterItWasGivenUpIsTooLate() {
    Talk talk = new Talk().order(0, ORDER, OrderState.INTENDED);
    EngineEvent lost = talk.order(50, ORDER, OrderState.SUBMITTED).last();
    talk.order(100, ORDER, OrderState.ACKED).order(11_000, ORDER, OrderState.FILLED);
    List<EngineEvent> without = new ArrayList<>(talk.said());
    without.remove(lost);
    SequencerBench bench = new SequencerBench().take(without);
    assertThat(bench.told(ORDERS, "run-1")).containsExactly(1L, 3L, 4L);
    bench.take(lost);
    assertThat(bench.count(SequenceCount.TOO_LATE)).isEqualTo(1);
    assertThat(bench.count(SequenceCount.DUPLICATES)).isZero();
  }

  @Test
  void aNewRunStartsItsOwnNumbersAndTheOldRunsHeldOnesAreStillTold() {
    Talk talk = new Talk().order(0, ORDER, OrderState.INTENDED);
    EngineEvent delayed = talk.order(10, ORDER, OrderState.SUBMITTED).last();
    EngineEvent held = talk.order(20, ORDER, OrderState.ACKED).last();
    EngineEvent fresh = talk.restart("run-2").order(3_000, ORDER, OrderState.INTENDED).last();
    SequencerBench bench =
        new SequencerBench().take(talk.said().get(0)).take(held).take(fresh).take(delayed);
    assertThat(bench.told(ORDERS, "run-1")).containsExactly(1L, 2L, 3L);
    assertThat(bench.told(ORDERS, "run-2")).containsExactly(1L);
  }

  @Test
  void aNewRunThatHasSentNothingSaysNothingOfTheRunBefore() {
    Talk talk = new Talk().venueLedger(0).order(0, ORDER, OrderState.INTENDED).health(1_000);
    SequencerBench bench = new SequencerBench().take(talk.said());
    talk.order(1_500, ORDER, OrderState.SUBMITTED);
    EngineEvent unread = talk.last();
    bench.take(talk.restart("run-2").health(5_000).last());
    assertThat(bench.engineMs()).isEqualTo(1_000);
    bench.take(unread).take(talk.rests(5_100, Sketch.quote("c-2")).said().get(5));
    assertThat(bench.engineMs()).isEqualTo(1_000);
    bench.bucket(word(10_000));
    assertThat(bench.engineMs()).isEqualTo(10_000);
  }

  @Test
  void aStreamJoinedInItsMiddleBeginsWithTheSmallestNumberThatFollowsShortly() {
    Talk talk = new Talk().loseOrders(4_999);
    for (int i = 0; i < 8; i++) {
      talk.order(i * 1_000L, Sketch.quote("c-" + i), OrderState.INTENDED);
    }
    List<EngineEvent> said = talk.said();
    SequencerBench bench = new SequencerBench().take(said.get(2)).take(said.get(0));
    bench.take(said.get(1)).take(said.subList(3, 6));
    assertThat(bench.told(ORDERS, "run-1")).isEmpty();
    bench.take(said.subList(6, 8));
    assertThat(bench.told(ORDERS, "run-1"))
        .isEqualTo(LongStream.rangeClosed(5_000, 5_007).boxed().toList());
    assertThat(bench.count(SequenceCount.GIVEN_UP)).isZero();
  }

  @Test
  void aStreamJoinedLateHoldsTimeBackUntilItsBeginningIsKnown() {
    Talk talk = new Talk().venueLedger(0).loseOrders(99).order(0, ORDER, OrderState.ACKED);
    SequencerBench bench = new SequencerBench().take(talk.health(1_000).said());
    assertThat(bench.engineMs()).isEqualTo(-1);
    bench.take(talk.health(5_000).last());
    assertThat(bench.engineMs()).isEqualTo(5_000);
    assertThat(bench.told(ORDERS, "run-1")).containsExactly(100L);
  }

  @Test
  void anEngineThatDeclaresNothingIsGivenTheBoundOfDisorder() {
    Talk talk = new Talk().venueLedger(0).health(0, (SentCounts) null);
    talk.order(8_000, ORDER, OrderState.INTENDED);
    SequencerBench bench = new SequencerBench().take(talk.said());
    assertThat(bench.engineMs()).isEqualTo(3_000);
  }

  @Test
  void aSilentEnginesTimeFollowsTheBucketsOnceTheirInputsHaveBeenSeen() {
    Talk talk = new Talk().venueLedger(0).order(0, ORDER, OrderState.INTENDED);
    SequencerBench bench = new SequencerBench().take(talk.said());
    bench.bucket(word(10_000, new InputRange(Topics.ORDERS, 0, 0, 1)));
    assertThat(bench.engineMs()).isEqualTo(-1);
    bench.take(talk.order(9_000, ORDER, OrderState.SUBMITTED).last());
    assertThat(bench.engineMs()).isEqualTo(10_000);
    bench.bucket(word(20_000));
    assertThat(bench.engineMs()).isEqualTo(20_000);
  }

  @Test
  void whatWasDeclaredAndNeverCameIsNotWaitedForAfterTheBucketHasGivenItUp() {
    Talk talk = new Talk().venueLedger(0).order(0, ORDER, OrderState.INTENDED).loseOrders(3);
    SequencerBench bench = new SequencerBench().take(talk.health(5_000).said());
    assertThat(bench.engineMs()).isEqualTo(-1);
    bench.bucket(word(10_000));
    assertThat(bench.engineMs()).isEqualTo(10_000);
    assertThat(bench.count(SequenceCount.GIVEN_UP)).isEqualTo(3);
    bench.take(talk.order(12_000, ORDER, OrderState.ACKED).last());
    assertThat(bench.told(ORDERS, "run-1")).containsExactly(1L, 5L);
  }

  @Test
  void timeWaitsForAVenueThatMayBeUnreadAndGoesOnWhenPatienceIsOver() {
    Talk talk = new Talk().venueLedger(0);
    for (int second = 0; second <= 120; second++) {
      talk.health(second * 1_000L);
    }
    SequencerBench bench = new SequencerBench().take(talk.said());
    assertThat(bench.engineMs()).isEqualTo(30_000);
    assertThat(bench.needsFirings()).isTrue();
    bench.fire(49);
    assertThat(bench.engineMs()).isEqualTo(30_000);
    bench.fire(1);
    assertThat(bench.engineMs()).isEqualTo(120_000);
    assertThat(bench.venueMs()).isZero();
    bench.take(talk.health(200_000).last());
    assertThat(bench.engineMs()).isEqualTo(200_000);
    assertThat(bench.needsFirings()).isFalse();
  }

  @Test
  void aVenueThatSpeaksAgainIsWaitedForAgain() {
    Talk talk = new Talk().venueLedger(0).health(100_000);
    SequencerBench bench = new SequencerBench().take(talk.said()).fire(50);
    assertThat(bench.engineMs()).isEqualTo(100_000);
    bench.take(talk.venueLedger(100_000).last()).take(talk.health(140_000).last());
    assertThat(bench.engineMs()).isEqualTo(130_000);
    assertThat(bench.needsFirings()).isTrue();
  }

  @Test
  void absenceIsNoEvidenceInAColdProcess() {
    Talk talk = new Talk().venueLedger(0).health(100_000);
    SequencerBench bench = new SequencerBench().cold().take(talk.said()).fire(500);
    assertThat(bench.engineMs()).isEqualTo(30_000);
  }

  @Test
  void anEngineWithoutAnyVenueIsToldAfterThePatience() {
    Talk talk = new Talk().health(1_000);
    SequencerBench bench = new SequencerBench().take(talk.said());
    assertThat(bench.engineMs()).isEqualTo(-1);
    bench.fire(50);
    assertThat(bench.engineMs()).isEqualTo(1_000);
  }

  @Test
  void oneMessageFarAheadOfItsStreamIsRefusedAndHoldsNothing() {
    Talk talk = new Talk().venueLedger(0).order(0, ORDER, OrderState.INTENDED);
    talk.order(3_600_000, ORDER, OrderState.SUBMITTED).order(20, ORDER, OrderState.ACKED);
    SequencerBench bench = new SequencerBench().take(talk.health(1_000).said());
    assertThat(bench.told(ORDERS, "run-1")).containsExactly(1L, 3L);
    assertThat(bench.refused()).hasSize(1);
    assertThat(bench.engineMs()).isEqualTo(1_000);
  }

  @Test
  void aHeartbeatFarAheadDoesNotMoveTime() {
    Talk talk = new Talk().venueLedger(0).health(1_000).health(7_200_000).health(2_000);
    SequencerBench bench = new SequencerBench().take(talk.said());
    assertThat(bench.engineMs()).isEqualTo(2_000);
    assertThat(bench.told(HEALTH, "run-1")).containsExactly(1L, 3L);
  }

  @Test
  void aJumpOfTimeThatThreeMessagesAgreeOnIsTold() {
    Talk talk = new Talk().order(0, ORDER, OrderState.INTENDED);
    for (int i = 0; i < 3; i++) {
      talk.order(7_200_000 + i, ORDER, OrderState.ACKED);
    }
    SequencerBench bench = new SequencerBench().take(talk.said());
    assertThat(bench.told(ORDERS, "run-1")).containsExactly(1L, 2L, 3L, 4L);
    assertThat(bench.refused()).isEmpty();
  }

  @Test
  void aFillAfterALongQuietTimeIsToldAtOnceWhenTimeHasComeThatFar() {
    Talk talk = new Talk().venueLedger(0).fill(0, ORDER, "f-1", "1").health(1_000);
    for (int minute = 1; minute <= 60; minute++) {
      talk.venueLedger(minute * 60_000L).health(minute * 60_000L);
    }
    talk.fill(3_600_500, ORDER, "f-2", "1");
    SequencerBench bench = new SequencerBench().take(talk.said());
    assertThat(bench.told(FILLS, "run-1")).containsExactly(1L, 2L);
  }

  @Test
  void tooMuchWaitingGivesUpTheOldestHole() {
    SequenceLimits tight =
        new SequenceLimits(10_000_000, 5_000_000, 900_000_000, 30_000_000, 50, 3, 100);
    Talk talk = new Talk().order(0, ORDER, OrderState.INTENDED).loseOrders(1);
    for (int i = 0; i < 4; i++) {
      talk.order(10 + i, ORDER, OrderState.ACKED);
    }
    SequencerBench bench = new SequencerBench(tight).take(talk.said());
    assertThat(bench.told(ORDERS, "run-1")).containsExactly(1L, 3L, 4L, 5L, 6L);
    assertThat(bench.count(SequenceCount.OVERFLOWS)).isEqualTo(1);
  }

  @Test
  void theEndOfInputTellsWhatStillWaits() {
    Talk talk = new Talk().order(0, ORDER, OrderState.INTENDED).loseOrders(1);
    talk.order(10, ORDER, OrderState.ACKED).health(1_000);
    SequencerBench bench = new SequencerBench().take(talk.said()).end();
    assertThat(bench.told(ORDERS, "run-1")).containsExactly(1L, 3L);
    assertThat(bench.engineMs()).isEqualTo(1_000);
  }

  @Test
  void aPersonsWordIsPassedOnWithTheProvenanceOfTheEngine() {
    Talk talk = new Talk().source(Source.PAPER).health(0);
    Command resume =
        new Command(
            Command.SCHEMA,
            "k-1",
            Talk.ENGINE,
            "ann",
            "checked",
            CommandAction.RESUME,
            "engine",
            null,
            at(0),
            null);
    SequencerBench bench =
        new SequencerBench().take(talk.last()).take(EngineEvent.of(resume, Source.LIVE));
    assertThat(bench.events().get(1)).isEqualTo(EngineEvent.of(resume, Source.PAPER));
  }

  private static BucketWord word(long endMs, InputRange... inputs) {
    return new BucketWord(
        Talk.ENGINE, at(endMs), inputs.length == 0 ? null : List.of(inputs), Source.SIMULATED, 0);
  }

  private static Talk trading(int seconds) {
    Talk talk = new Talk();
    for (int second = 0; second < seconds; second++) {
      long ms = second * 1_000L;
      if (second % 10 == 0) {
        talk.venueLedger(ms).engineLedger(ms, List.of());
      }
      talk.health(ms);
      Sketch sketch = Sketch.quote("c-" + second);
      talk.rests(ms + 100, sketch).fill(ms + 300, sketch, "f-" + second, "1");
      talk.copy(ms + 299, sketch, OrderState.FILLED, "1");
      talk.order(ms + 300, sketch, OrderState.FILLED, "1");
    }
    return talk.venueLedger(seconds * 1_000L).health(seconds * 1_000L);
  }

  /** Each message is late by up to five seconds of its own time. */
  private static List<EngineEvent> shuffled(List<EngineEvent> clean, Random random) {
    record Late(EngineEvent event, long arrivesUs) {}
    return clean.stream()
        .map(event -> new Late(event, Stamp.timeUs(event) + random.nextInt(5_000_000)))
        .sorted(Comparator.comparingLong(Late::arrivesUs))
        .map(Late::event)
        .toList();
  }
}
