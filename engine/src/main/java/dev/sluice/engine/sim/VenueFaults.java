// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.SnapshotStatus;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Faults to inject into the venue; every method's default is a healthy venue. Whatever happens to a
 * report on its way, the venue's own drop copy and books stay true. Times are of the engine's clock
 * unless said otherwise. Called from the venue's one thread, in the order of time.
 */
public interface VenueFaults {
  /** A venue without faults. */
  VenueFaults NONE = new VenueFaults() {};

  /**
   * What becomes of one report on its way to the engine.
   *
   * @param lost it never arrives, nor does a repetition
   * @param extraUs how much later it arrives; reports sent after it may overtake it
   * @param repeatAfterUs when it arrives once more after the first time, negative for never
   */
  record Delivery(boolean lost, long extraUs, long repeatAfterUs) {
    /** Once, at its time. */
    public static final Delivery PROMPT = new Delivery(false, 0, -1);
  }

  /**
   * How far a market order is filled.
   *
   * @param share of its quantity, 0..1, rounded down to whole lots
   * @param rests whether the rest stays open until it is cancelled; otherwise it expires
   */
  record Fillable(double share, boolean rests) {
    /** As far as the book goes. */
    public static final Fillable ALL = new Fillable(1.0, false);
  }

  /** Reason to reject this order, or null to treat it as usual. */
  default String rejectReason(NewOrder order, long venueTimeUs) {
    return null;
  }

  /** Latency added to a request sent at this time of the engine's clock, microseconds. */
  default long extraLatencyUs(long nowUs) {
    return 0;
  }

  /** What becomes of a report sent now. */
  default Delivery delivery(ExecutionReport report, long nowUs) {
    return Delivery.PROMPT;
  }

  /** How far a market order that arrives now is filled. */
  default Fillable fillable(NewOrder order, long nowUs) {
    return Fillable.ALL;
  }

  /** Whether a resting order is passed over now by what trades. */
  default boolean passesOver(NewOrder order, long nowUs) {
    return false;
  }

  /** By what the fee of an execution is multiplied. */
  default BigDecimal feeFactor(long nowUs) {
    return BigDecimal.ONE;
  }

  /** Whether a resting order is filled just before the cancel that arrives now. */
  default boolean fillsBeforeCancel(NewOrder order, long nowUs) {
    return false;
  }

  /** What the venue's clock shows when it should show {@code venueTimeUs}. */
  default long clockUs(long venueTimeUs) {
    return venueTimeUs;
  }

  /** What a snapshot made now is worth. */
  default SnapshotStatus snapshotStatus(long nowUs) {
    return SnapshotStatus.OK;
  }

  /** The cumulative fees a snapshot made now tells. */
  default BigDecimal fees(BigDecimal cumFees, long nowUs) {
    return cumFees;
  }

  /**
   * Orders by id, with their quantity, that rest on the account now without having come through
   * this connection.
   */
  default Map<String, BigDecimal> foreignOrders(long nowUs) {
    return Map.of();
  }
}
