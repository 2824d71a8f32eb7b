// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.market.Instrument;
import java.math.BigDecimal;
import java.util.List;

/**
 * How the paper exchange behaves.
 *
 * @param instruments what it trades
 * @param makerFeeRatio fee per quote unit of notional when the order rested; negative is a rebate
 * @param takerFeeRatio fee per quote unit of notional when the order took
 * @param toVenue latency of orders and cancels
 * @param fromVenue latency of reports
 * @param clockOffsetUs the venue's clock minus the engine's
 * @param rejectRatio share of orders rejected at random, by the seed
 * @param cancelAheadShare how much of the cancellations at a level counts as ahead in the queue, 0
 *     (none: the most careful) to 1 (in proportion to the volume ahead)
 * @param ledgerIntervalUs time between ledger snapshots, at multiples of it on the venue's clock
 * @param maxOpenOrders orders resting at once; more are rejected
 * @param maxRequestsInFlight orders and cancels on the way; more orders are rejected
 * @param rememberedOrderIds newest orders, open or ended, that a duplicate is recognised by and a
 *     query is answered from
 * @param initialQuote starting balance of each quote asset
 * @param initialBase starting balance of each base asset; positions count from 0
 */
public record PaperVenueSettings(
    List<Instrument> instruments,
    BigDecimal makerFeeRatio,
    BigDecimal takerFeeRatio,
    VenueLatency toVenue,
    VenueLatency fromVenue,
    long clockOffsetUs,
    double rejectRatio,
    double cancelAheadShare,
    long ledgerIntervalUs,
    int maxOpenOrders,
    int maxRequestsInFlight,
    int rememberedOrderIds,
    BigDecimal initialQuote,
    BigDecimal initialBase) {

  public PaperVenueSettings {
    instruments = List.copyOf(instruments);
    if (instruments.isEmpty() || ledgerIntervalUs <= 0 || maxOpenOrders <= 0) {
      throw new IllegalArgumentException("a venue needs instruments and positive limits");
    }
    if (!(rejectRatio >= 0 && rejectRatio <= 1 && cancelAheadShare >= 0 && cancelAheadShare <= 1)) {
      throw new IllegalArgumentException("shares must be in 0..1");
    }
  }

  /**
   * Maker 0.2 bp, taker 4 bp, 3 ms each way plus 1 ms on average, a clock 2 ms ahead, one order in
   * a thousand rejected, snapshots each 10 s.
   */
  public static PaperVenueSettings defaults(List<String> symbols) {
    return new PaperVenueSettings(
        symbols.stream().map(Instrument::of).toList(),
        new BigDecimal("0.00002"),
        new BigDecimal("0.0004"),
        new VenueLatency(3_000, 1_000),
        new VenueLatency(3_000, 1_000),
        2_000,
        0.001,
        0.5,
        10_000_000,
        200,
        10_000,
        65_536,
        BigDecimal.valueOf(10_000_000),
        BigDecimal.valueOf(100_000));
  }

  /** The same with other fees. */
  public PaperVenueSettings withFees(BigDecimal makerRatio, BigDecimal takerRatio) {
    return new PaperVenueSettings(
        instruments,
        makerRatio,
        takerRatio,
        toVenue,
        fromVenue,
        clockOffsetUs,
        rejectRatio,
        cancelAheadShare,
        ledgerIntervalUs,
        maxOpenOrders,
        maxRequestsInFlight,
        rememberedOrderIds,
        initialQuote,
        initialBase);
  }

  /** The same with other latencies, clock offset and reject rate. */
  public PaperVenueSettings withBehaviour(
      VenueLatency outward, VenueLatency back, long offsetUs, double rejects) {
    return new PaperVenueSettings(
        instruments,
        makerFeeRatio,
        takerFeeRatio,
        outward,
        back,
        offsetUs,
        rejects,
        cancelAheadShare,
        ledgerIntervalUs,
        maxOpenOrders,
        maxRequestsInFlight,
        rememberedOrderIds,
        initialQuote,
        initialBase);
  }
}
