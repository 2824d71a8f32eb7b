// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import static dev.sluice.rules.sequence.Talk.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.sequence.Talk;
import dev.sluice.rules.sequence.Talk.Sketch;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Order states, identities and intents; hedges and clocks have tests of their own. */
class IntegrityJudgeTest {
  private static final Sketch C1 = Sketch.quote("c-1");

  @Test
  void aHealthyOrderGivesNoFindingAndEveryCriterionPasses() {
    Talk talk = new Talk().venueLedger(0).health(0).rests(100, C1);
    talk.copy(200, C1, OrderState.PARTIALLY_FILLED, "0.4");
    talk.order(203, C1, OrderState.PARTIALLY_FILLED, "0.4", 200L, null);
    talk.fill(203, C1, "f-1", "0.4").order(300, C1, OrderState.CANCEL_REQUESTED, "0.4");
    talk.copy(302, C1, OrderState.FILLED, "1");
    talk.order(304, C1, OrderState.FILLED, "1", 302L, null).fill(304, C1, "f-2", "0.6");
    IntegrityBench bench = new IntegrityBench().take(alive(talk, 1, 120));
    assertThat(bench.told()).isEmpty();
    for (String id : List.of("order-states", "idempotency", "intent-journal", "venue-clock")) {
      assertThat(bench.last(id)).as(id).isEqualTo("PASS CLEAR");
    }
  }

  @Test
  void anIllegalMoveIsFoundOnceAtItsTimeWithItsOffset() {
    Talk talk = new Talk().venueLedger(0).health(0).rests(100, C1);
    talk.order(200, C1, OrderState.FILLED, "1").order(300, C1, OrderState.ACKED, "1");
    talk.order(400, C1, OrderState.PARTIALLY_FILLED, "1").health(1_000);
    IntegrityBench bench = new IntegrityBench().take(talk);
    assertThat(bench.told()).containsExactly("300 ILLEGAL_MOVE order=c-1 CONFIRMED");
    Finding finding = bench.findings().get(0);
    assertThat(finding.reason()).isEqualTo("FILLED may not become ACKED");
    assertThat(finding.inputs())
        .singleElement()
        .satisfies(i -> assertThat(i.lastOffset()).isEqualTo(4));
    assertThat(bench.last("order-states")).isEqualTo("BREACH TRIPPED REDUCE_ONLY");
  }

  @Test
  void whatAMessageShowsIsJudgedAtItsOwnTimeAndWaitsForNoWordOfTime() {
    Talk talk = new Talk().venueLedger(0).health(0).rests(100, C1);
    talk.order(200, C1, OrderState.FILLED, "1").order(300, C1, OrderState.ACKED, "1");
    IntegrityBench bench = new IntegrityBench().take(talk);
    Verdict trip = tripOf(bench, "order-states");
    assertThat(trip.eventTimeUs()).isEqualTo(Talk.START_US + 300_000);
    assertThat(trip.episodeStartUs()).isEqualTo(Talk.START_US + 300_000);
    bench.take(alive(talk, 1, 20));
    assertThat(tripOf(bench, "order-states")).isEqualTo(trip);
  }

  @Test
  void clocksThatNothingHasComparedAreNoData() {
    Talk talk = new Talk().venueLedger(0).health(0).order(100, C1, OrderState.INTENDED);
    IntegrityBench bench = new IntegrityBench().take(alive(talk, 1, 5));
    assertThat(bench.last("venue-clock")).isEqualTo("NO_DATA CLEAR");
    assertThat(bench.last("order-states")).isEqualTo("PASS CLEAR");
  }

  private static Verdict tripOf(IntegrityBench bench, String criterionId) {
    return bench.verdicts().stream()
        .filter(v -> v.criterionId().equals(criterionId) && v.phase() == Phase.TRIPPED)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPartialFillWhileACancelIsUnderWayIsLegal() {
    Talk talk = new Talk().rests(100, C1).order(200, C1, OrderState.CANCEL_REQUESTED);
    talk.order(210, C1, OrderState.CANCEL_REQUESTED, "0.5");
    talk.order(220, C1, OrderState.CANCELLED, "0.5");
    assertThat(new IntegrityBench().take(talk).told()).isEmpty();
  }

  @Test
  void aLateFillAfterCancelledIsLegal() {
    Talk talk = new Talk().rests(100, C1).order(200, C1, OrderState.CANCEL_REQUESTED);
    talk.order(220, C1, OrderState.CANCELLED, "0").fill(300, C1, "f-1", "1");
    talk.order(300, C1, OrderState.CANCELLED, "1");
    assertThat(new IntegrityBench().take(talk).told()).isEmpty();
  }

  @Test
  void aFallOfTheCumulativeQuantityIsFound() {
    Talk talk = new Talk().rests(100, C1).order(200, C1, OrderState.PARTIALLY_FILLED, "0.5");
    talk.order(210, C1, OrderState.PARTIALLY_FILLED, "0.25");
    talk.order(300, C1, OrderState.FILLED, "1");
    assertThat(new IntegrityBench().take(talk).told())
        .containsExactly("210 CUM_QTY_FELL order=c-1 CONFIRMED");
  }

  @Test
  void aMoveThatOnlyAHoleInTheStreamExplainsIsNoFinding() {
    Talk talk = new Talk().order(0, C1, OrderState.INTENDED).loseOrders(2);
    talk.order(300, C1, OrderState.FILLED, "1")
        .order(11_000, Sketch.quote("c-2"), OrderState.INTENDED);
    assertThat(new IntegrityBench().take(talk).told()).isEmpty();
  }

  @Test
  void aFillBookedTwiceIsFoundOnce() {
    Talk talk = new Talk().rests(100, C1).fill(200, C1, "f-1", "1", "5");
    talk.fill(201, C1, "f-1", "1", "5").fill(202, C1, "f-1", "1", "5");
    assertThat(new IntegrityBench().take(talk).told())
        .containsExactly("201 DUPLICATE_FILL fill=f-1 CONFIRMED");
  }

  @Test
  void aFillToldAgainByTheNextProcessIsBookedOnceOnlyWhenThePositionSaysSo() {
    Talk talk = new Talk().rests(100, C1).fill(200, C1, "f-1", "1", "5").restart("run-2");
    talk.fill(5_000, C1, "f-1", "1", "5");
    assertThat(new IntegrityBench().take(talk).told()).isEmpty();
    talk.restart("run-3").fill(9_000, C1, "f-1", "1", "6");
    assertThat(new IntegrityBench().take(talk).told())
        .containsExactly("9000 DUPLICATE_FILL fill=f-1 CONFIRMED");
  }

  @Test
  void anOrderSubmittedTwiceIsFound() {
    Talk talk = new Talk().order(100, C1, OrderState.INTENDED).order(100, C1, OrderState.SUBMITTED);
    talk.order(101, C1, OrderState.SUBMITTED).order(110, C1, OrderState.ACKED);
    assertThat(new IntegrityBench().take(talk).told())
        .containsExactly("101 DUPLICATE_ORDER order=c-1 CONFIRMED");
  }

  @Test
  void anOrderSubmittedAgainLongAfterItsEndIsFound() {
    Talk talk = new Talk().venueLedger(0).health(0).rests(100, C1);
    talk.order(200, C1, OrderState.FILLED, "1");
    alive(talk, 1, 300).order(300_100, C1, OrderState.SUBMITTED);
    assertThat(new IntegrityBench().take(talk).told())
        .containsExactly("300100 DUPLICATE_ORDER order=c-1 CONFIRMED");
  }

  @Test
  void theNextProcessMayResolveAndResendWhatTheLastOneLeftOpen() {
    Talk talk = new Talk().venueLedger(0).health(0).order(100, C1, OrderState.INTENDED);
    Sketch second = Sketch.quote("c-2");
    talk.order(200, second, OrderState.INTENDED).order(200, second, OrderState.SUBMITTED);
    talk.restart("run-2").order(5_000, C1, OrderState.REJECTED);
    talk.order(5_000, second, OrderState.SUBMITTED).order(5_010, second, OrderState.ACKED);
    talk.order(5_020, Sketch.quote("c-0"), OrderState.CANCEL_REQUESTED);
    assertThat(new IntegrityBench().take(talk).told()).isEmpty();
  }

  @Test
  void aSubmissionWithoutAnIntentIsIllegal() {
    Talk talk = new Talk().rests(0, C1).order(100, Sketch.quote("c-2"), OrderState.SUBMITTED);
    assertThat(new IntegrityBench().take(talk).told())
        .containsExactly("100 ILLEGAL_MOVE order=c-2 CONFIRMED");
  }

  @Test
  void anIntentWithoutOutcomeIsFoundAfterAMinuteAndHealsWithTheOutcome() {
    Talk talk = new Talk().venueLedger(0).health(0).order(1_000, C1, OrderState.INTENDED);
    alive(talk, 1, 61);
    assertThat(new IntegrityBench().take(talk).told()).isEmpty();
    talk.health(62_000);
    assertThat(new IntegrityBench().take(talk).told())
        .containsExactly("61000 INTENT_WITHOUT_OUTCOME order=c-1 CONFIRMED");
    talk.order(62_500, C1, OrderState.SUBMITTED).order(62_510, C1, OrderState.ACKED).health(63_000);
    IntegrityBench bench = new IntegrityBench().take(talk);
    assertThat(bench.told()).last().isEqualTo("62510 INTENT_WITHOUT_OUTCOME order=c-1 HEALED");
    assertThat(bench.findings().get(1).ageMs()).isEqualTo(61_510);
  }

  @Test
  void anEngineThatIsSilentIsGivenItsTimeWhenItSpeaksAgain() {
    Talk talk = new Talk().venueLedger(0).health(0).order(1_000, C1, OrderState.INTENDED);
    talk.order(1_000, C1, OrderState.SUBMITTED).venueLedger(600_000).health(600_000);
    talk.order(600_100, C1, OrderState.ACKED);
    assertThat(new IntegrityBench().take(alive(talk, 601, 700)).told()).isEmpty();
  }

  @Test
  void anOrderOfTheVenueWithoutAnIntentIsFoundAfterTheGraceAndHealsWhenItEndsUnfilled() {
    Talk talk = new Talk().venueLedger(0).health(0).rests(500, C1);
    Sketch foreign = Sketch.quote("x-9");
    talk.copy(1_000, foreign, OrderState.ACKED, "0");
    alive(talk, 1, 6);
    IntegrityBench bench = new IntegrityBench().take(talk);
    assertThat(bench.told()).containsExactly("6000 ORDER_WITHOUT_INTENT order=x-9 CONFIRMED");
    assertThat(bench.last("intent-journal")).isEqualTo("BREACH TRIPPED REDUCE_ONLY");
    talk.copy(7_000, foreign, OrderState.CANCELLED, "0");
    bench.take(talk.last());
    bench.take(talk.health(8_000).last());
    assertThat(bench.told()).last().isEqualTo("7000 ORDER_WITHOUT_INTENT order=x-9 HEALED");
  }

  @Test
  void theDropCopyMayBeReadLongBeforeTheOrders() {
    Talk talk = new Talk().venueLedger(0).health(0).rests(1_000, C1).venueLedger(10_000);
    alive(talk, 1, 20);
    List<dev.sluice.rules.sequence.EngineEvent> venueFirst = new java.util.ArrayList<>(talk.said());
    venueFirst.sort(
        java.util.Comparator.comparing(
            event -> !dev.sluice.rules.sequence.EventStream.of(event).venue()));
    assertThat(new IntegrityBench().take(venueFirst).told()).isEmpty();
  }

  @Test
  void aTimeOutBeforeTheVenuesDeadlineIsFound() {
    Talk talk = new Talk().order(0, C1, OrderState.INTENDED).order(0, C1, OrderState.SUBMITTED);
    talk.order(1, C1, OrderState.UNKNOWN, "0", null, "no answer from the venue");
    talk.order(5, C1, OrderState.ACKED);
    assertThat(new IntegrityBench().take(talk).told())
        .containsExactly("1 EARLY_TIMEOUT order=c-1 CONFIRMED");
  }

  @Test
  void aTimeOutAfterItIsNone() {
    Talk talk = new Talk().order(0, C1, OrderState.INTENDED).order(0, C1, OrderState.SUBMITTED);
    talk.order(10_000, C1, OrderState.UNKNOWN, "0", null, "no answer from the venue");
    assertThat(new IntegrityBench().take(talk).told()).isEmpty();
  }

  @Test
  void aPersonsResumeAcknowledgesWhatStands() {
    Talk talk = new Talk().venueLedger(0).health(0).rests(100, C1);
    talk.fill(200, C1, "f-1", "1").fill(201, C1, "f-1", "1").health(1_000);
    IntegrityBench bench = new IntegrityBench().take(talk);
    assertThat(bench.last("idempotency")).isEqualTo("BREACH TRIPPED REDUCE_ONLY");
    bench.command(CommandAction.RESUME, null);
    assertThat(bench.told()).last().isEqualTo("1000 DUPLICATE_FILL fill=f-1 ACKNOWLEDGED");
    bench.take(talk.health(2_000).last());
    assertThat(bench.last("idempotency")).isEqualTo("PASS CLEAR");
  }

  @Test
  void acknowledgeConcernsTheNamedCriterionOnly() {
    Talk talk = new Talk().venueLedger(0).health(0).rests(100, C1);
    talk.fill(200, C1, "f-1", "1").fill(201, C1, "f-1", "1").health(1_000);
    IntegrityBench bench = new IntegrityBench().take(talk);
    bench.command(CommandAction.ACKNOWLEDGE, "order-states");
    assertThat(bench.findings()).hasSize(1);
    bench.command(CommandAction.ACKNOWLEDGE, "idempotency");
    assertThat(bench.findings()).hasSize(2);
  }

  @Test
  void anEngineNotHeardForAMinuteIsNoData() {
    Talk talk = new Talk().venueLedger(0).health(0).venueLedger(100_000);
    IntegrityBench bench = new IntegrityBench().take(alive(talk, 1, 10));
    assertThat(bench.last("order-states")).isEqualTo("PASS CLEAR");
    for (int second = 20; second <= 100; second += 10) {
      bench
          .sequence()
          .bucket(
              new dev.sluice.rules.sequence.BucketWord(
                  Talk.ENGINE, at(second * 1_000L), null, dev.sluice.schemas.Source.SIMULATED, 0));
    }
    bench.patience();
    assertThat(bench.last("order-states")).isEqualTo("NO_DATA CLEAR");
  }

  @Test
  void progressFollowsTheVerdictsOncePerTenSeconds() {
    Talk talk = new Talk().venueLedger(0).venueLedger(30_000);
    IntegrityBench bench = new IntegrityBench().take(alive(talk, 0, 30));
    List<Verdict> progress = bench.verdicts().stream().filter(Verdict::progressMarker).toList();
    assertThat(progress).extracting(Verdict::progressOf).containsOnly("integrity");
    assertThat(progress)
        .extracting(Verdict::eventTimeUs)
        .containsExactly(at(0), at(10_000), at(20_000), at(30_000));
    assertThat(bench.verdicts().get(bench.verdicts().size() - 1).progressMarker()).isTrue();
  }

  /** Heartbeats each second, both ends included, and the venue's ledger each ten. */
  private static Talk alive(Talk talk, int fromSecond, int toSecond) {
    for (int second = fromSecond; second <= toSecond; second++) {
      if (second % 10 == 0 && second > 0) {
        talk.venueLedger(second * 1_000L);
      }
      talk.health(second * 1_000L);
    }
    return talk;
  }
}
