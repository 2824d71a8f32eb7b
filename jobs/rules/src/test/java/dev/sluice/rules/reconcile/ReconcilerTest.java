// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.SnapshotStatus;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcilerTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void theOrderOfArrivalChangesNothing(long seed) {
    List<EngineEvent> events = eventful(new Random(seed)).until(900);
    ReconcileRun inOrder = new ReconcileRun().play(events, 900);
    assertThat(inOrder.findings).isNotEmpty();

    for (int i = 0; i < 5; i++) {
      ReconcileRun shuffled =
          new ReconcileRun().shuffled(events, 900, new Random(1_000 * seed + i));
      assertThat(shuffled.findings).isEqualTo(inOrder.findings);
      assertThat(shuffled.drifts).isEqualTo(inOrder.drifts);
      assertThat(shuffled.verdicts).isEqualTo(inOrder.verdicts);
    }
  }

  private static BookTape eventful(Random random) {
    BookTape tape = new BookTape().busy(900);
    tape.fill("lost", 62.0, null);
    for (int i = 0; i < 20; i++) {
      double at = 20 + random.nextInt(800) + random.nextDouble();
      String id = "any-" + i;
      switch (random.nextInt(8)) {
        case 0 -> tape.fill(id, at, null);
        case 1 -> tape.fill(id, null, at);
        case 2 -> tape.fill(id, at, at + random.nextInt(80));
        case 3 -> tape.fill(id, at).engineTimes = 2;
        case 4 -> tape.fill(id, at).engineQty = "0.7";
        case 5 -> tape.adjust(Book.ENGINE, "asset=SIM", at, at + 100, "-200");
        case 6 -> tape.status(Book.VENUE, SnapshotStatus.FAILED, at, at + 50);
        default -> tape.rests(Book.VENUE, id, at, at + 120, "1", "0");
      }
    }
    tape.with(tape.order("run-1", 200.1, "o", "i-1", OrderState.SUBMITTED, "100"));
    tape.with(tape.order("run-1", 260.1, "o", "i-2", OrderState.SUBMITTED, "100"));
    tape.with(tape.dropCopy(205.2, "o", "v-1", OrderState.ACKED));
    return tape;
  }

  @Test
  void oneIdForTwoOrdersIsNoMatch() {
    BookTape tape = new BookTape().busy(600);
    tape.with(tape.order("run-1", 100, "a", "i-1", OrderState.SUBMITTED, "100"));
    tape.with(tape.order("run-2", 160, "a", "i-2", OrderState.SUBMITTED, "100"));
    tape.with(tape.order("run-1", 100, "b", "i-3", OrderState.FILLED, "100"));
    tape.with(tape.order("run-2", 160, "b", "i-3", OrderState.SUBMITTED, "100"));
    tape.with(tape.order("run-1", 100, "c", "i-4", OrderState.SUBMITTED, "100"));
    tape.with(tape.order("run-1", 160, "c", "i-4", OrderState.SUBMITTED, "101"));
    tape.with(tape.dropCopy(100, "d", "v-1", OrderState.ACKED));
    tape.with(tape.dropCopy(160, "d", "v-2", OrderState.ACKED));
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told())
        .containsExactly(
            "190s CONFIRMED DUPLICATE_IDENTITY order=a CRITICAL",
            "190s CONFIRMED DUPLICATE_IDENTITY order=b CRITICAL",
            "190s CONFIRMED DUPLICATE_IDENTITY order=c CRITICAL",
            "190s CONFIRMED DUPLICATE_IDENTITY order=d CRITICAL");
    assertThat(run.findings).allMatch(found -> found.ageMs() == 30_000);
  }

  @Test
  void anOrderThatLivesOnInTheNextRunIsTheSameOrder() {
    BookTape tape = new BookTape().busy(600);
    tape.with(tape.order("run-1", 100, "a", "i-1", OrderState.INTENDED, "100"));
    tape.with(tape.order("run-1", 101, "a", "i-1", OrderState.SUBMITTED, "100"));
    tape.with(tape.dropCopy(102, "a", "v-1", OrderState.ACKED));
    tape.with(tape.order("run-2", 160, "a", "i-1", OrderState.SUBMITTED, "100.0"));
    tape.with(tape.order("run-2", 161, "a", "i-1", OrderState.ACKED, "100"));
    tape.with(tape.order("run-2", 162, "a", "i-1", OrderState.FILLED, "100"));
    tape.with(tape.dropCopy(162, "a", "v-1", OrderState.FILLED));
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).isEmpty();
  }

  @Test
  void whatStandsForHalfAnHourBecomesWorseByAStep() {
    BookTape tape = new BookTape().adjust(Book.ENGINE, "asset=SIM", 100, 9_000, "-50");
    ReconcileRun run = new ReconcileRun().play(tape, 4_000);

    assertThat(run.told())
        .containsExactly(
            "130s CONFIRMED BALANCE_DIFFERS asset=SIM INFO",
            "1930s ESCALATED BALANCE_DIFFERS asset=SIM WARNING",
            "3730s ESCALATED BALANCE_DIFFERS asset=SIM CRITICAL");
    assertThat(run.findings.get(2).ageMs()).isEqualTo(3_630_000);
  }

  @Test
  void whatAPersonHasNotedIsSilentUntilItGrowsWorse() {
    BookTape tape = new BookTape().adjust(Book.ENGINE, "asset=SIM", 100, 9_000, "-300");
    tape.adjust(Book.ENGINE, "asset=SIM", 600, 9_000, "-100");
    tape.with(ReconcileRun.command(CommandAction.ACKNOWLEDGE, "reconcile", 305));
    ReconcileRun run = new ReconcileRun().play(tape, 900);

    assertThat(run.told())
        .containsExactly(
            "130s CONFIRMED BALANCE_DIFFERS asset=SIM CRITICAL",
            "310s ACKNOWLEDGED BALANCE_DIFFERS asset=SIM CRITICAL",
            "630s CONFIRMED BALANCE_DIFFERS asset=SIM CRITICAL");
    assertThat(run.findings.get(2).findingId()).isNotEqualTo(run.findings.get(0).findingId());
    assertThat(run.drifts.get(40).criticals()).isZero();
    assertThat(run.drifts.get(70).criticals()).isEqualTo(1);
  }

  @Test
  void aResumeAcknowledgesWhatStandsAndResetsTheGuards() {
    BookTape tape = new BookTape().busy(600);
    tape.fill("twice", 62).engineTimes = 2;
    tape.with(ReconcileRun.command(CommandAction.RESUME, null, 200));
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told())
        .containsExactly(
            "90s CONFIRMED DUPLICATE fill=twice CRITICAL",
            "210s ACKNOWLEDGED DUPLICATE fill=twice CRITICAL");
    assertThat(run.of("reconcile"))
        .filteredOn(verdict -> verdict.phase() != Phase.CLEAR)
        .allMatch(verdict -> verdict.eventTimeUs() < BookTape.us(210));
    assertThat(run.of("reconcile").get(run.of("reconcile").size() - 1).phase())
        .isEqualTo(Phase.CLEAR);
  }

  @Test
  void aCommandForAnotherCriterionAcknowledgesNothing() {
    BookTape tape = new BookTape().busy(600);
    tape.fill("lost", 62.0, null);
    tape.with(ReconcileRun.command(CommandAction.ACKNOWLEDGE, "cache-hit", 200));
    tape.with(ReconcileRun.command(CommandAction.HALT, null, 210));
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).hasSize(1);
  }

  @Test
  void aCommandStampedByAnotherClockIsObeyedAtOnce() {
    BookTape tape = new BookTape().busy(600);
    tape.fill("lost", 62.0, null);
    ReconcileRun run = new ReconcileRun();
    run.play(tape.until(200), 200);
    run.take(ReconcileRun.command(CommandAction.ACKNOWLEDGE, "reconcile", 20_000_000));
    run.until(BookTape.us(215), BookTape.us(215));

    assertThat(run.of(FindingKind.MISSING_AT_ENGINE, FindingStatus.ACKNOWLEDGED)).hasSize(1);
  }

  @Test
  void progressIsTheLastWordOfEveryEvaluation() {
    ReconcileRun run = new ReconcileRun().play(new BookTape().busy(100), 100);

    List<Verdict> progress = run.verdicts.stream().filter(Verdict::progressMarker).toList();
    assertThat(progress).hasSize(10);
    assertThat(run.verdicts.get(run.verdicts.size() - 1).progressMarker()).isTrue();
    assertThat(progress)
        .extracting(Verdict::eventTimeUs)
        .containsExactlyElementsOf(run.drifts.stream().map(drift -> drift.eventTimeUs()).toList());
  }

  @Test
  void aCriticalDifferenceReducesAndFiveMinutesLaterHalts() {
    BookTape tape = new BookTape().busy(600);
    tape.fill("lost", 62.0, null);
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.of("reconcile"))
        .filteredOn(verdict -> verdict.outcome() == VerdictOutcome.BREACH)
        .first()
        .satisfies(v -> assertThat(v.eventTimeUs()).isEqualTo(BookTape.us(90)))
        .satisfies(v -> assertThat(v.phase()).isEqualTo(Phase.LATCHED))
        .satisfies(v -> assertThat(v.action()).isEqualTo(Action.REDUCE_ONLY));
    assertThat(run.of("reconcile"))
        .filteredOn(verdict -> verdict.action() == Action.HALT)
        .first()
        .satisfies(v -> assertThat(v.eventTimeUs()).isEqualTo(BookTape.us(390)));
    assertThat(run.of("reconcile-warning")).allMatch(v -> v.outcome() != VerdictOutcome.BREACH);
  }

  @Test
  void aWarningAlertsAndRecovers() {
    BookTape tape = new BookTape().busy(600).rests(Book.ENGINE, "ghost", 100, 300, "1", "0");
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.of("reconcile-warning"))
        .filteredOn(verdict -> verdict.phase() == Phase.TRIPPED)
        .allMatch(verdict -> verdict.action() == Action.ALERT)
        .isNotEmpty();
    assertThat(last(run.of("reconcile-warning")).phase()).isEqualTo(Phase.CLEAR);
    assertThat(run.of("reconcile")).allMatch(verdict -> verdict.phase() == Phase.CLEAR);
  }

  @Test
  void booksThatCannotBeComparedAlertAfterTwoMinutesAndReduceAfterTen() {
    BookTape tape =
        new BookTape().busy(1_000).status(Book.VENUE, SnapshotStatus.FAILED, 100, 2_000);
    ReconcileRun run = new ReconcileRun().play(tape, 1_000);

    assertThat(run.told()).isEmpty();
    assertThat(first(run.of("reconcile-warning"), Phase.TRIPPED).eventTimeUs())
        .isEqualTo(BookTape.us(230));
    assertThat(first(run.of("reconcile"), Phase.LATCHED).action()).isEqualTo(Action.REDUCE_ONLY);
    assertThat(first(run.of("reconcile"), Phase.LATCHED).eventTimeUs()).isEqualTo(BookTape.us(710));
  }

  @Test
  void anAccountThatStartsAnewLeavesNothingToMatch() {
    BookTape dead = new BookTape().busy(600);
    dead.fill("of-the-dead", 199.5, null);
    dead.fill("of-the-other", null, 199.6);
    dead.venueRestart = 200;
    assertThat(new ReconcileRun().play(dead, 600).told()).hasSize(2); // a new run, the same account

    dead.adjust(Book.VENUE, "turnover", 200, 900, "-100000");
    assertThat(new ReconcileRun().play(dead, 600).told()).noneMatch(told -> told.contains("fill="));
  }

  @Test
  void aHundredThousandMatchedFillsLeaveABoundedState() {
    ReconcileRules rules = ReconcileRun.RULES;
    BookTape tape = new BookTape();
    ReconcileRun run = new ReconcileRun();
    int most = 0;
    for (int chunk = 0; chunk < 100; chunk++) {
      List<EngineEvent> events = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        BookTape.Exec exec = new BookTape.Exec("f-" + chunk + "-" + i, null, null);
        double at = chunk * 10 + i * 0.009;
        events.add(tape.bookedEvent(exec, at + 0.003));
        events.add(tape.executedEvent(exec, at));
        events.add(EngineEvent.of(tape.health(at), null, 0));
      }
      events.forEach(run::take);
      run.until(BookTape.us(chunk * 10 + 10), BookTape.us(chunk * 10 + 10));
      BookState books = run.memory.books();
      most = Math.max(most, books.fills.size());
      assertThat(books.matched.size()).isLessThanOrEqualTo(rules.maxRemembered());
      assertThat(books.orders.size()).isLessThanOrEqualTo(rules.maxRemembered());
      assertThat(run.memory.waitingCount()).isZero();
    }
    assertThat(most).isLessThanOrEqualTo(3_000);
    assertThat(run.memory.books().forgottenIds).isPositive();
    assertThat(run.findings).isEmpty();
  }

  private static Verdict first(List<Verdict> verdicts, Phase phase) {
    return verdicts.stream().filter(v -> v.phase() == phase).findFirst().orElseThrow();
  }

  private static Verdict last(List<Verdict> verdicts) {
    return verdicts.get(verdicts.size() - 1);
  }
}
