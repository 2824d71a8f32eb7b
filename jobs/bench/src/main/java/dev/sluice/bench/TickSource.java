// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.Source;
import dev.sluice.schemas.Stages;
import dev.sluice.schemas.Tick;
import java.util.Random;

/** Ticks of healthy engines, by chance but seeded. One thread. */
final class TickSource {
  static final String SYMBOL = "BTCUSDT";
  private static final double SPREAD = 0.01;

  private final Random random;
  private final long[] seq;

  TickSource(int engines, long seed) {
    random = new Random(seed);
    seq = new long[engines];
  }

  /** The last sequence number of an engine. */
  long seq(int engine) {
    return seq[engine];
  }

  /** The next tick of an engine, of the one symbol all of them quote. */
  Tick next(int engine, long atUs) {
    return next(engine, atUs, SYMBOL, SPREAD);
  }

  /**
   * The next tick of an engine.
   *
   * @param spread ask less bid, quote currency
   */
  Tick next(int engine, long atUs, String symbol, double spread) {
    double mid = 61_000 + random.nextInt(200_000) / 100.0;
    double fetch = round(Math.exp(random.nextGaussian() * 0.4 + 1.5));
    double quoting = round(0.4 + random.nextDouble());
    double total = round(fetch + quoting + 2.1);
    return new Tick(
        Tick.SCHEMA,
        TickFeed.name(engine),
        TickFeed.name(engine) + "-run-1",
        ++seq[engine],
        atUs,
        Source.SIMULATED,
        symbol,
        null,
        null,
        mid,
        mid + spread,
        random.nextInt(500_000) / 1e5,
        random.nextInt(500_000) / 1e5,
        new Stages(fetch, quoting, 0.31, 0.22, 0.43, 1.14),
        total,
        150.0,
        random.nextInt(10) > 1,
        round(random.nextDouble() * 50),
        random.nextInt(50) == 0,
        null,
        null,
        null,
        null);
  }

  private static double round(double ms) {
    return Math.round(ms * 1_000) / 1_000.0;
  }
}
