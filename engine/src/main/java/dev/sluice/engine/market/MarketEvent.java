// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

/**
 * One message of a market-data feed. Times are epoch microseconds: {@code exchangeTimeUs} is the
 * exchange's own clock (equal to the receive time where a message carries none), {@code
 * receiveTimeUs} the recorder's. They disagree in real data; both are kept as they are.
 */
public sealed interface MarketEvent {
  String symbol();

  long exchangeTimeUs();

  long receiveTimeUs();

  /**
   * Changed price levels; size 0 removes a level.
   *
   * @param previousUpdateId last update id of the previous delta where the venue sends it, else -1
   */
  record BookDelta(
      String symbol,
      long exchangeTimeUs,
      long receiveTimeUs,
      long firstUpdateId,
      long lastUpdateId,
      long previousUpdateId,
      double[] bidPrices,
      double[] bidSizes,
      double[] askPrices,
      double[] askSizes)
      implements MarketEvent {}

  /** The whole book at {@code lastUpdateId}. */
  record BookSnapshot(
      String symbol,
      long exchangeTimeUs,
      long receiveTimeUs,
      long lastUpdateId,
      double[] bidPrices,
      double[] bidSizes,
      double[] askPrices,
      double[] askSizes)
      implements MarketEvent {}

  /** Best bid and ask. */
  record BestQuote(
      String symbol,
      long exchangeTimeUs,
      long receiveTimeUs,
      long updateId,
      double bid,
      double bidSize,
      double ask,
      double askSize)
      implements MarketEvent {}

  /** A trade between others; {@code buyerIsMaker} true means an aggressive sell. */
  record TradePrint(
      String symbol,
      long exchangeTimeUs,
      long receiveTimeUs,
      long tradeId,
      double price,
      double size,
      boolean buyerIsMaker)
      implements MarketEvent {}
}
