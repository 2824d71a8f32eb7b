// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import java.util.Arrays;
import java.util.List;

/**
 * The sums over some engines, made anew from the parts at each message: a few additions, and
 * nothing that drifts. Engines are in the order of their ids, so that no sum depends on who spoke
 * first. Silent engines are in every sum with what was last known of them.
 */
final class RiskScope {
  final List<String> names;
  final List<EngineBook> engines;
  private double peakEquity;
  private final RiskSettings settings;
  private final List<PriceSeries> prices;
  private double[] grossBySymbol = new double[0];
  private Measurement valueAtRisk = Measurement.NONE;
  private double net;
  private double gross;
  private double equity;
  private double dayStartEquity;
  private int heard;
  private boolean complete;

  RiskScope(List<EngineBook> engines, RiskSettings settings, List<PriceSeries> prices) {
    this.engines = engines;
    this.names = engines.stream().map(engine -> engine.engineId).toList();
    this.settings = settings;
    this.prices = prices;
  }

  void restore(PortfolioState.Sums sums) {
    peakEquity = sums.peakEquity();
    valueAtRisk = new Measurement(sums.valueAtRisk(), sums.hours());
  }

  PortfolioState.Sums sums() {
    return new PortfolioState.Sums(names, peakEquity, valueAtRisk.value(), valueAtRisk.samples());
  }

  /** Adds up. */
  void reckon(long clockUs) {
    net = 0;
    gross = 0;
    equity = 0;
    dayStartEquity = 0;
    heard = 0;
    complete = true;
    for (int i = 0; i < engines.size(); i++) {
      EngineBook engine = engines.get(i);
      net += engine.net;
      gross += engine.gross;
      if (engine.heard()) {
        heard++;
        equity += engine.equity;
        dayStartEquity += engine.dayStartEquity;
      }
      complete &= engine.heard() && !silent(engine, clockUs);
    }
    if (heard > 0) {
      peakEquity = Math.max(peakEquity, equity);
    }
  }

  /** True when the engine's last word is too far behind. */
  boolean silent(EngineBook engine, long clockUs) {
    return clockUs - engine.lastWordUs > settings.silentAfterMs() * 1000;
  }

  /** True when every engine has spoken, and recently. */
  boolean complete() {
    return complete;
  }

  /** A portfolio of one is concentrated by its nature: that is nobody's finding. */
  boolean applies(Metric metric) {
    return metric != Metric.CONCENTRATION || engines.size() > 1;
  }

  /** The value from what is known, NaN when there is none. */
  double value(Metric metric) {
    if (heard == 0) {
      return Double.NaN;
    }
    return switch (metric) {
      case NET_EXPOSURE -> Math.abs(net);
      case GROSS_EXPOSURE -> gross;
      case DAILY_LOSS_RATIO ->
          dayStartEquity > 0 ? Math.max(0, dayStartEquity - equity) / dayStartEquity : Double.NaN;
      case DRAWDOWN_RATIO -> peakEquity > 0 ? 1 - equity / peakEquity : Double.NaN;
      case CONCENTRATION -> concentration();
      case VAR_RATIO -> valueAtRisk.value();
      default -> throw new IllegalArgumentException(metric + " is not of a portfolio");
    };
  }

  /** What the value rests on: engines heard, or hours of returns. */
  long samples(Metric metric) {
    return metric == Metric.VAR_RATIO ? valueAtRisk.samples() : heard;
  }

  /** Makes the value at risk anew: from bucket to bucket, its inputs are hours. */
  void reckonValueAtRisk(long clockUs) {
    double[] exposures = new double[prices.size()];
    for (EngineBook engine : engines) {
      for (SymbolBook book : engine.books) {
        exposures[book.priceIndex] += book.exposure();
      }
    }
    valueAtRisk =
        ValueAtRisk.ratio(
            exposures, prices, equity, clockUs, settings.varMinHours(), settings.varHours());
  }

  /**
   * The largest share of one engine, or of one symbol where there are two or more. NaN with fewer
   * than two engines of enough equity.
   */
  private double concentration() {
    int eligible = 0;
    double largest = 0;
    for (int i = 0; i < engines.size(); i++) {
      EngineBook engine = engines.get(i);
      if (engine.heard() && engine.equity >= settings.minEquity()) {
        eligible++;
      }
      largest = Math.max(largest, engine.gross);
    }
    if (eligible < 2) {
      return Double.NaN;
    }
    largest = Math.max(largest, largestSymbol());
    double base = Math.max(gross, settings.minGross());
    return base > 0 ? largest / base : Double.NaN;
  }

  /** Gross exposure of the largest symbol; 0 where there is only one, which nobody could choose. */
  private double largestSymbol() {
    if (grossBySymbol.length < prices.size()) {
      grossBySymbol = new double[prices.size()];
    }
    Arrays.fill(grossBySymbol, -1);
    int symbols = 0;
    double largest = 0;
    for (int i = 0; i < engines.size(); i++) {
      List<SymbolBook> books = engines.get(i).books;
      for (int j = 0; j < books.size(); j++) {
        SymbolBook book = books.get(j);
        if (grossBySymbol[book.priceIndex] < 0) {
          grossBySymbol[book.priceIndex] = 0;
          symbols++;
        }
        grossBySymbol[book.priceIndex] += Math.abs(book.exposure());
        largest = Math.max(largest, grossBySymbol[book.priceIndex]);
      }
    }
    return symbols > 1 ? largest : 0;
  }
}
