// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.market.MarketEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The market-data connection: keeps every symbol's book up to date, also while the trading loop
 * stands still. Not thread-safe.
 */
public final class Markets {
  private final List<String> symbols;
  private final List<SymbolMarket> markets = new ArrayList<>();

  public Markets(List<String> symbols) {
    this.symbols = List.copyOf(symbols);
    for (String symbol : symbols) {
      markets.add(new SymbolMarket(symbol));
    }
  }

  /** Takes one event; one of an unknown symbol changes nothing. */
  public void apply(MarketEvent event) {
    int index = symbols.indexOf(event.symbol());
    if (index >= 0) {
      markets.get(index).apply(event);
    }
  }

  public List<String> symbols() {
    return symbols;
  }

  /**
   * The market of a symbol.
   *
   * @throws IllegalArgumentException for an unknown symbol
   */
  public SymbolMarket of(String symbol) {
    int index = symbols.indexOf(symbol);
    if (index < 0) {
      throw new IllegalArgumentException("unknown symbol " + symbol);
    }
    return markets.get(index);
  }
}
