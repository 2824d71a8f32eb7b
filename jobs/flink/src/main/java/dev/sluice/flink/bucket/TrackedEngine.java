// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.EngineStream;
import dev.sluice.rules.bucket.JumpCheck;
import dev.sluice.rules.bucket.StreamTracker;

/**
 * What must survive a restart of the operator beside the source: identity and time base of an
 * engine's streams. Checkpointed as it is.
 */
public final class TrackedEngine {
  public String engineId = "";
  public StreamTracker[] trackers = new StreamTracker[EngineStream.count()];
  public JumpCheck[] jumps = new JumpCheck[EngineStream.count()];
  public JumpCheck venueJump = new JumpCheck();

  public TrackedEngine() {
    for (int stream = 0; stream < trackers.length; stream++) {
      trackers[stream] = new StreamTracker();
      jumps[stream] = new JumpCheck();
    }
  }

  /** Newest believed event time of all its streams. */
  long highestUs() {
    long highestUs = 0;
    for (JumpCheck jump : jumps) {
      highestUs = Math.max(highestUs, jump.highestUs);
    }
    return highestUs;
  }

  /** Takes over what another instance knows beyond this one. */
  public void adopt(TrackedEngine other) {
    for (int stream = 0; stream < trackers.length; stream++) {
      trackers[stream].adopt(other.trackers[stream]);
      jumps[stream].adopt(other.jumps[stream]);
    }
    venueJump.adopt(other.venueJump);
  }
}
