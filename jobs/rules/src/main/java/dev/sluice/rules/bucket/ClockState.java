// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.Source;

/** State of one engine's {@link EngineClock}; public fields because it is checkpointed as it is. */
public final class ClockState {
  /** Highest number seen of one run of one stream. */
  public static final class Seen {
    public int stream;
    public String runId = "";
    public long highestSeq;

    public Seen() {}
  }

  /** Everything before this event time is known; 0 before the first word. */
  public long watermarkUs;

  /** Append time of the record that moved the watermark last, 0 by wall clock. */
  public long decidedIngestUs;

  /** Runs in the order their heartbeats came, oldest first. */
  public String[] runs = new String[0];

  public Seen[] seen = new Seen[0];

  /** Waiting punctuations, from {@link #pendingHead} on. */
  public Punctuation[] pending = new Punctuation[0];

  public int pendingHead;
  public int pendingEnd;

  public boolean heardHealth;
  public boolean declares;
  public long firstEventUs;
  public long maxEventUs;
  public long newestIngestUs;
  public long venueClockUs;
  public long venueIngestUs;
  public Source source;

  /** Timer firings so far: the measure of quiet, so that a stalled process never looks quiet. */
  public long firings;

  public long ownFiring;
  public long venueFiring;

  /** When the last punctuation began to wait. */
  public long settlingFiring;

  public long[] streamFiring = new long[EngineStream.count()];

  public ClockState() {}
}
