// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import dev.sluice.bench.HealthyEngines;
import java.util.List;

/**
 * The ticks that are asked about, in the order of their event times: about one in twenty misses its
 * deadline and one lookup in five misses the cache, which is where the {@link Question}'s limits
 * are.
 */
public final class PeerFeed {
  /** Engines that publish. */
  public static final int ENGINES = 10;

  private static final String PREFIX = "peer-mm-";
  private static final int TICKS_PER_BUCKET = 500;
  private static final double DEADLINE_MS = 11.7;

  private PeerFeed() {}

  /** Ticks in a bucket of all engines. */
  public static long ticksPerBucket() {
    return (long) ENGINES * TICKS_PER_BUCKET;
  }

  /** All engines. */
  public static List<String> names() {
    return HealthyEngines.names(PREFIX, ENGINES);
  }

  /** Publishes whole buckets; the topics must be there, empty, of one partition each. */
  public static void fill(String bootstrap, long buckets) {
    try (HealthyEngines engines =
        new HealthyEngines(bootstrap, PREFIX, ENGINES, TICKS_PER_BUCKET, DEADLINE_MS)) {
      for (long bucket = 0; bucket < buckets; bucket++) {
        engines.start();
      }
      engines.end();
    }
  }
}
