// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Book;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;
import dev.sluice.schemas.SnapshotStatus;
import dev.sluice.schemas.VerdictOutcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookFindingsTest {
  private final BookTape tape = new BookTape().busy(600);

  @Test
  void aBalanceThatDiffersIsFoundByItsRatio() {
    tape.adjust(Book.ENGINE, "asset=SIM", 100, 900, "-50");
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).containsExactly("130s CONFIRMED BALANCE_DIFFERS asset=SIM INFO");
    Finding found = run.findings.get(0);
    assertThat(found.ageMs()).isEqualTo(30_000);
    assertThat(found.engineValue().subtract(found.venueValue())).isEqualByComparingTo("-50");
    assertThat(found.unit()).isEqualTo("SIM");
    assertThat(run.drifts.get(59).driftQuote()).isEqualTo(5_000);
    assertThat(run.drifts.get(59).outcome()).isEqualTo(VerdictOutcome.PASS);
  }

  @Test
  void aTenthIsAWarningAndAFifthCritical() {
    tape.adjust(Book.ENGINE, "asset=SIM", 100, 900, "-120");
    tape.adjust(Book.VENUE, "asset=USDT", 100, 900, "-30000");
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told())
        .containsExactly(
            "130s CONFIRMED BALANCE_DIFFERS asset=SIM WARNING",
            "130s CONFIRMED BALANCE_DIFFERS asset=USDT CRITICAL");
  }

  @Test
  void anAssetThatOneSideDoesNotHaveIsZeroThere() {
    tape.adjust(Book.VENUE, "symbol=SIMUSDT", 100, 900, "-7");
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.of(FindingKind.POSITION_DIFFERS, FindingStatus.CONFIRMED))
        .singleElement()
        .satisfies(found -> assertThat(found.symbol()).isEqualTo("SIMUSDT"))
        .satisfies(found -> assertThat(found.severity().name()).isEqualTo("CRITICAL"))
        .satisfies(found -> assertThat(found.reason()).contains("700.0 quote"));
  }

  @Test
  void withinTheToleranceIsNoDifference() {
    tape.adjust(Book.ENGINE, "asset=USDT", 100, 900, "0.01");
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).isEmpty();
    assertThat(run.drifts.get(59).driftQuote()).isEqualTo(0.01);
  }

  @Test
  void fewerSnapshotsThanAskedConfirmNothing() {
    tape.adjust(Book.ENGINE, "asset=SIM", 100, 120, "-500");
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).isEmpty();
  }

  @Test
  void failedAndPartialSnapshotsAreNoDataAndNeverFlat() {
    tape.status(Book.VENUE, SnapshotStatus.FAILED, 100, 300);
    tape.status(Book.ENGINE, SnapshotStatus.PARTIAL, 300, 500);
    tape.adjust(Book.VENUE, "asset=SIM", 100, 300, "-1000");
    tape.adjust(Book.ENGINE, "symbol=SIMUSDT", 300, 500, "9");
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).isEmpty();
    for (Drift drift : run.drifts.subList(10, 50)) {
      assertThat(drift.outcome()).isEqualTo(VerdictOutcome.NO_DATA);
      assertThat(drift.asOfUs()).isZero();
      assertThat(drift.driftQuote()).isNull();
    }
    assertThat(run.drifts.get(9).outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(run.drifts.get(50).outcome()).isEqualTo(VerdictOutcome.PASS);
  }

  @Test
  void snapshotsThatDoNotComeAreNoDataAfterThirtySeconds() {
    tape.silent(Book.VENUE, 100, 300);
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.drifts.get(11).outcome()).isEqualTo(VerdictOutcome.PASS); // 90 s is the newest
    assertThat(run.drifts.get(12).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.drifts.get(29).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.drifts.get(30).outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(run.told()).isEmpty();
  }

  @Test
  void missingDataNeitherConfirmsNorHeals() {
    tape.adjust(Book.ENGINE, "asset=SIM", 100, 420, "-300");
    tape.status(Book.VENUE, SnapshotStatus.FAILED, 120, 200);
    tape.status(Book.VENUE, SnapshotStatus.FAILED, 300, 400);
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told())
        .containsExactly(
            "210s CONFIRMED BALANCE_DIFFERS asset=SIM CRITICAL",
            "440s HEALED BALANCE_DIFFERS asset=SIM CRITICAL");
    assertThat(run.findings.get(0).ageMs()).isEqualTo(110_000);
  }

  @Test
  void aDifferenceThatTurnsOverStartsAnew() {
    tape.adjust(Book.ENGINE, "asset=SIM", 100, 120, "-300");
    tape.adjust(Book.ENGINE, "asset=SIM", 120, 140, "300");
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).isEmpty();
  }

  @Test
  void aRestingOrderTheEngineDoesNotKnowIsFound() {
    tape.rests(Book.VENUE, "orphan", 100, 900, "1", "0");
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told())
        .containsExactly("140s CONFIRMED MISSING_AT_ENGINE order=orphan CRITICAL");
    assertThat(run.findings.get(0).ageMs()).isEqualTo(30_000);
    assertThat(run.findings.get(0).clientOrderId()).isEqualTo("orphan");
  }

  @Test
  void anOrderOnlyTheEngineBelievesInIsFoundAndHealsAtOnce() {
    tape.rests(Book.ENGINE, "ghost", 100, 300, "1", "0");
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told())
        .containsExactly(
            "140s CONFIRMED MISSING_AT_VENUE order=ghost WARNING",
            "320s HEALED MISSING_AT_VENUE order=ghost WARNING");
  }

  @Test
  void filledQuantitiesOfAnOpenOrderAreCompared() {
    tape.rests(Book.ENGINE, "part", 100, 900, "1", "0");
    tape.rests(Book.VENUE, "part", 100, 900, "1", "0.5");
    tape.rests(Book.ENGINE, "same", 100, 900, "1", "0.5");
    tape.rests(Book.VENUE, "same", 100, 900, "1", "0.50");
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).containsExactly("140s CONFIRMED QUANTITY_DIFFERS order=part CRITICAL");
    assertThat(run.findings.get(0).engineValue()).isEqualByComparingTo("1");
    assertThat(run.findings.get(0).venueValue()).isEqualByComparingTo("0.5");
  }

  @Test
  void anOrderInFlightIsNoDifference() {
    tape.rests(Book.VENUE, "moving", 100, 900, "1", "0");
    for (int at = 106; at < 600; at += 10) {
      tape.with(tape.dropCopy(at, "moving", "v-1", dev.sluice.schemas.OrderState.ACKED));
    }
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).isEmpty();
  }

  @Test
  void failedSnapshotsSayNothingOfOpenOrders() {
    tape.rests(Book.ENGINE, "fine", 0, 900, "1", "0");
    tape.rests(Book.VENUE, "fine", 0, 100, "1", "0");
    tape.status(Book.VENUE, SnapshotStatus.PARTIAL, 110, 600);
    ReconcileRun run = new ReconcileRun().play(tape, 600);

    assertThat(run.told()).isEmpty();
  }

  @Test
  void fallingFeesAreFoundUnlessARebateExplainsThem() {
    tape.adjust(Book.VENUE, "fees", 300, 900, "-0.5");
    ReconcileRun run = new ReconcileRun().play(tape, 600);
    assertThat(run.told()).containsExactly("330s CONFIRMED FEES_FELL asset=fees WARNING");
    assertThat(run.findings.get(0).ageMs()).isEqualTo(30_000);

    BookTape rebate = new BookTape().busy(600);
    rebate.fill("rebate", 295).fee = "-0.5";
    assertThat(new ReconcileRun().play(rebate, 600).told()).isEmpty();
  }

  @Test
  void turnoverWithoutFeesIsFoundUnlessNoneAreTaken() {
    BookTape free = new BookTape().busy(1_500);
    free.execs.stream().filter(exec -> exec.venueAt > 100).forEach(exec -> exec.fee = "0");
    ReconcileRun run = new ReconcileRun().play(free, 1_500);
    assertThat(run.told())
        .containsExactly("740s CONFIRMED TURNOVER_WITHOUT_FEES asset=turnover WARNING");

    assertThat(new ReconcileRun(rules(Map.of(), 0)).play(free, 1_500).told()).isEmpty();
  }

  @Test
  void theInventoryIsComparedWithItsTarget() {
    for (int i = 0; i < 30; i++) {
      tape.fill("more-" + i, 100 + 10 * i);
    }
    ReconcileRules rules =
        rules(Map.of("SIMUSDT", new Inventory(BigDecimal.ZERO, new BigDecimal("40"))), 0.00002);
    ReconcileRun run = new ReconcileRun(rules).play(tape, 600);

    assertThat(run.told())
        .extracting(told -> told.replaceFirst("\\d+s ", ""))
        .containsExactly(
            "CONFIRMED INVENTORY_OFF_TARGET symbol=SIMUSDT WARNING",
            "ESCALATED INVENTORY_OFF_TARGET symbol=SIMUSDT CRITICAL");
    assertThat(new ReconcileRun().play(tape, 600).told()).isEmpty();
  }

  @Test
  void theSettingsOfAnAssetAreItsOwn() {
    tape.adjust(Book.ENGINE, "asset=SIM", 100, 900, "-50");
    ReconcileRules base = ReconcileRun.RULES;
    ReconcileRules rules =
        new ReconcileRules(
            base.widthUs(),
            base.graceUs(),
            base.quietUs(),
            base.snapshots(),
            base.healSnapshots(),
            base.lateAfterUs(),
            base.escalateAfterUs(),
            base.priceBps(),
            base.tolerance(),
            Map.of("SIM", ReconcileRun.tolerance("0", "0.06")),
            base.quoteAssets(),
            Map.of(),
            base.inventoryLimits(),
            base.feeRate(),
            base.turnoverWindowUs(),
            base.pairWithinUs(),
            base.noPairAfterUs(),
            base.venueLagUs(),
            base.silentAfterUs(),
            base.maxWaiting(),
            base.maxUnmatched(),
            base.maxRemembered(),
            base.maxFindings());

    assertThat(new ReconcileRun(rules).play(tape, 600).told()).isEqualTo(List.of());
  }

  static ReconcileRules rules(Map<String, Inventory> inventories, double feeRate) {
    ReconcileRules base = ReconcileRun.RULES;
    return new ReconcileRules(
        base.widthUs(),
        base.graceUs(),
        base.quietUs(),
        base.snapshots(),
        base.healSnapshots(),
        base.lateAfterUs(),
        base.escalateAfterUs(),
        base.priceBps(),
        base.tolerance(),
        base.tolerances(),
        base.quoteAssets(),
        inventories,
        base.inventoryLimits(),
        feeRate,
        base.turnoverWindowUs(),
        base.pairWithinUs(),
        base.noPairAfterUs(),
        base.venueLagUs(),
        base.silentAfterUs(),
        base.maxWaiting(),
        base.maxUnmatched(),
        base.maxRemembered(),
        base.maxFindings());
  }
}
