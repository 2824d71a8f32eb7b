// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Severity;
import java.math.BigDecimal;
import java.util.Map;

/** Watches what the venue's own snapshots say: fees, turnover, distance from the target. */
final class VenueFigures {
  private final ReconcileRules rules;

  VenueFigures(ReconcileRules rules) {
    this.rules = rules;
  }

  /** Remembers a rebate: it lowers the fees rightly. */
  void executed(BookState books, DropCopy copy) {
    if (copy.fee() == null || copy.fee().signum() >= 0) {
      return;
    }
    boolean quote = rules.quoteAssets().contains(copy.feeAsset());
    double mark = quote ? 1 : books.marks.getOrDefault(copy.symbol(), 0.0);
    BigDecimal amount = copy.fee().multiply(BigDecimal.valueOf(mark));
    if (books.fees.rebates.size() < rules.maxUnmatched()) {
      books.fees.rebates.add(new FeeState.Rebate(copy.eventTimeUs(), amount));
    }
  }

  /** True when the cumulative figures begin again: another account, or one that starts anew. */
  static boolean startsAnew(BookState books, Ledger ledger) {
    BigDecimal before = books.fees.turnover;
    return before != null
        && ledger.cumTurnover() != null
        && ledger.cumTurnover().compareTo(before) < 0;
  }

  /** Takes a good snapshot of the venue. */
  void said(BookState books, Ledger ledger) {
    FeeState fees = books.fees;
    if (ledger.cumFees() == null || ledger.cumTurnover() == null) {
      return;
    }
    if (startsAnew(books, ledger)) {
      books.fees = new FeeState();
      fees = books.fees;
    }
    if (ledger.asOfUs() <= fees.asOfUs) {
      return;
    }
    fell(fees, ledger);
    free(fees, ledger);
    fees.asOfUs = ledger.asOfUs();
    fees.fees = ledger.cumFees();
    fees.turnover = ledger.cumTurnover();
    fees.fresh = true;
  }

  private void fell(FeeState fees, Ledger ledger) {
    BigDecimal rebates = BigDecimal.ZERO;
    for (FeeState.Rebate rebate : fees.rebates) {
      if (rebate.atUs() < ledger.asOfUs()) {
        rebates = rebates.add(rebate.amount());
      }
    }
    fees.rebates.removeIf(rebate -> rebate.atUs() < ledger.asOfUs());
    BigDecimal explained = fees.highest == null ? ledger.cumFees() : fees.highest.add(rebates);
    fees.highest = explained.max(ledger.cumFees());
    boolean low = fees.highest.subtract(ledger.cumFees()).compareTo(quoteTolerance().abs()) > 0;
    fees.fellUs = !low ? 0 : fees.fellUs == 0 ? ledger.asOfUs() : fees.fellUs;
  }

  private static void free(FeeState fees, Ledger ledger) {
    if (fees.turnover == null || ledger.cumFees().compareTo(fees.fees) != 0) {
      fees.freeSinceUs = 0;
      fees.freeSinceTurnover = null;
    } else if (fees.freeSinceUs == 0 && ledger.cumTurnover().compareTo(fees.turnover) > 0) {
      fees.freeSinceUs = ledger.asOfUs();
      fees.freeSinceTurnover = fees.turnover;
    }
  }

  void observe(BookState books, Ledger newest, Sight sight) {
    FeeState fees = books.fees;
    if (fees.fresh && fees.fellUs > 0) {
      sight.see(
          of(
              FindingKind.FEES_FELL,
              "asset=fees",
              Severity.WARNING,
              fees.fellUs,
              null,
              fees.fees,
              fees.highest,
              quoteTolerance().abs(),
              "quote",
              "cumulative fees have fallen from "
                  + Fills.plain(fees.highest)
                  + " to "
                  + Fills.plain(fees.fees)
                  + " and no rebate explains it"));
    }
    boolean free =
        rules.feeRate() != 0
            && fees.freeSinceUs > 0
            && fees.asOfUs - fees.freeSinceUs >= rules.turnoverWindowUs();
    if (fees.fresh && free) {
      BigDecimal turnover = fees.turnover.subtract(fees.freeSinceTurnover);
      sight.see(
          of(
              FindingKind.TURNOVER_WITHOUT_FEES,
              "asset=turnover",
              Severity.WARNING,
              fees.freeSinceUs,
              null,
              fees.turnover,
              fees.turnover,
              null,
              "quote",
              "a turnover of " + Fills.plain(turnover) + " has cost no fee"));
    }
    inventories(newest, sight);
    fees.fresh = false;
    sight.judged(Basis.VENUE);
  }

  private void inventories(Ledger newest, Sight sight) {
    for (Map.Entry<String, Inventory> wanted : rules.inventories().entrySet()) {
      BigDecimal position = BigDecimal.ZERO;
      for (Position held : newest.positions()) {
        position = held.symbol().equals(wanted.getKey()) ? held.qty() : position;
      }
      BigDecimal apart = position.subtract(wanted.getValue().target());
      double ratio = apart.abs().doubleValue() / wanted.getValue().max().doubleValue();
      Severity severity = rules.inventoryLimits().severity(ratio);
      if (severity != Severity.INFO) {
        BigDecimal allowed =
            wanted
                .getValue()
                .max()
                .multiply(BigDecimal.valueOf(rules.inventoryLimits().warningRatio()));
        sight.see(
            of(
                FindingKind.INVENTORY_OFF_TARGET,
                Effects.symbol(wanted.getKey()),
                severity,
                newest.asOfUs(),
                wanted.getKey(),
                position,
                apart,
                allowed,
                "base units",
                "the position is "
                    + Fills.plain(apart)
                    + " off its target of "
                    + Fills.plain(wanted.getValue().target())));
      }
    }
  }

  private Tolerance quoteTolerance() {
    return rules.quoteAssets().isEmpty()
        ? rules.tolerance()
        : rules.ofAsset(rules.quoteAssets().get(0));
  }

  private static Observation of(
      FindingKind kind,
      String subject,
      Severity severity,
      long sinceUs,
      String symbol,
      BigDecimal venue,
      BigDecimal apart,
      BigDecimal allowed,
      String unit,
      String reason) {
    return new Observation(
        Basis.VENUE,
        kind,
        subject,
        severity,
        sinceUs,
        symbol,
        null,
        null,
        null,
        venue,
        allowed,
        apart,
        unit,
        null,
        reason);
  }
}
