// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

/**
 * The fields of a {@link dev.sluice.schemas.Tick} that buckets need, in a row that {@link
 * TickReader} overwrites. Prices are quote currency per base unit, durations milliseconds.
 */
public final class TickView extends EventView {
  public double bid;
  public double ask;
  public double bidSize;
  public double askSize;
  public double fetchMdMs;
  public double spreadMs;
  public double guardsMs;
  public double inventoryMs;
  public double queueAwareMs;
  public double emitMs;
  public double totalMs;
  public double deadlineMs;

  /** False when the pass made no cache lookup; then {@link #cacheHit} says nothing. */
  public boolean cacheLookup;

  public boolean cacheHit;

  /** Whether the tick says how old its market data was; else {@link #cacheAgeMs} is 0. */
  public boolean cacheAgeKnown;

  /** Age of the market data used, 0 when unknown. */
  public double cacheAgeMs;

  public boolean usedStale;

  /** Whether the tick says the engine's position; else {@link #position} is 0. */
  public boolean positionKnown;

  /** Position in the symbol, base units, signed. */
  public double position;

  /** Whether the tick says what traded; else {@link #tradedQty} is 0. */
  public boolean tradedKnown;

  /** What traded in the market since the symbol's pass before, base units. */
  public double tradedQty;

  /** Whether the tick expects a time until its quotes are reached; else it is 0. */
  public boolean queueEtaKnown;

  public double queueEtaMs;

  /** Middle of bid and ask. */
  public double mid() {
    return (bid + ask) * 0.5;
  }

  /** A pass that took longer than its deadline. */
  public boolean deadlineMissed() {
    return totalMs > deadlineMs;
  }
}
