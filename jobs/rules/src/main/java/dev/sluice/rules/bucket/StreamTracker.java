// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import java.util.Arrays;

/**
 * Identity of one engine's stream, by sequence number: tells new records from duplicates, counts
 * holes where the stream resumes, and takes a hole back when its record comes after all
 * (reordering). A new run starts its own numbering at 1. Remembers the last {@link #MAX_RUNS} runs
 * and {@link #MAX_HOLES} holes of each; what is older counts as duplicate. The judge may join late:
 * the first number of the first run it ever sees is no hole. Mutable; its fields are the state.
 */
public final class StreamTracker {
  public static final int MAX_RUNS = 4;
  public static final int MAX_HOLES = 64;

  /** What a record is. */
  public enum Identity {
    IN_ORDER,
    REORDERED,
    DUPLICATE
  }

  /** Numbering of one run. */
  public static final class Run {
    public String runId = "";
    public long highestSeq;

    /** Triples: first missing, last missing, event time at which the hole was counted. */
    public long[] holes = new long[0];

    public Run() {}
  }

  /** Newest first. */
  public Run[] runs = new Run[0];

  private transient long newGaps;
  private transient long refilledAtUs;

  public StreamTracker() {}

  /** Judges one record; afterwards {@link #newGaps()} and {@link #refilledAtUs()} say more. */
  public Identity accept(String runId, long seq, long eventTimeUs) {
    newGaps = 0;
    refilledAtUs = 0;
    Run run = find(runId);
    if (run == null) {
      boolean firstContact = runs.length == 0;
      run = begin(runId);
      run.highestSeq = firstContact ? seq - 1 : 0;
    }
    if (seq == run.highestSeq + 1) {
      run.highestSeq = seq;
      return Identity.IN_ORDER;
    }
    if (seq > run.highestSeq) {
      newGaps = seq - run.highestSeq - 1;
      addHole(run, run.highestSeq + 1, seq - 1, eventTimeUs);
      run.highestSeq = seq;
      return Identity.IN_ORDER;
    }
    return refill(run, seq) ? Identity.REORDERED : Identity.DUPLICATE;
  }

  /** Numbers found missing by the last record. */
  public long newGaps() {
    return newGaps;
  }

  /** For a reordered record: event time at which its number was counted as missing. */
  public long refilledAtUs() {
    return refilledAtUs;
  }

  /** Highest number seen in this run, 0 when the run is unknown. */
  public long highestSeq(String runId) {
    Run run = find(runId);
    return run == null ? 0 : run.highestSeq;
  }

  /** The newest run; null before the first record. */
  public String newestRun() {
    return runs.length == 0 ? null : runs[0].runId;
  }

  /** Takes over, run by run, what another tracker of the same stream has seen beyond this one. */
  public void adopt(StreamTracker other) {
    for (int i = other.runs.length - 1; i >= 0; i--) {
      Run theirs = other.runs[i];
      Run mine = find(theirs.runId);
      if (mine == null) {
        mine = begin(theirs.runId);
      }
      if (theirs.highestSeq > mine.highestSeq) {
        mine.highestSeq = theirs.highestSeq;
        mine.holes = theirs.holes.clone();
      }
    }
  }

  private Run find(String runId) {
    for (Run run : runs) {
      if (run.runId.equals(runId)) {
        return run;
      }
    }
    return null;
  }

  private Run begin(String runId) {
    Run run = new Run();
    run.runId = runId;
    Run[] more = new Run[Math.min(MAX_RUNS, runs.length + 1)];
    more[0] = run;
    System.arraycopy(runs, 0, more, 1, more.length - 1);
    runs = more;
    return run;
  }

  private static void addHole(Run run, long first, long last, long atUs) {
    long[] holes = run.holes;
    if (holes.length == 3 * MAX_HOLES) {
      holes = Arrays.copyOfRange(holes, 3, holes.length);
    }
    holes = Arrays.copyOf(holes, holes.length + 3);
    holes[holes.length - 3] = first;
    holes[holes.length - 2] = last;
    holes[holes.length - 1] = atUs;
    run.holes = holes;
  }

  private boolean refill(Run run, long seq) {
    long[] holes = run.holes;
    for (int i = 0; i < holes.length; i += 3) {
      if (seq >= holes[i] && seq <= holes[i + 1]) {
        refilledAtUs = holes[i + 2];
        run.holes = without(holes, i, seq);
        return true;
      }
    }
    return false;
  }

  private static long[] without(long[] holes, int at, long seq) {
    long first = holes[at];
    long last = holes[at + 1];
    if (first == last) {
      long[] fewer = new long[holes.length - 3];
      System.arraycopy(holes, 0, fewer, 0, at);
      System.arraycopy(holes, at + 3, fewer, at, fewer.length - at);
      return fewer;
    }
    if (seq == first || seq == last) {
      long[] same = holes.clone();
      same[at] = seq == first ? first + 1 : first;
      same[at + 1] = seq == last ? last - 1 : last;
      return same;
    }
    if (holes.length == 3 * MAX_HOLES) {
      long[] cut = holes.clone();
      cut[at] = seq + 1; // no room to split: the lower rest is given up
      return cut;
    }
    long[] more = new long[holes.length + 3];
    System.arraycopy(holes, 0, more, 0, at + 3);
    System.arraycopy(holes, at, more, at + 3, holes.length - at);
    more[at + 1] = seq - 1;
    more[at + 3] = seq + 1;
    return more;
  }
}
