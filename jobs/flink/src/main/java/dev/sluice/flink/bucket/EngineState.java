// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.ClockState;
import dev.sluice.rules.bucket.Gauges;
import dev.sluice.rules.bucket.PendingFill;
import dev.sluice.schemas.Bucket;

/** State of the merger for one engine, but for the open buckets. Checkpointed as it is. */
public final class EngineState {
  public ClockState clock = new ClockState();

  /** Every bucket that ends here or before is closed; 0 before the first. */
  public long closedUpToUs;

  /** Earliest start seen, 0 for none. */
  public long firstStartUs;

  public int openStarts;
  public Gauges gauges = Gauges.NONE;

  /** Event time of the last event in a closed bucket. */
  public long lastEventEverUs;

  /** Findings that came too late for their own bucket, null when there are none. */
  public Bucket carried;

  public PendingFill[] waitingFills = new PendingFill[0];
  public Suspect[] suspects = new Suspect[0];

  /** The timer that counts, 0 for none. */
  public long timerAtMs;

  /** How far the readers had read, by their clocks, when this engine's timer last fired. */
  public long readThroughMs;

  public boolean endTimer;

  public EngineState() {}
}
