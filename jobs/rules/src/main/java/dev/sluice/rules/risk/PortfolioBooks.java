// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.rules.spec.CriterionSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The engines of the roster with their books, the prices of all symbols, and the scopes. */
final class PortfolioBooks {
  final List<RiskScope> scopes = new ArrayList<>();
  private final RiskSettings settings;
  private final PortfolioState state;
  private final Map<String, EngineBook> engines = new HashMap<>();
  private final Map<String, Integer> priceIndices = new HashMap<>();

  /** Takes a state over; engines that are no longer on the roster are forgotten. */
  PortfolioBooks(RiskSettings settings, List<String> roster, PortfolioState state) {
    this.settings = settings;
    this.state = state;
    for (int i = 0; i < state.prices.size(); i++) {
      priceIndices.put(state.prices.get(i).symbol, i);
    }
    state.engines.removeIf(engine -> !roster.contains(engine.engineId));
    for (EngineBook engine : state.engines) {
      engine.books.forEach(book -> book.priceIndex = priceIndices.get(book.symbol));
      engine.index();
      engines.put(engine.engineId, engine);
    }
    for (String engineId : roster) {
      if (!engines.containsKey(engineId)) {
        EngineBook engine = new EngineBook(engineId);
        state.engines.add(engine);
        engines.put(engineId, engine);
      }
    }
  }

  /** The engine, or null when it is not on the roster. */
  EngineBook engine(String engineId) {
    return engines.get(engineId);
  }

  /** The engine's book of a symbol, or null when it is one symbol too many. */
  SymbolBook book(EngineBook engine, String symbol) {
    SymbolBook book = engine.book(symbol);
    if (book != null) {
      return book;
    }
    return engine.books.size() < settings.maxSymbols()
        ? engine.open(symbol, priceIndex(symbol))
        : null;
  }

  PriceSeries prices(SymbolBook book) {
    return state.prices.get(book.priceIndex);
  }

  /**
   * The scope of a criterion; criteria that name the same engines share it.
   *
   * @throws IllegalArgumentException when it names an engine that is not on the roster
   */
  RiskScope scopeOf(CriterionSpec spec) {
    List<String> named = spec.engines().isEmpty() ? List.copyOf(engines.keySet()) : spec.engines();
    for (String engineId : named) {
      if (!engines.containsKey(engineId)) {
        throw new IllegalArgumentException(
            "criterion " + spec.id() + " names engine " + engineId + ", not on the roster");
      }
    }
    List<String> sorted = named.stream().sorted().toList();
    for (RiskScope scope : scopes) {
      if (scope.names.equals(sorted)) {
        return scope;
      }
    }
    List<EngineBook> members = sorted.stream().map(engines::get).toList();
    RiskScope scope = new RiskScope(members, settings, state.prices);
    state.sums.stream().filter(sums -> sums.engines().equals(sorted)).forEach(scope::restore);
    scope.reckon(state.clockUs);
    scopes.add(scope);
    return scope;
  }

  private int priceIndex(String symbol) {
    Integer index = priceIndices.get(symbol);
    if (index == null) {
      index = state.prices.size();
      state.prices.add(new PriceSeries(symbol, settings.varHours()));
      priceIndices.put(symbol, index);
    }
    return index;
  }
}
