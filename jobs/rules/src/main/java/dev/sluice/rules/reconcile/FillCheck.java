// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.Severity;
import java.math.BigDecimal;
import java.math.MathContext;

/** Compares the two sides of one fill; what differs is a fact that only a person can end. */
final class FillCheck {
  private static final BigDecimal BPS = BigDecimal.valueOf(10_000);
  private final ReconcileRules rules;

  FillCheck(ReconcileRules rules) {
    this.rules = rules;
  }

  void compare(BookState books, FillPair pair) {
    boolean differs = qty(books, pair);
    differs |= price(books, pair);
    differs |= fee(books, pair);
    if (differs) {
      Effects.deviate(books, pair.engine(), true, pair.lastUs(), rules);
      Effects.deviate(books, pair.venue(), false, pair.lastUs(), rules);
    }
  }

  private boolean qty(BookState books, FillPair pair) {
    BigDecimal engine = pair.engine().signedQty();
    BigDecimal venue = pair.venue().signedQty();
    if (engine.compareTo(venue) == 0) {
      return false;
    }
    BigDecimal apart = engine.subtract(venue);
    Severity severity =
        atLeastWarning(rules.ofSymbol(pair.venue().symbol()).severity(apart, engine, venue));
    fact(
        books,
        of(
            pair,
            FindingKind.QUANTITY_DIFFERS,
            severity,
            engine,
            venue,
            BigDecimal.ZERO,
            apart,
            "base units",
            "the quantities of one fill differ"));
    return true;
  }

  private boolean price(BookState books, FillPair pair) {
    BigDecimal engine = pair.engine().price();
    BigDecimal venue = pair.venue().price();
    BigDecimal apart = engine.subtract(venue);
    if (venue.signum() == 0 && apart.signum() == 0) {
      return false;
    }
    BigDecimal bps =
        venue.signum() == 0
            ? BPS
            : apart.abs().multiply(BPS).divide(venue.abs(), MathContext.DECIMAL64);
    if (bps.doubleValue() <= rules.priceBps()) {
      return false;
    }
    BigDecimal allowed =
        venue
            .abs()
            .multiply(BigDecimal.valueOf(rules.priceBps()))
            .divide(BPS, MathContext.DECIMAL64);
    Severity severity =
        atLeastWarning(rules.ofSymbol(pair.venue().symbol()).severity(apart, engine, venue));
    fact(
        books,
        of(
            pair,
            FindingKind.PRICE_DIFFERS,
            severity,
            engine,
            venue,
            allowed,
            apart,
            "quote",
            "the prices of one fill differ by "
                + bps.round(new MathContext(3)).toPlainString()
                + " bps"));
    return true;
  }

  private boolean fee(BookState books, FillPair pair) {
    BigDecimal engine = pair.engine().fee();
    BigDecimal venue = pair.venue().fee();
    String asset = pair.venue().feeAsset();
    if (engine == null || venue == null || asset == null) {
      return false;
    }
    BigDecimal allowed = rules.ofAsset(asset).allowed(engine, venue);
    BigDecimal apart = engine.subtract(venue);
    boolean sameAsset = asset.equals(pair.engine().feeAsset());
    if (sameAsset && apart.abs().compareTo(allowed) <= 0) {
      return false;
    }
    fact(
        books,
        of(
            pair,
            FindingKind.FEE_DIFFERS,
            Severity.WARNING,
            engine,
            venue,
            allowed,
            apart,
            asset,
            sameAsset
                ? "the fees of one fill differ"
                : "the engine booked the fee in " + pair.engine().feeAsset()));
    return true;
  }

  /** Notes a fact, once while it is remembered. */
  void fact(BookState books, Observation observation) {
    if (books.differences.containsKey(observation.key())) {
      return;
    }
    if (books.differences.size() >= rules.maxFindings()) {
      books.droppedDifferences++;
      return;
    }
    books.differences.put(observation.key(), Difference.candidate(observation, 0));
  }

  private static Severity atLeastWarning(Severity severity) {
    return severity == Severity.INFO ? Severity.WARNING : severity;
  }

  private static Observation of(
      FillPair pair,
      FindingKind kind,
      Severity severity,
      BigDecimal engine,
      BigDecimal venue,
      BigDecimal allowed,
      BigDecimal apart,
      String unit,
      String reason) {
    Execution said = pair.any();
    return new Observation(
        Basis.FACT,
        kind,
        Fills.subject(pair.fillId()),
        severity,
        pair.lastUs(),
        said.symbol(),
        said.clientOrderId(),
        pair.fillId(),
        engine,
        venue,
        allowed,
        apart,
        unit,
        pair.inputs(),
        reason);
  }
}
