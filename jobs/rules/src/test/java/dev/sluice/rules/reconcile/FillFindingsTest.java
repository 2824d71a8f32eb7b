// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.schemas.Book;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class FillFindingsTest {
  private final BookTape tape = new BookTape().busy(600);

  @Test
  void healthyBooksAreSilentAndHaveNoDrift() {
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).isEmpty();
    assertThat(run.drifts).hasSize(60);
    assertThat(run.drifts.subList(1, 60))
        .allMatch(drift -> drift.outcome() == VerdictOutcome.PASS)
        .allMatch(drift -> drift.driftQuote() == 0 && drift.driftBps() == 0);
  }

  @Test
  void aFillMissingAtTheEngineIsFoundOnceWithItsAge() {
    tape.fill("lost", 62.0, null);
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).containsExactly("90s CONFIRMED MISSING_AT_ENGINE fill=lost CRITICAL");
    Finding found = run.findings.get(0);
    assertThat(found.ageMs()).isEqualTo(28_000);
    assertThat(found.firstSeenUs()).isEqualTo(BookTape.us(62));
    assertThat(found.snapshots()).isEqualTo(3);
    assertThat(found.engineValue()).isNull();
    assertThat(found.venueValue()).isEqualByComparingTo("1");
    assertThat(found.clientOrderId()).isEqualTo("c-lost");
  }

  @Test
  void whatAMissingFillIsWorthIsDrift() {
    tape.fill("lost", 62.0, null);
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    Drift last = run.drifts.get(59);
    assertThat(last.driftQuote()).isEqualTo(200.01); // 1 SIM at 100, 100 USDT and the fee
    assertThat(last.driftBps()).isCloseTo(20.001, within(1e-9));
    assertThat(last.outcome()).isEqualTo(VerdictOutcome.BREACH);
    assertThat(last.criticals()).isEqualTo(1);
    assertThat(last.unmatched()).isEqualTo(1);
  }

  @Test
  void aFillWithinTheGraceIsNoDifference() {
    tape.fill("slow", 58.0, 62.9);
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).isEmpty();
    assertThat(run.drifts.subList(1, 60)).allMatch(drift -> drift.driftQuote() == 0);
  }

  @Test
  void aLateFillIsMatchedAndNoted() {
    tape.fill("late", 62.0, 75.0);
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).containsExactly("80s NOTED LATE_FILL fill=late INFO");
    assertThat(run.findings.get(0).reason()).contains("13000 ms after the venue made it");
    assertThat(run.drifts.get(59).lateFills()).isEqualTo(1);
    assertThat(run.drifts.get(59).unmatched()).isZero();
  }

  @Test
  void aMissingFillThatIsBackFilledHealsAndCountsAsLate() {
    tape.fill("late", 62.0, 205.0);
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told())
        .containsExactly(
            "90s CONFIRMED MISSING_AT_ENGINE fill=late CRITICAL",
            "210s HEALED MISSING_AT_ENGINE fill=late CRITICAL",
            "210s NOTED LATE_FILL fill=late INFO");
    assertThat(run.findings.get(0).findingId()).isEqualTo(run.findings.get(1).findingId());
    assertThat(run.drifts.get(59).lateFills()).isEqualTo(1);
  }

  @Test
  void aSilentEngineLacksNothing() {
    BookTape silent = new BookTape().silent(Book.ENGINE, 61, 400);
    silent.fill("meanwhile", 100.0, 400.0);
    ReconcileRun run = new ReconcileRun().play(silent, 600);

    assertThat(run.told()).containsExactly("410s NOTED LATE_FILL fill=meanwhile INFO");
    assertThat(run.drifts.get(30).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.drifts.get(30).driftQuote()).isNull();
  }

  @Test
  void aFillMissingAtTheVenueIsFoundOnceWithItsAge() {
    tape.fill("phantom", null, 62.0);
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).containsExactly("90s CONFIRMED MISSING_AT_VENUE fill=phantom CRITICAL");
    assertThat(run.findings.get(0).ageMs()).isEqualTo(28_000);
  }

  @Test
  void aSilentVenueLacksNothing() {
    BookTape silent = new BookTape().silent(Book.VENUE, 61, 900);
    silent.fill("unknown", null, 100.0);
    ReconcileRun run = new ReconcileRun();
    silent.until(600).forEach(run::take);
    run.until(BookTape.us(600), BookTape.us(60));

    assertThat(run.told()).isEmpty();
    assertThat(run.drifts).hasSize(60);
    assertThat(run.drifts.get(59).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
  }

  @Test
  void aFillTheEngineHasTwiceIsADuplicateAndNothingElse() {
    tape.fill("twice", 62).engineTimes = 2;
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).containsExactly("90s CONFIRMED DUPLICATE fill=twice CRITICAL");
    assertThat(run.findings.get(0).engineValue()).isEqualByComparingTo("1");
    assertThat(run.findings.get(0).venueValue()).isNull();
    assertThat(run.findings.get(0).ageMs()).isBetween(27_800.0, 28_000.0);
  }

  @Test
  void aFillTheVenueReportsTwiceIsADuplicate() {
    tape.fill("twice", 62).venueTimes = 2;
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).containsExactly("90s CONFIRMED DUPLICATE fill=twice CRITICAL");
    assertThat(run.findings.get(0).venueValue()).isEqualByComparingTo("1");
  }

  @Test
  void aDuplicateLongAfterTheMatchIsRecognised() {
    tape.fill("twice", 62);
    tape.fill("twice", null, 300.0);
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.of(FindingKind.DUPLICATE, FindingStatus.CONFIRMED)).hasSize(1);
    assertThat(run.findings).hasSize(1);
  }

  @Test
  void differentQuantitiesAreFoundByTheirRatio() {
    tape.fill("a-tenth", 62).engineQty = "0.9";
    tape.fill("a-half", 63).engineQty = "0.5";
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told())
        .containsExactly(
            "90s CONFIRMED QUANTITY_DIFFERS fill=a-half CRITICAL",
            "90s CONFIRMED QUANTITY_DIFFERS fill=a-tenth WARNING");
    assertThat(run.findings.get(1).engineValue()).isEqualByComparingTo("0.9");
    assertThat(run.findings.get(1).venueValue()).isEqualByComparingTo("1");
  }

  @Test
  void pricesMayDifferByABasisPoint() {
    tape.fill("near", 62).enginePrice = "100.01";
    tape.fill("far", 63).enginePrice = "100.011";
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.of(FindingKind.PRICE_DIFFERS, FindingStatus.CONFIRMED))
        .singleElement()
        .satisfies(found -> assertThat(found.subject()).isEqualTo("fill=far"))
        .satisfies(found -> assertThat(found.tolerance()).isEqualByComparingTo("0.01"))
        .satisfies(found -> assertThat(found.reason()).contains("1.1"));
  }

  @Test
  void feesMayDifferByTheToleranceOfTheirAsset() {
    tape.fill("near", 62).engineFee = "0.02";
    tape.fill("far", 63).engineFee = "0.021";
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).containsExactly("90s CONFIRMED FEE_DIFFERS fill=far WARNING");
    assertThat(run.findings.get(0).unit()).isEqualTo("USDT");
  }

  @Test
  void fillsOfBeforeBothSidesWereHeardAreNotMatched() {
    BookTape torn = new BookTape().silent(Book.VENUE, 0, 100).busy(600);
    torn.execs.stream().filter(exec -> exec.venueAt < 90).forEach(exec -> exec.venueAt = null);
    ReconcileRun run = new ReconcileRun();
    run.play(torn, 600);

    assertThat(run.of(FindingKind.MISSING_AT_VENUE, FindingStatus.CONFIRMED)).isEmpty();
    assertThat(run.memory.books().unmatchableFills).isPositive();
  }

  @Test
  void nothingIsConfirmedByFewerSnapshotsThanAsked() {
    tape.fill("lost", 62.0, null);
    ReconcileRun run = new ReconcileRun().play(tape, 89.9);

    assertThat(run.findings).isEqualTo(List.of());
  }
}
