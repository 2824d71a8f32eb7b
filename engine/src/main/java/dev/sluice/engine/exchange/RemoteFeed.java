// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.market.MarketDataFeed;
import dev.sluice.engine.market.MarketEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Market data of a remote venue, received now. It has no end: where a recording says {@link
 * Long#MAX_VALUE}, it says {@link #NOTHING_YET_US}. Filled by the stream's thread, read by the
 * engine's.
 */
final class RemoteFeed implements MarketDataFeed {
  /** Receive time of an event that has not come yet. */
  static final long NOTHING_YET_US = Long.MAX_VALUE - 1;

  private final List<String> symbols;
  private final Queue<MarketEvent> waiting = new ArrayDeque<>();

  RemoteFeed(List<String> symbols) {
    this.symbols = List.copyOf(symbols);
  }

  @Override
  public List<String> symbols() {
    return symbols;
  }

  @Override
  public synchronized long nextTimeUs() {
    MarketEvent next = waiting.peek();
    return next == null ? NOTHING_YET_US : next.receiveTimeUs();
  }

  @Override
  public synchronized MarketEvent poll(long nowUs) {
    MarketEvent next = waiting.peek();
    return next == null || next.receiveTimeUs() > nowUs ? null : waiting.remove();
  }

  @Override
  public void close() {
    // The venue it belongs to is closed.
  }

  synchronized void add(MarketEvent event) {
    if (symbols.contains(event.symbol())) {
      waiting.add(event);
    }
  }

  synchronized int size() {
    return waiting.size();
  }
}
