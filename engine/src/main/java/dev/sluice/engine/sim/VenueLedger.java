// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.market.Instrument;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Money of one account in exact decimals. Fees are paid in the quote asset; a cost is positive.
 *
 * <p>Conservation, exactly, after every execution, over all symbols of a quote asset:
 *
 * <pre>quote balance = initial − Σ cost + Σ realised − Σ fees;  base balance = initial + position
 * </pre>
 *
 * where cost is the signed quote amount tied up in the open position (average-cost method) and
 * realised is what closing gave beyond it. Not thread-safe.
 */
public final class VenueLedger {
  /** Digits of an average price and of the cost released by a partial close. */
  private static final int SCALE = 12;

  private final Map<String, BigDecimal> totals = new TreeMap<>();
  private final Map<String, Account> accounts = new LinkedHashMap<>();

  VenueLedger(Collection<Instrument> instruments, BigDecimal initialQuote, BigDecimal initialBase) {
    for (Instrument instrument : instruments) {
      totals.put(instrument.quoteAsset(), initialQuote);
      totals.put(instrument.baseAsset(), initialBase);
      accounts.put(instrument.symbol(), new Account(instrument));
    }
  }

  /** Books one execution. */
  void execute(String symbol, Side side, BigDecimal price, BigDecimal qty, BigDecimal fee) {
    Account account = accounts.get(symbol);
    BigDecimal signedQty = side == Side.BUY ? qty : qty.negate();
    BigDecimal signedValue = signedQty.multiply(price);
    totals.merge(account.instrument.quoteAsset(), signedValue.add(fee).negate(), BigDecimal::add);
    totals.merge(account.instrument.baseAsset(), signedQty, BigDecimal::add);
    account.fees = account.fees.add(fee);
    account.turnover = account.turnover.add(signedValue.abs());
    account.move(signedQty, price);
  }

  /** Signed position in base units. */
  public BigDecimal position(String symbol) {
    return accounts.get(symbol).qty;
  }

  /** Fees paid so far in all symbols, quote units, rebates subtracted. */
  public BigDecimal fees() {
    return accounts.values().stream().map(a -> a.fees).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Sum of price·qty of all executions in all symbols, quote units. */
  public BigDecimal turnover() {
    return accounts.values().stream().map(a -> a.turnover).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Fees paid so far in quote units, rebates subtracted. */
  public BigDecimal fees(String symbol) {
    return accounts.get(symbol).fees;
  }

  /** Sum of price·qty of all executions, quote units. */
  public BigDecimal turnover(String symbol) {
    return accounts.get(symbol).turnover;
  }

  /** Profit of closed quantity before fees, quote units, average-cost method. */
  public BigDecimal realised(String symbol) {
    return accounts.get(symbol).realised;
  }

  /** Signed quote amount tied up in the open position. */
  public BigDecimal cost(String symbol) {
    return accounts.get(symbol).cost;
  }

  /** Total of an asset. */
  public BigDecimal total(String asset) {
    return totals.getOrDefault(asset, BigDecimal.ZERO);
  }

  /** Positions other than flat, in the order of the instruments. */
  public List<Position> positions() {
    List<Position> positions = new ArrayList<>();
    for (Account account : accounts.values()) {
      if (account.qty.signum() != 0) {
        BigDecimal average = account.cost.divide(account.qty, SCALE, RoundingMode.HALF_EVEN);
        positions.add(
            new Position(account.instrument.symbol(), account.qty, average.stripTrailingZeros()));
      }
    }
    return positions;
  }

  /** Every asset, by name; free is the total less what open orders hold. */
  List<Balance> balances(Map<String, BigDecimal> held) {
    List<Balance> balances = new ArrayList<>();
    totals.forEach(
        (asset, total) ->
            balances.add(
                new Balance(
                    asset, total, total.subtract(held.getOrDefault(asset, BigDecimal.ZERO)))));
    return balances;
  }

  private static final class Account {
    final Instrument instrument;
    BigDecimal qty = BigDecimal.ZERO;
    BigDecimal cost = BigDecimal.ZERO;
    BigDecimal realised = BigDecimal.ZERO;
    BigDecimal fees = BigDecimal.ZERO;
    BigDecimal turnover = BigDecimal.ZERO;

    Account(Instrument instrument) {
      this.instrument = instrument;
    }

    void move(BigDecimal signedQty, BigDecimal price) {
      boolean opens = qty.signum() == 0 || qty.signum() == signedQty.signum();
      if (opens) {
        cost = cost.add(signedQty.multiply(price));
      } else if (signedQty.abs().compareTo(qty.abs()) <= 0) {
        close(signedQty, price);
      } else {
        BigDecimal closing = qty.negate();
        close(closing, price);
        cost = signedQty.subtract(closing).multiply(price);
      }
      qty = qty.add(signedQty);
    }

    private void close(BigDecimal signedQty, BigDecimal price) {
      boolean all = signedQty.negate().compareTo(qty) == 0;
      BigDecimal released =
          all ? cost : cost.multiply(signedQty.negate()).divide(qty, SCALE, RoundingMode.HALF_EVEN);
      realised = realised.subtract(signedQty.multiply(price)).subtract(released);
      cost = cost.subtract(released);
    }
  }
}
