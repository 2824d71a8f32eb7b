// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.EngineStream;
import java.util.Arrays;

/**
 * How far this reader has come in the partitions of the events' topics, whoever the events were of.
 * A partition that is busy with others' records, or with duplicates, has brought nothing new of an
 * engine, and yet the engine's stream is not quiet.
 */
final class ReadProgress {
  private final long[][] upToUs = new long[EngineStream.count()][0];
  private final boolean[][] moved = new boolean[EngineStream.count()][0];

  /** Notes a record's append time; once per event. */
  void read(EngineStream stream, int partition, long appendedUs) {
    int topic = stream.index();
    if (partition >= upToUs[topic].length) {
      upToUs[topic] = Arrays.copyOf(upToUs[topic], partition + 1);
      moved[topic] = Arrays.copyOf(moved[topic], partition + 1);
    }
    upToUs[topic][partition] = appendedUs;
    moved[topic][partition] = true;
  }

  /**
   * True when records have been read since the last {@link #look()}, and the newest was appended
   * before a time: what was appended next may be what somebody waits for.
   *
   * @param partition −1 when nobody knows which
   */
  boolean behind(EngineStream stream, int partition, long appendedUs) {
    int topic = stream.index();
    return partition >= 0
        && partition < moved[topic].length
        && moved[topic][partition]
        && upToUs[topic][partition] < appendedUs;
  }

  /** From now on what was read before is old. */
  void look() {
    for (boolean[] partitions : moved) {
      Arrays.fill(partitions, false);
    }
  }
}
