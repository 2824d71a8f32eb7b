// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * What can be traded and in which steps.
 *
 * @param tickSize smallest price step, quote units
 * @param lotSize smallest quantity step, base units
 * @param minNotional smallest price·qty of an order, quote units
 */
public record Instrument(
    String symbol,
    String baseAsset,
    String quoteAsset,
    BigDecimal tickSize,
    BigDecimal lotSize,
    BigDecimal minNotional) {
  /** Suffix that tells a perpetual future from the spot pair of the same name. */
  public static final String PERPETUAL_SUFFIX = "-PERP";

  private static final Map<String, Instrument> KNOWN =
      Map.of(
          "BTCUSDT", usdt("BTCUSDT", "BTC", "0.01", "0.00001"),
          "ETHUSDT", usdt("ETHUSDT", "ETH", "0.01", "0.0001"),
          "BTCUSDT-PERP", usdt("BTCUSDT-PERP", "BTC-PERP", "0.1", "0.001"),
          "ETHUSDT-PERP", usdt("ETHUSDT-PERP", "ETH-PERP", "0.01", "0.001"),
          "NEXOUSDT", usdt("NEXOUSDT", "NEXO", "0.001", "0.01"));

  public Instrument {
    if (tickSize.signum() <= 0 || lotSize.signum() <= 0 || minNotional.signum() < 0) {
      throw new IllegalArgumentException("tick and lot must be positive: " + symbol);
    }
  }

  /**
   * The steps of a symbol: those of Binance in August 2024 for the symbols of our captures, else
   * tick 0.01, lot 0.01 and a minimum notional of 5.
   */
  public static Instrument of(String symbol) {
    Instrument known = KNOWN.get(symbol);
    if (known != null) {
      return known;
    }
    boolean perpetual = symbol.endsWith(PERPETUAL_SUFFIX);
    String pair =
        perpetual ? symbol.substring(0, symbol.length() - PERPETUAL_SUFFIX.length()) : symbol;
    String base =
        pair.endsWith("USDT") && pair.length() > 4 ? pair.substring(0, pair.length() - 4) : pair;
    return usdt(symbol, perpetual ? base + PERPETUAL_SUFFIX : base, "0.01", "0.01");
  }

  /** The nearest multiple of the tick size, not above (DOWN) or not below (UP) as asked. */
  public BigDecimal roundPrice(double price, RoundingMode mode) {
    return BigDecimal.valueOf(price).divide(tickSize, 0, mode).multiply(tickSize);
  }

  /** The largest multiple of the lot size not above {@code qty}. */
  public BigDecimal floorQty(double qty) {
    return BigDecimal.valueOf(qty).divide(lotSize, 0, RoundingMode.FLOOR).multiply(lotSize);
  }

  private static Instrument usdt(String symbol, String base, String tick, String lot) {
    return new Instrument(
        symbol, base, "USDT", new BigDecimal(tick), new BigDecimal(lot), BigDecimal.valueOf(5));
  }
}
