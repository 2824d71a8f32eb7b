// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import dev.sluice.engine.market.MarketEvent.BestQuote;
import dev.sluice.engine.market.MarketEvent.BookDelta;
import dev.sluice.engine.market.MarketEvent.BookSnapshot;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Queue;

/**
 * The simulated exchange's own book of one symbol: dense levels on a tick grid around a fair price,
 * and the events that changes of it cause. Sizes are in lots, prices in ticks.
 */
final class SimulatedBook {
  private static final int LEVELS = 10;
  private static final double LEVEL_SIGMA = 0.6;
  private static final double NEW_LEVEL_SHARE = 0.4;

  private final String symbol;
  private final SeededRandom random;
  private final long tickUnscaled;
  private final double tickPower;
  private final double lotUnscaled;
  private final double lotPower;
  private final double meanLevelLots;
  private final long feedDelayUs;

  private final long[] bidLots = new long[LEVELS];
  private final long[] askLots = new long[LEVELS];
  private long bestBid;
  private long bestAsk;
  private long updateId;
  private long tradeId;

  private final Levels changedBids = new Levels();
  private final Levels changedAsks = new Levels();

  SimulatedBook(SimulatedMarket market, SeededRandom random, long fairTicks) {
    Instrument instrument = market.instrument();
    this.symbol = instrument.symbol();
    this.random = random;
    this.tickUnscaled = instrument.tickSize().unscaledValue().longValueExact();
    this.tickPower = powerOfTen(instrument.tickSize());
    this.lotUnscaled = instrument.lotSize().unscaledValue().longValueExact();
    this.lotPower = powerOfTen(instrument.lotSize());
    this.meanLevelLots = market.meanLevelSize() / instrument.lotSize().doubleValue();
    this.feedDelayUs = market.feedDelayUs();
    this.bestBid = fairTicks - 1;
    this.bestAsk = fairTicks + 1;
    for (int i = 0; i < LEVELS; i++) {
      bidLots[i] = newLevel(1);
      askLots[i] = newLevel(1);
    }
  }

  BookSnapshot snapshot(long timeUs) {
    for (int i = 0; i < LEVELS; i++) {
      changedBids.add(price(bestBid - i), size(bidLots[i]));
      changedAsks.add(price(bestAsk + i), size(askLots[i]));
    }
    return new BookSnapshot(
        symbol,
        timeUs,
        timeUs + feedDelayUs,
        updateId,
        changedBids.takePrices(),
        changedBids.takeSizes(),
        changedAsks.takePrices(),
        changedAsks.takeSizes());
  }

  /**
   * A trade takes displayed volume, over several levels if it is large.
   *
   * @return lots traded, signed by the aggressor's side
   */
  long trade(boolean sell, long lots, long timeUs, Queue<MarketEvent> out) {
    long left = lots;
    for (int i = 0; i < LEVELS / 2 && left > 0; i++) {
      long[] levels = sell ? bidLots : askLots;
      long take = Math.min(left, levels[0]);
      double at = price(sell ? bestBid : bestAsk);
      tradeId++;
      out.add(new TradePrint(symbol, timeUs, timeUs + feedDelayUs, tradeId, at, size(take), sell));
      left -= take;
      setBest(sell, levels[0] - take);
    }
    publish(timeUs, out);
    return sell ? left - lots : lots - left;
  }

  /** Moves the touch to where the makers want it, or, where it is there, changes one level. */
  void requote(long wantedBid, long wantedAsk, long timeUs, Queue<MarketEvent> out) {
    boolean moves = wantedBid != bestBid || wantedAsk != bestAsk;
    while (bestBid > wantedBid) {
      setBest(true, 0);
    }
    while (bestAsk < wantedAsk) {
      setBest(false, 0);
    }
    while (bestBid < wantedBid) {
      improve(true);
    }
    while (bestAsk > wantedAsk) {
      improve(false);
    }
    if (!moves) {
      resize();
    }
    publish(timeUs, out);
  }

  private void resize() {
    boolean bid = random.chance(0.5);
    int rank = Math.min(LEVELS - 1, (int) random.nextExponential(2));
    long[] levels = bid ? bidLots : askLots;
    // Half the time somebody leaves, half the time somebody joins; the mean size is stable.
    double target = newLevel(1);
    levels[rank] = Math.max(1, Math.round(levels[rank] + (target - levels[rank]) * 0.5));
    note(bid, rank);
  }

  private void setBest(boolean bid, long lots) {
    long[] levels = bid ? bidLots : askLots;
    levels[0] = lots;
    note(bid, 0);
    if (lots == 0) {
      System.arraycopy(levels, 1, levels, 0, LEVELS - 1);
      levels[LEVELS - 1] = newLevel(1);
      if (bid) {
        bestBid--;
      } else {
        bestAsk++;
      }
      note(bid, LEVELS - 1);
    }
  }

  private void improve(boolean bid) {
    long[] levels = bid ? bidLots : askLots;
    (bid ? changedBids : changedAsks)
        .add(price(bid ? bestBid - LEVELS + 1 : bestAsk + LEVELS - 1), 0);
    System.arraycopy(levels, 0, levels, 1, LEVELS - 1);
    levels[0] = newLevel(NEW_LEVEL_SHARE);
    if (bid) {
      bestBid++;
    } else {
      bestAsk--;
    }
    note(bid, 0);
  }

  private void note(boolean bid, int rank) {
    if (bid) {
      changedBids.add(price(bestBid - rank), size(bidLots[rank]));
    } else {
      changedAsks.add(price(bestAsk + rank), size(askLots[rank]));
    }
  }

  private void publish(long timeUs, Queue<MarketEvent> out) {
    long receiveUs = timeUs + feedDelayUs;
    updateId++;
    boolean touched = changedBids.touches(price(bestBid)) || changedAsks.touches(price(bestAsk));
    out.add(
        new BookDelta(
            symbol,
            timeUs,
            receiveUs,
            updateId,
            updateId,
            -1,
            changedBids.takePrices(),
            changedBids.takeSizes(),
            changedAsks.takePrices(),
            changedAsks.takeSizes()));
    if (touched) {
      out.add(
          new BestQuote(
              symbol,
              timeUs,
              receiveUs,
              updateId,
              price(bestBid),
              size(bidLots[0]),
              price(bestAsk),
              size(askLots[0])));
    }
  }

  private long newLevel(double share) {
    return Math.max(1, Math.round(random.nextLogNormal(share * meanLevelLots, LEVEL_SIGMA)));
  }

  /** An exact quotient of integers, so it is the double nearest to the decimal price. */
  private double price(long ticks) {
    return ticks * tickUnscaled / tickPower;
  }

  private double size(long lots) {
    return lots * lotUnscaled / lotPower;
  }

  private static double powerOfTen(BigDecimal step) {
    return BigDecimal.ONE.movePointRight(step.scale()).doubleValue();
  }

  /** Changed levels of one side, in order of change; a later change of a level overrides. */
  private static final class Levels {
    private double[] prices = new double[2 * LEVELS];
    private double[] sizes = new double[2 * LEVELS];
    private int count;
    private int taken;

    void add(double price, double size) {
      for (int i = 0; i < count; i++) {
        if (prices[i] == price) {
          sizes[i] = size;
          return;
        }
      }
      if (count == prices.length) {
        prices = Arrays.copyOf(prices, 2 * count);
        sizes = Arrays.copyOf(sizes, 2 * count);
      }
      prices[count] = price;
      sizes[count] = size;
      count++;
    }

    /** Whether the best level, at this price now, has changed or become the best. */
    boolean touches(double best) {
      for (int i = 0; i < count; i++) {
        if (prices[i] == best || sizes[i] == 0) {
          return true;
        }
      }
      return false;
    }

    double[] takePrices() {
      taken = count;
      count = 0;
      return Arrays.copyOf(prices, taken);
    }

    double[] takeSizes() {
      return Arrays.copyOf(sizes, taken);
    }
  }
}
