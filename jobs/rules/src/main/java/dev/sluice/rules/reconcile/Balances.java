// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.Severity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/**
 * Compares balances by asset and positions by symbol. A difference counts when neither the figures
 * as they are, nor with the fills that one side still lacks, nor with what known facts have put
 * into the engine's book, are within the tolerance: what is found once is not found again as its
 * own consequence.
 */
final class Balances {
  private static final String SYMBOL = "symbol=";
  private static final String ASSET = "asset=";
  private final ReconcileRules rules;

  Balances(ReconcileRules rules) {
    this.rules = rules;
  }

  void observe(BookState books, SnapshotPair pair, Sight sight) {
    Figures figures = Figures.of(books, pair, rules);
    for (String name : figures.names()) {
      Observation seen =
          name.startsWith(SYMBOL)
              ? position(books, figures, name, pair.asOfUs())
              : balance(books, figures, name, pair.asOfUs());
      if (seen != null) {
        sight.see(seen);
      }
    }
    books.driftQuote = drift(books, figures);
    sight.judged(Basis.BALANCES);
  }

  private Observation balance(BookState books, Figures figures, String name, long asOfUs) {
    String asset = name.substring(ASSET.length());
    Tolerance tolerance = rules.ofAsset(asset);
    BigDecimal allowed = tolerance.allowed(figures.ofEngine(name), figures.ofVenue(name));
    if (explained(books, figures, name, allowed, asOfUs)) {
      return null;
    }
    return of(
        FindingKind.BALANCE_DIFFERS, name, null, tolerance, figures, allowed, asOfUs, asset, "");
  }

  /**
   * In base units, and in quote currency at the newest mark: beyond either tolerance is too far.
   */
  private Observation position(BookState books, Figures figures, String name, long asOfUs) {
    String symbol = name.substring(SYMBOL.length());
    Tolerance tolerance = rules.ofSymbol(symbol);
    BigDecimal engine = figures.ofEngine(name);
    BigDecimal venue = figures.ofVenue(name);
    BigDecimal allowed = tolerance.allowed(engine, venue);
    Double mark = books.marks.get(symbol);
    SymbolAssets assets = rules.assets(symbol);
    if (mark != null && mark > 0 && assets != null) {
      BigDecimal price = BigDecimal.valueOf(mark);
      BigDecimal inQuote =
          rules.ofAsset(assets.quote()).allowed(engine.multiply(price), venue.multiply(price));
      allowed = allowed.min(inQuote.divide(price, MathContext.DECIMAL64));
    }
    if (explained(books, figures, name, allowed, asOfUs)) {
      return null;
    }
    String worth =
        mark == null
            ? ""
            : ", "
                + Math.round(figures.settled(name).doubleValue() * mark * 100) / 100.0
                + " quote";
    return of(
        FindingKind.POSITION_DIFFERS,
        name,
        symbol,
        tolerance,
        figures,
        allowed,
        asOfUs,
        "base units",
        worth);
  }

  private static boolean explained(
      BookState books, Figures figures, String name, BigDecimal allowed, long asOfUs) {
    boolean agree = within(figures.raw(name), allowed);
    Deviation deviation = books.deviations.get(name);
    if (deviation != null && agree && deviation.atUs() < asOfUs && !figures.waits(name)) {
      books.deviations.remove(name); // nothing is left to explain
    }
    BigDecimal known = deviation == null ? BigDecimal.ZERO : deviation.amount();
    return agree
        || within(figures.settled(name), allowed)
        || within(figures.settled(name).subtract(known), allowed);
  }

  private static boolean within(BigDecimal apart, BigDecimal allowed) {
    return apart.abs().compareTo(allowed) <= 0;
  }

  private static Observation of(
      FindingKind kind,
      String name,
      String symbol,
      Tolerance tolerance,
      Figures figures,
      BigDecimal allowed,
      long asOfUs,
      String unit,
      String worth) {
    BigDecimal engine = figures.ofEngine(name);
    BigDecimal venue = figures.ofVenue(name);
    BigDecimal apart = figures.settled(name);
    boolean waits = figures.waits(name);
    Severity severity = tolerance.severity(apart, engine, venue);
    return new Observation(
        Basis.BALANCES,
        kind,
        name,
        severity,
        asOfUs,
        symbol,
        null,
        null,
        engine,
        venue,
        allowed,
        apart,
        unit,
        null,
        "engine less venue is "
            + Fills.plain(apart)
            + worth
            + (waits ? ", fills on their way taken into account" : "")
            + "; allowed are "
            + Fills.plain(allowed));
  }

  /**
   * Σ |engine − venue| in quote currency; of assets, and of positions whose asset is in no book.
   */
  private double drift(BookState books, Figures figures) {
    double sum = 0;
    for (String name : figures.names()) {
      double apart = Math.abs(figures.drift(name).doubleValue());
      if (apart > 0) {
        sum += apart * price(books, figures, name);
      }
    }
    return sum;
  }

  /** What one unit is worth; 0 when nobody knows, and for a position its asset stands for. */
  private double price(BookState books, Figures figures, String name) {
    if (name.startsWith(ASSET)) {
      String asset = name.substring(ASSET.length());
      return rules.quoteAssets().contains(asset) ? 1 : markOf(books, asset);
    }
    String symbol = name.substring(SYMBOL.length());
    SymbolAssets assets = rules.assets(symbol);
    boolean counted = assets != null && figures.names().contains(Effects.asset(assets.base()));
    return counted ? 0 : books.marks.getOrDefault(symbol, 0.0);
  }

  private double markOf(BookState books, String asset) {
    String first = null;
    for (Map.Entry<String, Double> mark : books.marks.entrySet()) {
      SymbolAssets assets = rules.assets(mark.getKey());
      boolean ours = assets != null && assets.base().equals(asset);
      if (ours && (first == null || mark.getKey().compareTo(first) < 0)) {
        first = mark.getKey();
      }
    }
    return first == null ? 0 : books.marks.get(first);
  }
}
