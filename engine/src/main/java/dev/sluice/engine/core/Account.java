// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.market.Instrument;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Money and positions as the engine books them: exact decimals, average cost, fees in quote
 * currency. Realised PnL is after fees. Not thread-safe.
 */
public final class Account {
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  private final double configuredEquity;
  private double startEquity;
  private final Map<String, Holding> holdings = new LinkedHashMap<>();
  private final Map<String, BigDecimal> totals = new TreeMap<>();
  private BigDecimal realised = BigDecimal.ZERO;

  private static final class Holding {
    private final Instrument instrument;
    private BigDecimal qty = BigDecimal.ZERO;
    private BigDecimal avgPrice = BigDecimal.ZERO;
    private double qtyValue;
    private double mark = Double.NaN;

    Holding(Instrument instrument) {
      this.instrument = instrument;
    }

    void set(BigDecimal toQty, BigDecimal toAvgPrice) {
      qty = toQty;
      avgPrice = toAvgPrice;
      qtyValue = toQty.doubleValue();
      if (Double.isNaN(mark)) {
        mark = toAvgPrice.doubleValue();
      }
    }

    Journal.SavedPosition saved() {
      return new Journal.SavedPosition(instrument.symbol(), qty, avgPrice);
    }
  }

  /**
   * @param startEquity what the engine's capital counts at the start, quote currency
   * @param startBalances what the venue says the account holds
   */
  public Account(double startEquity, List<Instrument> instruments, List<Balance> startBalances) {
    this.configuredEquity = startEquity;
    this.startEquity = startEquity;
    for (Instrument instrument : instruments) {
      holdings.put(instrument.symbol(), new Holding(instrument));
      totals.put(instrument.quoteAsset(), BigDecimal.ZERO);
      totals.put(instrument.baseAsset(), BigDecimal.ZERO);
    }
    for (Balance balance : startBalances) {
      totals.put(balance.asset(), balance.total());
    }
  }

  /** Books an execution; {@code fee} is a cost in quote currency. */
  public void fill(String symbol, Side side, BigDecimal price, BigDecimal qty, BigDecimal fee) {
    Holding holding = holdings.get(symbol);
    BigDecimal signed = side == Side.BUY ? qty : qty.negate();
    BigDecimal before = holding.qty;
    BigDecimal after = before.add(signed);
    boolean enlarges = before.signum() == 0 || before.signum() == signed.signum();
    if (enlarges) {
      BigDecimal cost = holding.avgPrice.multiply(before.abs()).add(price.multiply(qty));
      holding.avgPrice = cost.divide(after.abs(), PRECISION);
    } else {
      BigDecimal closed = before.abs().min(qty);
      BigDecimal gain = price.subtract(holding.avgPrice).multiply(closed);
      realised = realised.add(before.signum() > 0 ? gain : gain.negate(), PRECISION);
      if (after.signum() == 0) {
        holding.avgPrice = BigDecimal.ZERO;
      } else if (after.signum() != before.signum()) {
        holding.avgPrice = price;
      }
    }
    holding.qty = after;
    holding.qtyValue = after.doubleValue();
    BigDecimal paid = signed.multiply(price).add(fee);
    totals.merge(holding.instrument.quoteAsset(), paid.negate(), BigDecimal::add);
    totals.merge(holding.instrument.baseAsset(), signed, BigDecimal::add);
    realised = realised.subtract(fee, PRECISION);
    if (Double.isNaN(holding.mark)) {
      holding.mark = price.doubleValue();
    }
  }

  /** The price a position is valued at. */
  public void mark(String symbol, double mid) {
    holdings.get(symbol).mark = mid;
  }

  public BigDecimal position(String symbol) {
    return holdings.get(symbol).qty;
  }

  /** Position in base units, signed, as a double for decisions. */
  public double positionValue(String symbol) {
    return holdings.get(symbol).qtyValue;
  }

  public double realisedPnl() {
    return realised.doubleValue();
  }

  public double unrealisedPnl() {
    double sum = 0.0;
    for (Holding holding : holdings.values()) {
      if (holding.qtyValue != 0.0) {
        sum += holding.qtyValue * (holding.mark - holding.avgPrice.doubleValue());
      }
    }
    return sum;
  }

  /** Start capital + realised + unrealised PnL. */
  public double equity() {
    return startEquity + realisedPnl() + unrealisedPnl();
  }

  /** Positions other than flat. */
  public List<Position> positions() {
    List<Position> positions = new ArrayList<>();
    for (Holding holding : holdings.values()) {
      if (holding.qty.signum() != 0) {
        positions.add(new Position(holding.instrument.symbol(), holding.qty, holding.avgPrice));
      }
    }
    return positions;
  }

  /** Whether the account trades this symbol. */
  boolean knows(String symbol) {
    return holdings.containsKey(symbol);
  }

  /** Whether its positions are those, in quantity. */
  boolean agrees(List<Position> positions) {
    Map<String, BigDecimal> told = new HashMap<>();
    positions.forEach(position -> told.put(position.symbol(), position.qty()));
    return holdings.values().stream()
        .allMatch(
            holding ->
                holding.qty.compareTo(
                        told.getOrDefault(holding.instrument.symbol(), BigDecimal.ZERO))
                    == 0);
  }

  /** Goes on where the journal ended: its positions, and its capital as the one at the start. */
  void restore(Journal.SavedAccount saved) {
    startEquity = saved.capital().doubleValue();
    realised = BigDecimal.ZERO;
    for (Journal.SavedPosition position : saved.positions()) {
      if (knows(position.symbol())) {
        holdings.get(position.symbol()).set(position.qty(), position.avgPrice());
      }
    }
  }

  /**
   * Takes the venue's word for positions and balances.
   *
   * @param keepsCapital the capital booked so far counts on, where there are positions to value
   *     beside it; otherwise that of the configuration, which at a restart is the saved equity: it
   *     holds the open profit already, and must not be given positions as well
   */
  void adopt(List<Position> positions, List<Balance> balances, boolean keepsCapital) {
    startEquity = keepsCapital && !positions.isEmpty() ? capital().doubleValue() : configuredEquity;
    realised = BigDecimal.ZERO;
    holdings.values().forEach(holding -> holding.set(BigDecimal.ZERO, BigDecimal.ZERO));
    for (Position position : positions) {
      if (knows(position.symbol())) {
        holdings.get(position.symbol()).set(position.qty(), position.avgPrice());
      }
    }
    takeBalances(balances);
  }

  /** Takes the venue's word for balances. */
  void takeBalances(List<Balance> balances) {
    balances.forEach(balance -> totals.put(balance.asset(), balance.total()));
  }

  /** What the journal is to keep after a fill in this symbol. */
  Journal.SavedAccount saved(String symbol) {
    return new Journal.SavedAccount(List.of(holdings.get(symbol).saved()), capital());
  }

  /** What the journal is to keep of all. */
  Journal.SavedAccount saved() {
    return new Journal.SavedAccount(
        holdings.values().stream().map(Holding::saved).toList(), capital());
  }

  private BigDecimal capital() {
    return BigDecimal.valueOf(startEquity).add(realised, PRECISION);
  }

  /** Every asset by name; free is the total less what {@code held} says. */
  public List<Balance> balances(Map<String, BigDecimal> held) {
    List<Balance> balances = new ArrayList<>();
    totals.forEach(
        (asset, total) ->
            balances.add(
                new Balance(
                    asset, total, total.subtract(held.getOrDefault(asset, BigDecimal.ZERO)))));
    return balances;
  }

  void hash(StateHash hash) {
    hash.add(realised);
    totals.forEach((asset, total) -> hash.add(asset).add(total));
    for (Holding holding : holdings.values()) {
      hash.add(holding.qty).add(holding.avgPrice);
    }
  }
}
