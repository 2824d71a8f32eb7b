// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import java.util.List;

/**
 * Market data in the order of its receive time, from a capture or from a simulated book. Not
 * thread-safe; deterministic: the same input or seed gives the same events.
 */
public interface MarketDataFeed extends AutoCloseable {
  /** Symbols that will appear. */
  List<String> symbols();

  /** Receive time of the next event, {@link Long#MAX_VALUE} at the end of the data. */
  long nextTimeUs();

  /** The next event whose receive time is not after {@code nowUs}, or null. */
  MarketEvent poll(long nowUs);

  @Override
  void close();
}
