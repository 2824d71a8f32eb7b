// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** What one execution does to a book, by {@code symbol=…} and {@code asset=…}. */
final class Effects {
  private Effects() {}

  static String symbol(String symbol) {
    return "symbol=" + symbol;
  }

  static String asset(String asset) {
    return "asset=" + asset;
  }

  /** Adds the effect of an execution, or takes it away. */
  static void add(
      Map<String, BigDecimal> sums, Execution execution, boolean plus, ReconcileRules rules) {
    BigDecimal qty = plus ? execution.signedQty() : execution.signedQty().negate();
    plus(sums, symbol(execution.symbol()), qty);
    SymbolAssets assets = rules.assets(execution.symbol());
    if (assets != null) {
      plus(sums, asset(assets.base()), qty);
      plus(sums, asset(assets.quote()), qty.multiply(execution.price()).negate());
    }
    if (execution.fee() != null && execution.feeAsset() != null) {
      BigDecimal fee = plus ? execution.fee().negate() : execution.fee();
      plus(sums, asset(execution.feeAsset()), fee);
    }
  }

  /** Notes what a fact has put into the engine's book. */
  static void deviate(
      BookState books, Execution execution, boolean plus, long atUs, ReconcileRules rules) {
    Map<String, BigDecimal> effects = new HashMap<>();
    add(effects, execution, plus, rules);
    effects.forEach(
        (name, amount) ->
            books.deviations.merge(
                name,
                new Deviation(amount, atUs),
                (one, other) ->
                    new Deviation(
                        one.amount().add(other.amount()), Math.max(one.atUs(), other.atUs()))));
  }

  private static void plus(Map<String, BigDecimal> sums, String name, BigDecimal amount) {
    sums.merge(name, amount, BigDecimal::add);
  }
}
