// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.rules.judge.InstantJudge;
import dev.sluice.rules.judge.Subject;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares an engine with its shadow, once per window. A window is judged when both sides have said
 * everything up to its end and a grace after it, by event times alone: what comes out does not
 * depend on which side was read first. A shadow that stays silent is not waited for for ever: who
 * drives this calls {@link #shadowSilent} when {@link #waitsForShadow} has been true for the
 * patience; such a window is NO_DATA. Never stops an engine, and gives no word of progress: a dead
 * shadow must not take the lease from a live engine.
 *
 * <p>Holds no state of its own; all it remembers is in the {@link ParityMemory}. Not thread-safe.
 */
public final class ParityJudge {
  /** Longest run of windows at once; of a longer leap in time only the end is judged. */
  static final int MAX_WINDOWS = 1_008;

  private final ParitySettings settings;
  private final InstantJudge judge;
  private final WindowTaking taking;

  /**
   * @param criteria of any family; those of parity are judged
   * @param refreshMs event time after which an unchanged verdict is said again
   */
  public ParityJudge(ParitySettings settings, List<CriterionSpec> criteria, long refreshMs) {
    this.settings = settings;
    this.judge = new InstantJudge(criteria, Family.PARITY, refreshMs);
    this.taking = new WindowTaking(settings);
  }

  /** Takes one event of either side; a word of time may complete windows. */
  public ParityOutput on(ParityPair pair, EngineEvent event, ParityMemory memory) {
    boolean ofShadow = event.engineId().equals(pair.shadowId());
    ParityState state = memory.state();
    if (event.command() != null) {
      return ofShadow ? ParityOutput.NOTHING : command(pair, event, state, memory);
    }
    SideState side = state.side(ofShadow);
    ParityOutput output = ParityOutput.NOTHING;
    if (event.time()) {
      side.untilUs = Math.max(side.untilUs, event.engineUntilUs());
      output = advance(pair, state, dueUs(state, false), false, event.ingestUs(), memory);
    } else {
      state.source = ofShadow ? state.source : event.source();
      new SideBook(settings, memory, side, ofShadow, state.nextUs).take(event);
    }
    memory.putState(state);
    return output;
  }

  /** True while the live engine's time has completed a window that the shadow's has not. */
  public boolean waitsForShadow(ParityMemory memory) {
    ParityState state = memory.state();
    long nextUs = nextUs(state);
    return nextUs > 0
        && dueUs(state, true) >= nextUs + settings.windowUs()
        && dueUs(state, false) < nextUs + settings.windowUs();
  }

  /** How far the shadow's time has come. */
  public long shadowUntilUs(ParityMemory memory) {
    return memory.state().shadow.untilUs;
  }

  /** The shadow is not waited for any more: what the live engine's time has completed is judged. */
  public ParityOutput shadowSilent(ParityPair pair, ParityMemory memory) {
    ParityState state = memory.state();
    ParityOutput output = advance(pair, state, dueUs(state, true), true, 0, memory);
    memory.putState(state);
    return output;
  }

  /** Nothing more will ever come: what has ended by both sides' time is judged without grace. */
  public ParityOutput end(ParityPair pair, ParityMemory memory) {
    ParityState state = memory.state();
    long bothUs = Math.min(state.live.untilUs, state.shadow.untilUs);
    ParityOutput told = advance(pair, state, bothUs, false, 0, memory);
    ParityOutput silent = advance(pair, state, state.live.untilUs, true, 0, memory);
    memory.putState(state);
    List<Parity> windows = new ArrayList<>(told.windows());
    windows.addAll(silent.windows());
    List<Verdict> verdicts = new ArrayList<>(told.verdicts());
    verdicts.addAll(silent.verdicts());
    return new ParityOutput(windows, verdicts);
  }

  private ParityOutput command(
      ParityPair pair, EngineEvent event, ParityState state, ParityMemory memory) {
    List<Verdict> verdicts =
        judge.command(event.command(), state.source, List.of(pair.scopeKey()), memory);
    return new ParityOutput(List.of(), verdicts);
  }

  /** Windows that end by this time are complete. */
  private long dueUs(ParityState state, boolean liveAlone) {
    long untilUs =
        liveAlone ? state.live.untilUs : Math.min(state.live.untilUs, state.shadow.untilUs);
    return untilUs - settings.graceUs();
  }

  /** Nothing was before the live engine's first event. */
  private long nextUs(ParityState state) {
    return state.nextUs > 0 || state.live.earliestUs == 0
        ? state.nextUs
        : settings.startOf(state.live.earliestUs);
  }

  private ParityOutput advance(
      ParityPair pair,
      ParityState state,
      long dueUs,
      boolean silent,
      long ingestUs,
      ParityMemory memory) {
    long nextUs = nextUs(state);
    long lastUs = settings.startOf(dueUs) - settings.windowUs();
    if (nextUs == 0 || lastUs < nextUs) {
      return ParityOutput.NOTHING;
    }
    List<Parity> windows = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    nextUs = Math.max(nextUs, lastUs - (MAX_WINDOWS - 1) * settings.windowUs());
    for (long startUs = nextUs; startUs <= lastUs; startUs += settings.windowUs()) {
      state.nextUs = startUs + settings.windowUs();
      ParityWindow window = taking.take(startUs, state, silent, memory);
      Comparison comparison = Comparison.of(window, settings);
      windows.add(comparison.record(pair, state.source, settings.windowMs()));
      verdicts.addAll(judged(pair, state, comparison, ingestUs, memory));
    }
    return new ParityOutput(windows, verdicts);
  }

  private List<Verdict> judged(
      ParityPair pair,
      ParityState state,
      Comparison comparison,
      long ingestUs,
      ParityMemory memory) {
    Subject subject =
        new Subject(
            pair.liveId(), pair.scopeKey(), state.source, state.nextUs, ingestUs, () -> null);
    return judge.judge(subject, comparison::measured, memory);
  }
}
