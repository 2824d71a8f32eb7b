// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.TradingEngine;
import dev.sluice.engine.market.MarketDataFeed;
import java.util.Optional;

/**
 * From when to when a process runs, and what it continues.
 *
 * @param originUs event time at which the run as a whole began
 * @param startUs event time at which this process begins
 * @param endUs exclusive; negative when the data or a person end it
 * @param saved what an earlier process of the same run left, empty for a fresh one
 */
record RunSpan(
    String runId, long originUs, long startUs, long endUs, Optional<RunState.Saved> saved) {
  private static final long BORDER_US = 10_000_000L;
  private static final long DEFAULT_START_US = 1_767_571_200_000_000L;

  /** Decides by the plan, what was saved and the wall clock. */
  static RunSpan of(RunPlan plan, MarketDataFeed data, long wallUs) {
    boolean realtime = plan.pace().kind() == Pace.Kind.REALTIME;
    long originUs = origin(plan, data, realtime, wallUs);
    long lengthMs = plan.durationMs();
    if (lengthMs < 0 && plan.scenario() != null && data == null) {
      lengthMs = plan.scenario().durationMs();
    }
    long endUs = lengthMs < 0 ? -1 : originUs + lengthMs * 1_000L;
    Optional<RunState.Saved> left = RunState.load(plan.stateDir());
    Optional<RunState.Saved> saved =
        realtime ? left : left.filter(state -> !state.finished() && state.originUs() == originUs);
    long startUs = originUs;
    if (!realtime && saved.isPresent()) {
      startUs = Math.max(originUs, ceil(saved.get().reservedUs()));
    }
    if (endUs >= 0 && startUs >= endUs) {
      throw new ConfigException("the run in --state-dir is over; remove it to play it again");
    }
    String runId = "r" + Long.toString(wallUs / 1_000L, Character.MAX_RADIX);
    return new RunSpan(runId, originUs, startUs, endUs, saved);
  }

  long restarts() {
    return saved.map(state -> state.restarts() + 1).orElse(0L);
  }

  /** The configuration with the equity an earlier process ended with. */
  EngineConfig continued(EngineConfig config) {
    return saved.map(state -> config.withStartEquity(state.equity())).orElse(config);
  }

  /** The day's starting equity, if the earlier process ended on the same UTC day. */
  void restoreDay(TradingEngine engine) {
    saved.ifPresent(
        state -> {
          if (sameDay(state.reservedUs(), startUs)) {
            engine.restoreDay(state.dayStartEquity());
          }
        });
  }

  private static boolean sameDay(long aUs, long bUs) {
    long dayUs = 86_400_000_000L;
    return Math.floorDiv(aUs, dayUs) == Math.floorDiv(bUs, dayUs);
  }

  private static long origin(RunPlan plan, MarketDataFeed data, boolean realtime, long wallUs) {
    if (data != null) {
      return data.nextTimeUs() / BORDER_US * BORDER_US;
    }
    if (realtime) {
      return wallUs;
    }
    return plan.scenario() != null ? plan.scenario().startUs() : DEFAULT_START_US;
  }

  private static long ceil(long timeUs) {
    return Math.floorDiv(timeUs + BORDER_US - 1, BORDER_US) * BORDER_US;
  }
}
