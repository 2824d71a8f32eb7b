// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.FaultKind.Layer;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.fault.FaultPlan.Window;
import dev.sluice.engine.market.SeededRandom;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.SnapshotStatus;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The venue's faults of a plan. Chance comes from the seed and the report itself, so that what is
 * hit does not depend on what was asked before; only {@code most} counts. Not thread-safe.
 */
public final class ScenarioVenueFaults implements VenueFaults {
  private static final double US_PER_MS = 1_000.0;

  private final FaultPlan plan;
  private final long seed;
  private final Map<String, Integer> hits = new HashMap<>();
  private final Map<FaultKind, List<Window>> foreign = new EnumMap<>(FaultKind.class);

  private BigDecimal stuckFees;

  private ScenarioVenueFaults(FaultPlan plan, long seed) {
    this.plan = plan;
    this.seed = seed;
    for (FaultKind kind : List.of(FaultKind.ORDER_FOREIGN, FaultKind.ORDER_MISSING)) {
      if (!plan.windows(kind).isEmpty()) {
        foreign.put(kind, plan.windows(kind));
      }
    }
  }

  /** The venue's part of a plan; {@link VenueFaults#NONE} when it has none. */
  public static VenueFaults of(FaultPlan plan, long seed) {
    boolean healthy =
        plan.without(FaultKind.of(Layer.VENUE))
            && plan.without(FaultKind.of(Layer.DRIFT))
            && plan.windows(FaultKind.ORDER_MISSING).isEmpty();
    return healthy ? NONE : new ScenarioVenueFaults(plan, seed);
  }

  @Override
  public Delivery delivery(ExecutionReport report, long nowUs) {
    boolean ack = report.state() == OrderState.ACKED;
    boolean fill = report.fillId() != null;
    String key = report.clientOrderId() + report.state() + report.cumQty();
    boolean ackLost = ack && hit(FaultKind.ACK_LOST, key, nowUs) != null;
    if (ackLost || dropped(report, fill, key, nowUs)) {
      return new Delivery(true, 0, -1);
    }
    long extraUs = 0;
    Window late = ack ? hit(FaultKind.ACK_DELAYED, key, nowUs) : null;
    if (late != null) {
      extraUs += Math.round(late.param("delay_ms", 3_000) * US_PER_MS);
    }
    Window shuffled = hit(FaultKind.REPORT_REORDERED, key, nowUs);
    if (shuffled != null) {
      double withinUs = shuffled.param("within_ms", 1_000) * US_PER_MS;
      extraUs += (long) (withinUs * chance("shuffled by " + key));
    }
    Window twice = hit(FaultKind.REPORT_DUPLICATED, key, nowUs);
    long repeatAfterUs = twice == null ? -1 : Math.round(twice.param("after_ms", 200) * US_PER_MS);
    return extraUs == 0 && twice == null
        ? Delivery.PROMPT
        : new Delivery(false, extraUs, repeatAfterUs);
  }

  private boolean dropped(ExecutionReport report, boolean fill, String key, long nowUs) {
    Window window = plan.active(FaultKind.REPORT_DROPPED, nowUs);
    if (window == null) {
      return false;
    }
    boolean fitting = window.param("fills", 0) > 0 ? fill : report.state() == OrderState.CANCELLED;
    return fitting && hit(FaultKind.REPORT_DROPPED, key, nowUs) != null;
  }

  @Override
  public Fillable fillable(NewOrder order, long nowUs) {
    Window window = hit(FaultKind.HEDGE_PARTIAL, order.clientOrderId(), nowUs);
    return window == null
        ? Fillable.ALL
        : new Fillable(Math.min(1.0, window.param("part", 0.5)), window.param("rests", 0) > 0);
  }

  @Override
  public String rejectReason(NewOrder order, long venueTimeUs) {
    boolean rejected = hit(FaultKind.REJECT_SHARE, order.clientOrderId(), venueTimeUs) != null;
    return rejected ? "venue overloaded" : null;
  }

  /** An order is either passed over or not: asked again, the answer is the same. */
  @Override
  public boolean passesOver(NewOrder order, long nowUs) {
    Window window = plan.active(FaultKind.FILLS_SHY, nowUs);
    return window != null
        && chance(FaultKind.FILLS_SHY + " " + order.clientOrderId()) < window.param("share", 1.0);
  }

  @Override
  public BigDecimal feeFactor(long nowUs) {
    Window window = plan.active(FaultKind.FEES_WRONG, nowUs);
    return window == null ? BigDecimal.ONE : BigDecimal.valueOf(window.param("factor", 2.0));
  }

  @Override
  public boolean fillsBeforeCancel(NewOrder order, long nowUs) {
    return hit(FaultKind.CANCEL_RACE, order.clientOrderId(), nowUs) != null;
  }

  @Override
  public long clockUs(long venueTimeUs) {
    long timeUs = venueTimeUs + skewUs(venueTimeUs);
    Window stalled = plan.active(FaultKind.CLOCK_STALLED, venueTimeUs);
    if (stalled != null) {
      timeUs = stalled.fromUs();
    }
    Window backward = plan.active(FaultKind.CLOCK_BACKWARD, venueTimeUs);
    if (backward != null) {
      timeUs -= Math.round(backward.param("back_ms", 3_000) * US_PER_MS);
    }
    return timeUs;
  }

  /** Ahead by the skew, and after its end at half speed until the clock is right. */
  private long skewUs(long venueTimeUs) {
    for (Window window : plan.windows(FaultKind.CLOCK_SKEWED)) {
      long fullUs = Math.round(window.param("skew_ms", 2_000) * US_PER_MS);
      long madeGoodUs = Math.max(0, venueTimeUs - window.toUs()) / 2;
      if (venueTimeUs >= window.fromUs() && madeGoodUs < fullUs) {
        return fullUs - madeGoodUs;
      }
    }
    return 0;
  }

  @Override
  public SnapshotStatus snapshotStatus(long nowUs) {
    if (plan.active(FaultKind.SNAPSHOT_FAILED, nowUs) != null) {
      return SnapshotStatus.FAILED;
    }
    return plan.active(FaultKind.SNAPSHOT_PARTIAL, nowUs) != null
        ? SnapshotStatus.PARTIAL
        : SnapshotStatus.OK;
  }

  @Override
  public BigDecimal fees(BigDecimal cumFees, long nowUs) {
    Window fell = plan.active(FaultKind.FEES_FELL, nowUs);
    if (fell != null) {
      return cumFees.multiply(BigDecimal.valueOf(fell.param("factor", 0.5)));
    }
    boolean stuck = plan.active(FaultKind.FEES_STUCK, nowUs) != null;
    stuckFees = !stuck ? null : stuckFees == null ? cumFees : stuckFees;
    return stuck ? stuckFees : cumFees;
  }

  @Override
  public Map<String, BigDecimal> foreignOrders(long nowUs) {
    Map<String, BigDecimal> orders = Map.of();
    for (List<Window> windows : foreign.values()) {
      for (Window window : windows) {
        if (window.contains(nowUs)) {
          orders = new HashMap<>(orders);
          orders.put(window.orderId(), window.qty());
        }
      }
    }
    return orders;
  }

  /** The fault of a kind if it is in force and hits this one; counts it. */
  private Window hit(FaultKind kind, String key, long nowUs) {
    Window window = plan.active(kind, nowUs);
    if (window == null || chance(kind + " " + key) >= window.param("share", 1.0)) {
      return null;
    }
    int before = hits.getOrDefault(window.fault().id(), 0);
    if (before >= window.param("most", Integer.MAX_VALUE)) {
      return null;
    }
    hits.put(window.fault().id(), before + 1);
    return window;
  }

  /** Uniform in [0, 1), the same for the same words. */
  private double chance(String words) {
    return SeededRandom.of(seed, words).nextDouble();
  }
}
