// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import dev.sluice.schemas.Arm;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is injected at an event time. Pure: the same time always has the same answer. A fault is in
 * force from {@code start + at} inclusive to {@code start + at + for} exclusive.
 */
public final class FaultPlan {
  /** Nothing is ever injected. */
  public static final FaultPlan NONE = new FaultPlan(0, List.of());

  private static final double DEFAULT_STORM_RATIO = 0.6;
  private static final double DEFAULT_STORM_EXTRA_MS = 250.0;
  private static final double DEFAULT_CACHE_MISS_RATIO = 0.85;
  private static final double DEFAULT_TAKER_EVERY_S = 20.0;
  private static final double DEFAULT_SLIPPAGE_BPS = 3.0;
  private static final double DEFAULT_SLOW_EXTRA_MS = 50.0;
  private static final double DEFAULT_LAG_MS = 500.0;
  private static final double DEFAULT_LEAK_MB_PER_H = 250.0;
  private static final double DEFAULT_PUSH_NOTIONAL = 3_000.0;
  private static final long TAKE_WITHIN_US = 5_000_000L;
  private static final double HOUR_US = 3_600_000_000.0;

  private final Map<FaultKind, List<Window>> windows = new EnumMap<>(FaultKind.class);
  private final List<Window> taking = new ArrayList<>();

  /**
   * A fault and the event times between which it is in force.
   *
   * @param toUs exclusive
   */
  public record Window(Scenario.Fault fault, long fromUs, long toUs) {
    public boolean contains(long timeUs) {
      return timeUs >= fromUs && timeUs < toUs;
    }

    /** A parameter of the fault, or its default. */
    public double param(String key, double fallback) {
      return fault.param(key, fallback);
    }

    /** Client order id of an order that the fault makes up. */
    public String orderId() {
      return "fault-" + fault.id();
    }

    /** Quantity of an order that the fault makes up, base units. */
    public BigDecimal qty() {
      return BigDecimal.valueOf(param("qty", 1.0)).setScale(2, RoundingMode.HALF_UP);
    }
  }

  public FaultPlan(long startUs, List<Scenario.Fault> faults) {
    for (Scenario.Fault fault : faults) {
      Window window =
          new Window(fault, startUs + fault.atMs() * 1_000L, startUs + fault.endMs() * 1_000L);
      windows.computeIfAbsent(fault.kind(), kind -> new ArrayList<>()).add(window);
      if (fault.param("take", 0) > 0) {
        taking.add(window);
      }
    }
  }

  /** The plan of a scenario. */
  public static FaultPlan of(Scenario scenario) {
    return new FaultPlan(scenario.startUs(), scenario.faults());
  }

  /** Share of passes that take longer, 0 when no storm blows. */
  public double stormRatio(long timeUs) {
    Window fault = active(FaultKind.DEADLINE_STORM, timeUs);
    return fault == null ? 0.0 : fault.param("miss_ratio", DEFAULT_STORM_RATIO);
  }

  /** How much longer a pass hit by the storm takes, milliseconds. */
  public double stormExtraMs(long timeUs) {
    Window fault = active(FaultKind.DEADLINE_STORM, timeUs);
    return fault == null ? 0.0 : fault.param("extra_ms", DEFAULT_STORM_EXTRA_MS);
  }

  /** Share of cache lookups that find their entry expired. */
  public double cacheMissRatio(long timeUs) {
    Window fault = active(FaultKind.CACHE_MISS, timeUs);
    return fault == null ? 0.0 : fault.param("miss_ratio", DEFAULT_CACHE_MISS_RATIO);
  }

  /** How far through the price meant the quotes of an arm are sent, bps; 0 when they are not. */
  public double slippageBps(Arm arm, long timeUs) {
    Window fault = arm == Arm.B ? active(FaultKind.ARM_B_SLIPPAGE, timeUs) : null;
    return fault == null ? 0.0 : fault.param("bps", DEFAULT_SLIPPAGE_BPS);
  }

  /** How much longer every pass of an arm takes, milliseconds. */
  public double slownessMs(Arm arm, long timeUs) {
    Window fault = arm == Arm.B ? active(FaultKind.ARM_B_SLOW, timeUs) : null;
    return fault == null ? 0.0 : fault.param("extra_ms", DEFAULT_SLOW_EXTRA_MS);
  }

  /** How far behind the engine's own view of the market is, microseconds. */
  public long marketLagUs(long timeUs) {
    Window fault = active(FaultKind.MARKET_LAG, timeUs);
    return fault == null ? 0L : (long) (fault.param("ms", DEFAULT_LAG_MS) * 1_000.0);
  }

  /**
   * Interval of forced taker orders in microseconds, 0 when there are none. A fault with {@code
   * take: 1} forces one at its start, so that there is something to be spoiled.
   *
   * @param arm whose slot it is, null outside a trial
   */
  public long takerEveryUs(Arm arm, long timeUs) {
    Window all = active(FaultKind.TAKER_FLOW, timeUs);
    Window fault = all == null && arm == Arm.B ? active(FaultKind.ARM_B_TAKER, timeUs) : all;
    if (fault != null) {
      return (long) (fault.param("every_s", DEFAULT_TAKER_EVERY_S) * 1_000_000.0);
    }
    for (Window window : taking) {
      if (timeUs >= window.fromUs && timeUs < window.fromUs + TAKE_WITHIN_US) {
        return TAKE_WITHIN_US;
      }
    }
    return 0L;
  }

  /** Value of the position the engine is pushed to, quote units; 0 when it is not. */
  public double pushTo(long timeUs) {
    Window fault = active(FaultKind.INVENTORY_OFF, timeUs);
    return fault == null ? 0.0 : fault.param("notional", DEFAULT_PUSH_NOTIONAL);
  }

  /** Memory leaked so far by all leaks, megabytes; what leaked stays. */
  public double leakedMb(long timeUs) {
    double leakedMb = 0.0;
    for (Window window : windows(FaultKind.MEMORY_LEAK)) {
      if (timeUs > window.fromUs) {
        double hours = (Math.min(timeUs, window.toUs) - window.fromUs) / HOUR_US;
        leakedMb += hours * window.param("mb_per_h", DEFAULT_LEAK_MB_PER_H);
      }
    }
    return leakedMb;
  }

  /** True while calls to the venue's API fail. */
  public boolean apiFails(long timeUs) {
    return active(FaultKind.BREAKER_OPEN, timeUs) != null;
  }

  /** True while the trading loop stands still. */
  public boolean silent(long timeUs) {
    return active(FaultKind.SILENCE, timeUs) != null;
  }

  /** True while ticks are lost in transit. */
  public boolean losesTicks(long timeUs) {
    return active(FaultKind.HOLE, timeUs) != null;
  }

  /** Event time at which the silence that is in force ends; the time itself when none is. */
  public long silenceEndUs(long timeUs) {
    Window silence = active(FaultKind.SILENCE, timeUs);
    return silence == null ? timeUs : silence.toUs;
  }

  /** Every time a kind of fault is in force, in the scenario's order. */
  public List<Window> windows(FaultKind kind) {
    return windows.getOrDefault(kind, List.of());
  }

  /** The fault of a kind that is in force, null when none is. */
  public Window active(FaultKind kind, long timeUs) {
    for (Window window : windows(kind)) {
      if (window.contains(timeUs)) {
        return window;
      }
    }
    return null;
  }

  /** True when nothing of these kinds is ever injected. */
  public boolean without(Set<FaultKind> kinds) {
    return Collections.disjoint(windows.keySet(), kinds);
  }
}
