// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.sequence.EventStream;
import dev.sluice.rules.sequence.Stamp;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Purpose;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Works the messages of one side into its memory; a view, cheap to make. */
final class SideBook {
  private static final int MAX_RUNS = 16;
  private static final int MAX_WINDOWS = 1_024;

  private final ParitySettings settings;
  private final ParityMemory memory;
  private final SideState state;
  private final boolean shadow;
  private final long nextUs;

  /**
   * @param nextUs start of the next window to judge, 0 before the first
   */
  SideBook(
      ParitySettings settings, ParityMemory memory, SideState state, boolean shadow, long nextUs) {
    this.settings = settings;
    this.memory = memory;
    this.state = state;
    this.shadow = shadow;
    this.nextUs = nextUs;
  }

  void take(EngineEvent event) {
    if (event.order() == null && event.fill() == null && event.health() == null) {
      return;
    }
    long atUs = Stamp.timeUs(event);
    state.earliestUs = state.earliestUs == 0 ? atUs : Math.min(state.earliestUs, atUs);
    noteRun(event, atUs);
    noteNumber(event, atUs);
    if (event.order() != null) {
      order(event.order());
    } else if (event.fill() != null) {
      fill(event.fill());
    } else {
      noteProfit(event.health());
    }
  }

  // ---- intents ----

  private void order(Order order) {
    if (order.purpose() == Purpose.EXIT) {
      return;
    }
    Intent intent = intent(order.clientOrderId(), order.eventTimeUs());
    if (intent != null) {
      intent.step(order);
      memory.putIntent(intent.key(), intent);
    }
  }

  private void fill(Fill fill) {
    Intent intent = intent(fill.clientOrderId(), fill.eventTimeUs());
    if (intent == null) {
      return;
    }
    if (!intent.fill(fill)) {
      leaveOut(fill.eventTimeUs());
    }
    memory.putIntent(intent.key(), intent);
  }

  /** The intent, new where it was unknown; null when it is left out. */
  private Intent intent(String clientOrderId, long atUs) {
    Intent known = memory.intent(Intent.key(shadow, clientOrderId));
    if (known != null) {
      return known;
    }
    boolean judged = atUs < nextUs - settings.matchWithinUs();
    if (judged) {
      return null;
    }
    if (state.intents >= settings.maxIntents()) {
      leaveOut(atUs);
      return null;
    }
    state.intents++;
    return new Intent(shadow, clientOrderId);
  }

  private void leaveOut(long atUs) {
    count(state.leftOut, atUs, 1);
  }

  // ---- restarts and losses ----

  private void noteRun(EngineEvent event, long atUs) {
    SideState.Run run = run(Stamp.runId(event), atUs);
    run.firstUs = Math.min(run.firstUs, atUs);
    Health health = event.health();
    if (health == null) {
      return;
    }
    run.startedUs = health.startedAtUs();
    long grown =
        grown(run.restarts, health.restarts()) + grown(run.dropped, health.droppedEvents());
    run.restarts = health.restarts();
    run.dropped = health.droppedEvents();
    if (grown > 0) {
      count(state.losses, atUs, grown);
    }
  }

  private static long grown(long before, long now) {
    return before < 0 ? 0 : Math.max(0, now - before);
  }

  private SideState.Run run(String runId, long atUs) {
    for (SideState.Run run : state.runs) {
      if (run.runId.equals(runId)) {
        return run;
      }
    }
    SideState.Run fresh = new SideState.Run();
    fresh.runId = runId;
    fresh.firstUs = atUs;
    if (state.runs.size() >= MAX_RUNS) {
      state.runs.remove(
          state.runs.stream().min(Comparator.comparingLong(run -> run.firstUs)).orElseThrow());
    }
    state.runs.add(fresh);
    return fresh;
  }

  private void noteNumber(EngineEvent event, long atUs) {
    int stream = EventStream.of(event).index();
    String runId = Stamp.runId(event);
    long seq = Stamp.seq(event);
    for (SideState.Cursor cursor : state.cursors) {
      if (cursor.stream == stream && cursor.runId.equals(runId)) {
        if (seq > cursor.seq + 1) {
          count(state.losses, atUs, seq - cursor.seq - 1);
        }
        cursor.seq = Math.max(cursor.seq, seq);
        return;
      }
    }
    SideState.Cursor fresh = new SideState.Cursor();
    fresh.stream = stream;
    fresh.runId = runId;
    fresh.seq = seq;
    if (state.cursors.size() >= MAX_RUNS * EventStream.values().length) {
      state.cursors.remove(0);
    }
    state.cursors.add(fresh);
  }

  private void count(Map<Long, Long> counts, long atUs, long times) {
    long windowUs = settings.startOf(atUs);
    if (counts.containsKey(windowUs) || counts.size() < MAX_WINDOWS) {
      counts.merge(windowUs, times, Long::sum);
    }
  }

  // ---- profit ----

  private void noteProfit(Health health) {
    long windowUs = settings.startOf(health.eventTimeUs());
    for (SideState.Profit profit : state.profits) {
      if (profit.windowUs == windowUs && profit.runId.equals(health.runId())) {
        profit.last = health.realisedPnl();
        return;
      }
    }
    SideState.Profit fresh = new SideState.Profit();
    fresh.runId = health.runId();
    fresh.windowUs = windowUs;
    fresh.first = health.realisedPnl();
    fresh.last = health.realisedPnl();
    if (state.profits.size() >= MAX_WINDOWS) {
      state.profits.remove(0);
    }
    state.profits.add(fresh);
  }

  // ---- what a window asks for ----

  /** Starts, restarts and lost records of a window. */
  long disturbances(long windowUs) {
    long count = state.losses.getOrDefault(windowUs, 0L);
    for (SideState.Run run : state.runs) {
      boolean first = run.firstUs == state.earliestUs;
      long begunUs = run.startedUs > 0 ? run.startedUs : first ? 0 : run.firstUs;
      if (begunUs >= windowUs && begunUs < windowUs + settings.windowUs()) {
        count++;
      }
    }
    return count;
  }

  long leftOut(long windowUs) {
    return state.leftOut.getOrDefault(windowUs, 0L);
  }

  /**
   * Realised profit within a window, in quote currency: for each run the newest word in it less the
   * newest word before it, or less its own first where the run is new. NaN without a heartbeat.
   */
  double profit(long windowUs) {
    double sum = Double.NaN;
    List<SideState.Profit> ordered =
        state.profits.stream()
            .sorted(
                Comparator.comparing((SideState.Profit profit) -> profit.runId)
                    .thenComparingLong(profit -> profit.windowUs))
            .toList();
    SideState.Profit before = null;
    for (SideState.Profit profit : ordered) {
      boolean same = before != null && before.runId.equals(profit.runId);
      if (profit.windowUs == windowUs) {
        double gain = profit.last - (same ? before.last : profit.first);
        sum = Double.isNaN(sum) ? gain : sum + gain;
      }
      before = profit;
    }
    return sum;
  }

  /** Forgets what only windows before this one needed. */
  void forget(long beforeUs) {
    state.losses.keySet().removeIf(windowUs -> windowUs < beforeUs);
    state.leftOut.keySet().removeIf(windowUs -> windowUs < beforeUs);
    state.profits.removeIf(
        profit ->
            profit.windowUs < beforeUs
                && state.profits.stream()
                    .anyMatch(
                        later ->
                            later.runId.equals(profit.runId)
                                && later.windowUs > profit.windowUs
                                && later.windowUs < beforeUs));
  }

  /** Takes intents out of the memory. */
  void remove(List<Intent> intents) {
    for (Intent intent : intents) {
      memory.removeIntent(intent.key());
      state.intents--;
    }
  }
}
