// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Position;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Balances and positions of two snapshots, by {@code asset=…} and {@code symbol=…}, and the fills
 * that one of them contains and the other does not.
 *
 * @param pending by name: what the engine's figure lacks because of all such fills
 * @param inFlight the part of it that is within the grace of the snapshots
 */
record Figures(
    Map<String, BigDecimal> engine,
    Map<String, BigDecimal> venue,
    Map<String, BigDecimal> pending,
    Map<String, BigDecimal> inFlight) {

  static Figures of(BookState books, SnapshotPair pair, ReconcileRules rules) {
    Map<String, BigDecimal> pending = new HashMap<>();
    Map<String, BigDecimal> inFlight = new HashMap<>();
    long recentUs = pair.asOfUs() - rules.graceUs();
    for (FillPair fill : books.fills.values()) {
      boolean inEngine = fill.engine() != null && fill.engine().atUs() < pair.engine().asOfUs();
      boolean inVenue = fill.venue() != null && fill.venue().atUs() < pair.venue().asOfUs();
      if (inEngine != inVenue) {
        Execution execution = inVenue ? fill.venue() : fill.engine();
        Effects.add(pending, execution, inVenue, rules);
        if (fill.firstUs() >= recentUs) {
          Effects.add(inFlight, execution, inVenue, rules);
        }
      }
    }
    return new Figures(figures(pair.engine()), figures(pair.venue()), pending, inFlight);
  }

  /** Every name either side has; what one side does not have is 0 there, for it is a good one. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(engine.keySet());
    names.addAll(venue.keySet());
    return names;
  }

  BigDecimal ofEngine(String name) {
    return engine.getOrDefault(name, BigDecimal.ZERO);
  }

  BigDecimal ofVenue(String name) {
    return venue.getOrDefault(name, BigDecimal.ZERO);
  }

  /** Whether a fill that concerns it is in one of the snapshots only. */
  boolean waits(String name) {
    return pending.containsKey(name);
  }

  /** Engine less venue, as the snapshots say. */
  BigDecimal raw(String name) {
    return ofEngine(name).subtract(ofVenue(name));
  }

  /** The same when all fills were in both. */
  BigDecimal settled(String name) {
    return raw(name).add(pending.getOrDefault(name, BigDecimal.ZERO));
  }

  /** The same when those in flight were in both. */
  BigDecimal drift(String name) {
    return raw(name).add(inFlight.getOrDefault(name, BigDecimal.ZERO));
  }

  private static Map<String, BigDecimal> figures(Ledger ledger) {
    Map<String, BigDecimal> figures = new HashMap<>();
    for (Balance balance : ledger.balances()) {
      figures.merge(Effects.asset(balance.asset()), balance.total(), BigDecimal::add);
    }
    for (Position position : ledger.positions()) {
      figures.merge(Effects.symbol(position.symbol()), position.qty(), BigDecimal::add);
    }
    return figures;
  }
}
