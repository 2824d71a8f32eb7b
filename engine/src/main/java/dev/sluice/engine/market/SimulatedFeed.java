// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A seeded simulated market without end: per symbol a book on a tick grid whose makers follow a
 * fair price (an Ornstein-Uhlenbeck walk around the start price, plus a lasting impact of trades),
 * with trades of autocorrelated side and log-normal size at Poisson times, in {@link Regime}s.
 *
 * <p>Starts with a snapshot per symbol at {@code startUs}. Best quotes follow the delta that
 * changed the touch, with its update id. Each symbol has its own random numbers: adding one does
 * not change the others. Deterministic by seed; not thread-safe.
 */
public final class SimulatedFeed implements MarketDataFeed {
  private final List<String> symbols;
  private final List<Generator> generators = new ArrayList<>();

  /** Simulates the given markets from {@code startUs} (exchange time, epoch microseconds) on. */
  public SimulatedFeed(List<SimulatedMarket> markets, long seed, long startUs) {
    this.symbols = markets.stream().map(market -> market.instrument().symbol()).toList();
    if (symbols.stream().distinct().count() != symbols.size() || symbols.isEmpty()) {
      throw new IllegalArgumentException("symbols must be there and distinct: " + symbols);
    }
    for (SimulatedMarket market : markets) {
      generators.add(new Generator(market, seed, startUs));
    }
  }

  /** Simulates symbols with {@link SimulatedMarket#defaults}. */
  public static SimulatedFeed ofDefaults(List<String> symbols, long seed, long startUs) {
    return new SimulatedFeed(
        symbols.stream().map(SimulatedMarket::defaults).toList(), seed, startUs);
  }

  @Override
  public List<String> symbols() {
    return symbols;
  }

  @Override
  public long nextTimeUs() {
    return next().head().receiveTimeUs();
  }

  @Override
  public MarketEvent poll(long nowUs) {
    Generator next = next();
    return next.head().receiveTimeUs() <= nowUs ? next.take() : null;
  }

  @Override
  public void close() {
    // Nothing to release.
  }

  /** The regime of a symbol's market at its next event, for tests and reports. */
  public Regime regime(String symbol) {
    return generators.get(symbols.indexOf(symbol)).regime;
  }

  private Generator next() {
    Generator first = generators.get(0);
    for (int i = 1; i < generators.size(); i++) {
      if (generators.get(i).head().receiveTimeUs() < first.head().receiveTimeUs()) {
        first = generators.get(i);
      }
    }
    return first;
  }

  private static final class Generator {
    /** Events a step causes on average: a delta, mostly a quote, and for a trade its prints. */
    private static final double EVENTS_PER_STEP = 2.05;

    private static final double TRADE_SIGMA = 0.8;
    private static final double LARGE_TRADE_SHARE = 0.04;
    private static final double LARGE_TRADE_FACTOR = 5;
    private static final double IMPACT_TICKS_PER_LEVEL = 0.25;

    private final SimulatedMarket market;
    private final SeededRandom random;
    private final SimulatedBook book;
    private final Queue<MarketEvent> out = new ArrayDeque<>();
    private final double anchorTicks;
    private final double lotsPerUnit;

    private Regime regime = Regime.CALM;
    private long regimeEndUs;
    private double fairTicks;
    private boolean lastSell;
    private long timeUs;

    Generator(SimulatedMarket market, long seed, long startUs) {
      this.market = market;
      this.random = SeededRandom.of(seed, market.instrument().symbol());
      this.anchorTicks = market.startPrice() / market.instrument().tickSize().doubleValue();
      this.lotsPerUnit = 1 / market.instrument().lotSize().doubleValue();
      this.fairTicks = anchorTicks;
      this.book = new SimulatedBook(market, random, Math.round(fairTicks));
      this.timeUs = startUs;
      this.regimeEndUs = startUs + Math.round(random.nextExponential(regime.meanStayUs));
      out.add(book.snapshot(startUs));
    }

    MarketEvent head() {
      while (out.isEmpty()) {
        step();
      }
      return out.peek();
    }

    MarketEvent take() {
      MarketEvent event = head();
      out.remove();
      return event;
    }

    private void step() {
      double stepsPerSecond = market.eventsPerSecond() * regime.activity / EVENTS_PER_STEP;
      double elapsedS = random.nextExponential(1 / stepsPerSecond);
      timeUs += Math.max(1, Math.round(elapsedS * 1e6));
      if (timeUs >= regimeEndUs) {
        regime = regime.next(random);
        regimeEndUs = timeUs + Math.round(random.nextExponential(regime.meanStayUs));
      }
      moveFairPrice(elapsedS);
      if (random.chance(regime.tradeShare)) {
        trade();
      } else {
        requote();
      }
    }

    private void moveFairPrice(double elapsedS) {
      double pull = Math.min(1, elapsedS / market.returnTimeS());
      fairTicks += (anchorTicks - fairTicks) * pull;
      fairTicks += regime.ticksPerRootSecond * Math.sqrt(elapsedS) * random.nextGaussian();
      fairTicks = Math.max(fairTicks, anchorTicks / 10);
    }

    private void trade() {
      boolean sell = random.chance(market.sideMemory()) ? lastSell : !lastSell;
      lastSell = sell;
      double size = random.nextLogNormal(market.meanTradeSize(), TRADE_SIGMA);
      if (random.chance(LARGE_TRADE_SHARE)) {
        size *= LARGE_TRADE_FACTOR;
      }
      long lots = Math.max(1, Math.round(size * lotsPerUnit));
      long traded = book.trade(sell, lots, timeUs, out);
      double levels = traded / (market.meanLevelSize() * lotsPerUnit);
      fairTicks += IMPACT_TICKS_PER_LEVEL * levels;
    }

    private void requote() {
      long bid = (long) Math.floor(fairTicks - regime.halfSpreadTicks);
      long ask = (long) Math.ceil(fairTicks + regime.halfSpreadTicks);
      book.requote(bid, ask, timeUs, out);
    }
  }
}
