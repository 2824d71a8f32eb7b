// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.schemas.Health;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One engine: its positions, its equity and when it last spoke.
 *
 * <p>Equity is the lower of two: what the engine said at its anchor plus the PnL we have counted
 * since, and what it said in its newest believed heartbeat plus the PnL since that. The first holds
 * against an engine that misreckons itself, the second against what is not in trades and marks. The
 * anchor is the first believed heartbeat of each run and of each UTC day. The day's starting equity
 * is the engine's own word in the first heartbeat of the day; a restart within the day forgives no
 * loss.
 *
 * <p>Mutable; its fields are the state, the transient ones are derived from them.
 */
public final class EngineBook {
  private static final long DAY_US = 86_400_000_000L;

  public String engineId = "";
  public Source source = Source.SIMULATED;

  /** Event time of its newest event of any kind, 0 before the first. */
  public long lastWordUs;

  public long healthUs;

  /** End of its newest closed bucket. */
  public long closedUs;

  /** Run and UTC day of the anchor; empty before the first. */
  public String anchorRunId = "";

  public long anchorDay;
  public TwoOfThree saidEquity = new TwoOfThree();

  /** Equity said less PnL counted, at the anchor and at the newest believed heartbeat. */
  public double anchorBase;

  public double saidBase;
  public double dayStartEquity;
  public double peakEquity;
  public List<SymbolBook> books = new ArrayList<>();
  public List<Waiting> waiting = new ArrayList<>();

  transient double net;
  transient double gross;
  transient double pnl;
  transient double equity;

  private final transient Map<String, SymbolBook> bySymbol = new HashMap<>();

  public EngineBook() {}

  EngineBook(String engineId) {
    this.engineId = engineId;
  }

  /** Makes the derived fields after a restore. */
  void index() {
    for (SymbolBook book : books) {
      bySymbol.put(book.symbol, book);
    }
    reckon();
  }

  /** True once it has said its equity: before that nothing can be reckoned of it. */
  boolean heard() {
    return !anchorRunId.isEmpty();
  }

  /** The book of a symbol, or null when there is none yet. */
  SymbolBook book(String symbol) {
    return bySymbol.get(symbol);
  }

  SymbolBook open(String symbol, int priceIndex) {
    SymbolBook book = new SymbolBook();
    book.symbol = symbol;
    book.priceIndex = priceIndex;
    books.add(book);
    bySymbol.put(symbol, book);
    return book;
  }

  void spoke(long eventTimeUs) {
    lastWordUs = Math.max(lastWordUs, eventTimeUs);
  }

  /** Takes a heartbeat; an older one than the newest says nothing new. */
  TwoOfThree.Finding health(Health health, double jumpRatio) {
    spoke(health.eventTimeUs());
    if (health.eventTimeUs() < healthUs) {
      return TwoOfThree.Finding.PLAUSIBLE;
    }
    healthUs = health.eventTimeUs();
    source = health.source();
    TwoOfThree.Finding finding = saidEquity.offer(health.equity(), jumpRatio);
    if (finding != TwoOfThree.Finding.SUSPECT) {
      believe(health);
    }
    return finding;
  }

  private void believe(Health health) {
    long day = Math.floorDiv(health.eventTimeUs(), DAY_US);
    boolean first = !heard();
    boolean newDay = !first && day > anchorDay;
    if (first || newDay || !health.runId().equals(anchorRunId)) {
      books.forEach(SymbolBook::anchor);
      reckon();
      anchorRunId = health.runId();
      anchorBase = health.equity() - pnl;
      if (first || newDay) {
        anchorDay = day;
        dayStartEquity = health.dayStartEquity() > 0 ? health.dayStartEquity() : health.equity();
      }
    }
    saidBase = health.equity() - pnl;
    reckon();
  }

  /** Makes the sums anew after something of this engine changed. */
  void reckon() {
    net = 0;
    gross = 0;
    pnl = 0;
    for (int i = 0; i < books.size(); i++) {
      SymbolBook book = books.get(i);
      double exposure = book.exposure();
      net += exposure;
      gross += Math.abs(exposure);
      pnl += book.pnl();
    }
    equity = pnl + Math.min(anchorBase, saidBase);
    if (heard()) {
      peakEquity = Math.max(peakEquity, equity);
    }
  }
}
