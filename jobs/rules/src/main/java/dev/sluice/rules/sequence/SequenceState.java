// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import dev.sluice.schemas.Source;

/** State of one engine's {@link Sequencer}; public fields because it is checkpointed as it is. */
public final class SequenceState {
  /** Highest offset seen of one partition. */
  public static final class SeenOffset {
    public String topic = "";
    public int partition;
    public long offset;

    public SeenOffset() {}
  }

  public SpeakerState engine = new SpeakerState();
  public SpeakerState venue = new SpeakerState();
  public SeenOffset[] seen = new SeenOffset[0];

  /** Closed buckets whose inputs have not been seen yet, oldest first. */
  public BucketWord[] buckets = new BucketWord[0];

  public Source source;

  /** Timer firings so far: the measure of patience, so that a stalled process is never patient. */
  public long firings;

  /** Firing at which the venue's time advanced last. */
  public long venueFiring;

  public boolean venueSilent;

  /** Lag of the venue that needs no patience any more; 0 for the usual one. */
  public long acceptedLagUs;

  /** True while time waits for the venue. */
  public boolean waitsForVenue;

  /** Times of the last word said. */
  public long saidEngineUs;

  public long saidVenueUs;

  /** When the shell's timer is set for, 0 for none. */
  public long timerAtMs;

  /** How far the readers had read, by their clocks, when the shell's timer last fired. */
  public long readThroughMs;

  public boolean endTimer;

  public SequenceState() {}
}
