// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One engine's sequencer with its state, and everything that came out of it. */
public final class SequencerBench {
  public static final SequenceLimits LIMITS =
      new SequenceLimits(10_000_000, 5_000_000, 900_000_000, 30_000_000, 50, 50_000, 20_000);

  private final Map<SequenceCount, Long> counts = new EnumMap<>(SequenceCount.class);
  private final List<EngineEvent> events = new ArrayList<>();
  private final List<EngineEvent> refused = new ArrayList<>();
  private final SequenceState state = new SequenceState();
  private final Sequencer sequencer;
  private boolean warm = true;

  public SequencerBench() {
    this(LIMITS);
  }

  public SequencerBench(SequenceLimits limits) {
    sequencer =
        new Sequencer(
            Talk.ENGINE,
            limits,
            state,
            new SequenceOutput() {
              @Override
              public void event(EngineEvent event) {
                events.add(event);
              }

              @Override
              public void quarantined(EngineEvent message, String reason) {
                refused.add(message);
              }

              @Override
              public void count(SequenceCount what, long times) {
                counts.merge(what, times, Long::sum);
              }
            });
  }

  public SequencerBench cold() {
    warm = false;
    return this;
  }

  public SequencerBench take(List<EngineEvent> all) {
    all.forEach(this::take);
    return this;
  }

  public SequencerBench take(EngineEvent event) {
    sequencer.take(event);
    sequencer.advance(warm, false, 0);
    return this;
  }

  public SequencerBench bucket(BucketWord word) {
    sequencer.bucket(word);
    sequencer.advance(warm, false, 0);
    return this;
  }

  public SequencerBench fire(int times) {
    for (int i = 0; i < times; i++) {
      sequencer.fired();
      sequencer.advance(warm, false, 0);
    }
    return this;
  }

  public SequencerBench end() {
    sequencer.advance(warm, true, 0);
    return this;
  }

  public boolean needsFirings() {
    return sequencer.needsFirings();
  }

  public long count(SequenceCount what) {
    return counts.getOrDefault(what, 0L);
  }

  public List<EngineEvent> events() {
    return events;
  }

  public List<EngineEvent> refused() {
    return refused;
  }

  /** Numbers told of one stream of one run, in their order. */
  public List<Long> told(EventStream stream, String runId) {
    return events.stream()
        .filter(event -> EventStream.of(event) == stream && Stamp.runId(event).equals(runId))
        .map(Stamp::seq)
        .toList();
  }

  /** The last word on the engine's time, milliseconds from the start; −1 before the first. */
  public long engineMs() {
    long ms = -1;
    for (EngineEvent event : events) {
      if (event.time()) {
        ms = (event.engineUntilUs() - Talk.START_US) / 1_000;
      }
    }
    return ms;
  }

  /** The same of the venue's. */
  public long venueMs() {
    long ms = -1;
    for (EngineEvent event : events) {
      if (event.time()) {
        ms = (event.venueUntilUs() - Talk.START_US) / 1_000;
      }
    }
    return ms;
  }
}
