// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import java.util.List;

/** The two assets of a symbol: {@code BTC} and {@code USDT} of BTCUSDT, BTC-USDT or BTC/USDT. */
record SymbolAssets(String base, String quote) {

  /** The longest quote asset that ends the pair wins; what follows a dash belongs to the base. */
  static SymbolAssets of(String symbol, List<String> quoteAssets) {
    SymbolAssets best = null;
    for (String quote : quoteAssets) {
      String base = base(symbol, quote);
      if (base != null && (best == null || quote.length() > best.quote.length())) {
        best = new SymbolAssets(base, quote);
      }
    }
    return best;
  }

  private static String base(String symbol, String quote) {
    for (String separator : new String[] {"-", "/", ""}) {
      String ending = separator + quote;
      if (symbol.endsWith(ending) && symbol.length() > ending.length()) {
        return symbol.substring(0, symbol.length() - ending.length());
      }
    }
    int dash = symbol.indexOf('-'); // BTCUSDT-PERP
    if (dash > quote.length() && symbol.startsWith(quote, dash - quote.length())) {
      return symbol.substring(0, dash - quote.length()) + symbol.substring(dash);
    }
    return null;
  }
}
