// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is remembered of one side of a pair beside its intents. Flat, for checkpoints. */
public final class SideState {
  /** One run of the engine. */
  public static final class Run {
    public String runId;

    /** Earliest event of it. */
    public long firstUs;

    /** As its heartbeats say, 0 before one has. */
    public long startedUs;

    /** Newest values of its counters, −1 before a heartbeat. */
    public long restarts = -1;

    public long dropped = -1;

    public Run() {}
  }

  /** Newest number of one stream of one run. */
  public static final class Cursor {
    public int stream;
    public String runId;
    public long seq;

    public Cursor() {}
  }

  /** Realised profit since start as one run told it within one window, quote currency. */
  public static final class Profit {
    public String runId;
    public long windowUs;
    public double first;
    public double last;

    public Profit() {}
  }

  /** Everything this side said before this event time has come. */
  public long untilUs;

  /** Its earliest event, 0 before one. */
  public long earliestUs;

  public List<Run> runs = new ArrayList<>();
  public List<Cursor> cursors = new ArrayList<>();
  public List<Profit> profits = new ArrayList<>();

  /** Records lost and restarts counted, by the start of the window. */
  public Map<Long, Long> losses = new HashMap<>();

  /** Records of intents left out because there were too many, by the start of the window. */
  public Map<Long, Long> leftOut = new HashMap<>();

  /** Intents in memory. */
  public int intents;

  public SideState() {}
}
