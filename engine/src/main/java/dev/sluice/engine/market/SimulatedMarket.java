// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

/**
 * Settings of one simulated symbol.
 *
 * @param startPrice where the fair price starts and what it returns to, quote units
 * @param eventsPerSecond mean number of market events per second over all regimes
 * @param meanLevelSize mean displayed size of a level, base units
 * @param meanTradeSize mean size of an ordinary trade, base units
 * @param sideMemory probability that a trade has the side of the one before it
 * @param returnTimeS time constant of the return to the start price, seconds
 * @param feedDelayUs receive time minus exchange time, microseconds
 */
public record SimulatedMarket(
    Instrument instrument,
    double startPrice,
    double eventsPerSecond,
    double meanLevelSize,
    double meanTradeSize,
    double sideMemory,
    double returnTimeS,
    long feedDelayUs) {

  public SimulatedMarket {
    boolean positive =
        startPrice > 0
            && eventsPerSecond > 0
            && meanLevelSize > 0
            && meanTradeSize > 0
            && returnTimeS > 0;
    if (!positive || feedDelayUs < 0 || sideMemory < 0 || sideMemory >= 1) {
      throw new IllegalArgumentException("not a market: " + instrument.symbol());
    }
  }

  /** Price 100, three events a second, levels of 4, trades of 1.5, 5 ms behind the exchange. */
  public static SimulatedMarket defaults(String symbol) {
    return new SimulatedMarket(Instrument.of(symbol), 100.0, 3.0, 4.0, 1.5, 0.65, 7_200, 5_000);
  }
}
