// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Severity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the open orders of two snapshots by client order id. */
final class OpenOrders {
  private final ReconcileRules rules;

  OpenOrders(ReconcileRules rules) {
    this.rules = rules;
  }

  void observe(BookState books, SnapshotPair pair, Sight sight) {
    Map<String, OpenOrder> engine = byId(pair.engine().openOrders());
    Map<String, OpenOrder> venue = byId(pair.venue().openOrders());
    TreeSet<String> ids = new TreeSet<>(engine.keySet());
    ids.addAll(venue.keySet());
    for (String id : ids) {
      Observation seen = compare(id, engine.get(id), venue.get(id), pair.asOfUs());
      if (seen != null && !inFlight(books, id, pair)) {
        sight.see(seen);
      }
    }
    for (Difference known : books.differences.values()) {
      Observation before = known.observation();
      if (before.basis() == Basis.ORDERS && inFlight(books, before.clientOrderId(), pair)) {
        sight.suspend(before.key());
      }
    }
    sight.judged(Basis.ORDERS);
  }

  /** Something was said of it around or after the as-of time: the snapshots may not know it yet. */
  private boolean inFlight(BookState books, String clientOrderId, SnapshotPair pair) {
    KnownOrder known = books.orders.get(clientOrderId);
    long waitUs = Math.max(rules.graceUs(), rules.quietUs());
    return known != null && known.changedUs() >= pair.asOfUs() - waitUs;
  }

  private Observation compare(String id, OpenOrder engine, OpenOrder venue, long asOfUs) {
    if (engine == null) {
      return of(
          FindingKind.MISSING_AT_ENGINE,
          Severity.CRITICAL,
          id,
          null,
          venue,
          asOfUs,
          null,
          "the order rests at the venue and the engine does not know it");
    }
    if (venue == null) {
      return of(
          FindingKind.MISSING_AT_VENUE,
          Severity.WARNING,
          id,
          engine,
          null,
          asOfUs,
          null,
          "the engine believes in an order that does not rest at the venue");
    }
    BigDecimal engineLeft = engine.qty().subtract(engine.cumQty());
    BigDecimal venueLeft = venue.qty().subtract(venue.cumQty());
    boolean same =
        engine.qty().compareTo(venue.qty()) == 0 && engine.cumQty().compareTo(venue.cumQty()) == 0;
    if (same && engine.side() == venue.side()) {
      return null;
    }
    BigDecimal apart = engineLeft.subtract(venueLeft);
    Severity severity = rules.ofSymbol(venue.symbol()).severity(apart, engineLeft, venueLeft);
    return of(
        FindingKind.QUANTITY_DIFFERS,
        severity == Severity.CRITICAL ? severity : Severity.WARNING,
        id,
        engine,
        venue,
        asOfUs,
        apart,
        "the engine has " + filled(engine) + " of one order filled, the venue " + filled(venue));
  }

  private static String filled(OpenOrder order) {
    return order.side() + " " + Fills.plain(order.cumQty()) + " of " + Fills.plain(order.qty());
  }

  private static Observation of(
      FindingKind kind,
      Severity severity,
      String id,
      OpenOrder engine,
      OpenOrder venue,
      long asOfUs,
      BigDecimal apart,
      String reason) {
    return new Observation(
        Basis.ORDERS,
        kind,
        Orders.subject(id),
        severity,
        asOfUs,
        engine == null ? venue.symbol() : engine.symbol(),
        id,
        null,
        engine == null ? null : engine.qty().subtract(engine.cumQty()),
        venue == null ? null : venue.qty().subtract(venue.cumQty()),
        apart == null ? null : BigDecimal.ZERO,
        apart,
        "base units",
        null,
        reason);
  }

  private static Map<String, OpenOrder> byId(List<OpenOrder> orders) {
    Map<String, OpenOrder> byId = new TreeMap<>();
    orders.forEach(order -> byId.put(order.clientOrderId(), order));
    return byId;
  }
}
