// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import dev.sluice.engine.fault.FaultPlan.Window;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A ledger that is wrong while a fault lasts. Deterministic; not thread-safe. */
final class LedgerFaults {
  private final FaultPlan plan;
  private String symbol;

  LedgerFaults(FaultPlan plan) {
    this.plan = plan;
  }

  /** Hears which symbol is traded. */
  void trades(String tradedSymbol) {
    symbol = tradedSymbol;
  }

  /** What is published in place of a snapshot. */
  Ledger of(Ledger ledger) {
    long nowUs = ledger.eventTimeUs();
    Window balance = plan.active(FaultKind.BALANCE_WRONG, nowUs);
    Window position = plan.active(FaultKind.POSITION_WRONG, nowUs);
    Window phantom = plan.active(FaultKind.ORDER_PHANTOM, nowUs);
    boolean sound = balance == null && position == null && phantom == null;
    return sound
        ? ledger
        : Altered.copy(
            ledger,
            "balances",
            balance == null ? ledger.balances() : balances(ledger, balance),
            "positions",
            position == null || symbol == null ? ledger.positions() : positions(ledger, position),
            "openOrders",
            phantom == null || symbol == null ? ledger.openOrders() : openOrders(ledger, phantom));
  }

  /** The asset of which there is most; of equal ones the first by name. */
  private static List<Balance> balances(Ledger ledger, Window window) {
    BigDecimal factor = BigDecimal.valueOf(window.param("ratio", 0.3)).add(BigDecimal.ONE);
    Balance most =
        ledger.balances().stream().max(Comparator.comparing(Balance::total)).orElse(null);
    return ledger.balances().stream()
        .map(b -> b.equals(most) ? new Balance(b.asset(), b.total().multiply(factor), b.free()) : b)
        .toList();
  }

  private List<Position> positions(Ledger ledger, Window window) {
    BigDecimal excess = BigDecimal.valueOf(window.param("qty", 20.0));
    List<Position> positions = new ArrayList<>();
    boolean held = false;
    for (Position position : ledger.positions()) {
      boolean wrong = position.symbol().equals(symbol);
      held |= wrong;
      positions.add(
          wrong ? new Position(symbol, position.qty().add(excess), position.avgPrice()) : position);
    }
    if (!held) {
      positions.add(new Position(symbol, excess, null));
    }
    return positions;
  }

  private List<OpenOrder> openOrders(Ledger ledger, Window window) {
    List<OpenOrder> orders = new ArrayList<>(ledger.openOrders());
    orders.add(new OpenOrder(window.orderId(), symbol, Side.BUY, window.qty(), BigDecimal.ZERO));
    return orders;
  }
}
