// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.core.Markets;
import dev.sluice.engine.core.TradingEngine;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.OpenWork;
import dev.sluice.engine.market.MarketDataFeed;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.venue.DrivenVenue;
import java.util.function.LongSupplier;

/**
 * Drives feed, venue and engine from event to event, never past a limit that somebody else sets:
 * the wall clock, a multiple of it, or the judge's lease. Knows no Kafka and no clock. While the
 * trading loop is silent by plan, market data and venue go on. Not thread-safe.
 */
public final class PacedRunner {
  private static final long BUCKET_US = 10_000_000L;
  private static final int BORDERS_PAST_END = 3;
  private static final long DRAIN_US = 200_000L;
  private static final long SETTLE_STEP_US = 5_000L;

  /** Where control records and leases arrive. */
  @FunctionalInterface
  public interface ControlInbox {
    /** Hands over what has arrived; returns how many records. */
    int poll(GateClient client);
  }

  /**
   * Everything that is driven.
   *
   * @param wallClockUs epoch microseconds, for the lease
   */
  public record Parts(
      MarketDataFeed feed,
      Markets markets,
      DrivenVenue venue,
      GateClient gate,
      ControlInbox inbox,
      LongSupplier wallClockUs,
      TradingEngine engine,
      FaultPlan faults) {}

  private final Parts parts;
  private final LateMarkets view;
  private final long startUs;
  private long endUs;
  private long nowUs;
  private boolean started;
  private boolean finished;

  /**
   * @param startUs event time of the start
   * @param endUs event time of the end, exclusive
   */
  public PacedRunner(Parts parts, long startUs, long endUs) {
    this.parts = parts;
    this.view = new LateMarkets(parts.markets(), parts.faults());
    this.startUs = startUs;
    this.endUs = endUs;
    this.nowUs = startUs;
  }

  /**
   * Plays the feed up to the start without trading, so that a restart finds the market as it is.
   */
  public void warmUp() {
    MarketEvent event = parts.feed().poll(startUs - 1);
    while (event != null) {
      parts.markets().apply(event);
      parts.venue().onMarket(event);
      event = parts.feed().poll(startUs - 1);
    }
  }

  /**
   * Goes on while there is something due at or before the limit; returns the steps taken, at most
   * {@code maxSteps}. At the end of the run it winds down and {@link #finished} turns true.
   */
  public int run(long limitUs, int maxSteps) {
    int steps = 0;
    while (steps < maxSteps && !finished) {
      boundByData();
      long dueUs = started ? nextDueUs() : startUs;
      if (dueUs >= endUs) {
        if (endUs > limitUs) {
          break;
        }
        windDown();
        return steps + 1;
      }
      if (dueUs > limitUs) {
        break;
      }
      started = true;
      step(Math.max(nowUs, dueUs));
      steps++;
    }
    return steps;
  }

  /**
   * While event time stands still: takes what control has sent and acts on it at once, at {@code
   * timeUs} if that is later than what has been reached. A silent trading loop does neither.
   */
  public void idle(long timeUs) {
    parts.inbox().poll(parts.gate());
    if (!started || parts.faults().silent(nowUs)) {
      return;
    }
    acknowledge();
    boolean mustAct = parts.gate().awaitsEffect() || parts.gate().mode() != parts.engine().mode();
    if (mustAct && finished) {
      settle(nowUs + DRAIN_US);
    } else if (mustAct && timeUs < endUs) {
      step(Math.max(nowUs, timeUs));
    }
  }

  /** Lets the venue repeat its last ledger: a sign of life while event time stands still. */
  public void heartbeat() {
    parts.venue().heartbeat(nowUs);
  }

  /** Stops before the end: takes the quotes off. */
  public void stop() {
    if (started && !finished) {
      parts.engine().cancelAll(nowUs, "stopped");
      settle(nowUs + DRAIN_US);
    }
  }

  /** Event time of the end, exclusive. */
  public long endUs() {
    return endUs;
  }

  public boolean finished() {
    return finished;
  }

  /** Event time reached. */
  public long nowUs() {
    return nowUs;
  }

  /** A capture ends the run with the bucket that holds its last event. */
  private void boundByData() {
    if (parts.feed().nextTimeUs() == Long.MAX_VALUE) {
      endUs = Math.min(endUs, (nowUs / BUCKET_US + 1) * BUCKET_US);
    }
  }

  private long nextDueUs() {
    long feedUs = Math.min(parts.feed().nextTimeUs(), view.nextDueUs());
    if (parts.faults().silent(nowUs)) {
      // Reports wait for the loop to wake; the venue's own clock needs only its ledger's borders.
      long wakeUs = parts.faults().silenceEndUs(nowUs);
      return Math.min(feedUs, Math.min(wakeUs, (nowUs / BUCKET_US + 1) * BUCKET_US));
    }
    return Math.min(feedUs, Math.min(parts.venue().nextDueUs(), parts.engine().nextWakeUs()));
  }

  private void step(long timeUs) {
    nowUs = timeUs;
    MarketEvent event = parts.feed().poll(nowUs);
    while (event != null) {
      view.release(event.receiveTimeUs());
      view.take(event);
      parts.venue().onMarket(event);
      event = parts.feed().poll(nowUs);
    }
    view.release(nowUs);
    parts.venue().doWork(nowUs);
    parts.inbox().poll(parts.gate());
    if (!parts.faults().silent(nowUs)) {
      parts.engine().doWork(nowUs);
      acknowledge();
    }
  }

  private void acknowledge() {
    GateClient gate = parts.gate();
    OpenWork work = gate.awaitsEffect() ? parts.engine().openWork() : OpenWork.NONE;
    gate.doWork(parts.wallClockUs().getAsLong(), nowUs, work);
  }

  /** Says that the last bucket is complete, takes the quotes off, and closes a few buckets more. */
  private void windDown() {
    long borderUs = Math.floorDiv(endUs + BUCKET_US - 1, BUCKET_US) * BUCKET_US;
    nowUs = endUs;
    parts.venue().doWork(nowUs);
    if (!parts.faults().silent(nowUs - 1)) {
      parts.engine().punctuate(borderUs);
      parts.engine().cancelAll(nowUs, "end of run");
      settle(nowUs + DRAIN_US);
    }
    for (int i = 1; i <= BORDERS_PAST_END; i++) {
      nowUs = borderUs + i * BUCKET_US;
      parts.venue().doWork(nowUs);
      parts.engine().punctuate(nowUs);
    }
    finished = true;
  }

  private void settle(long untilUs) {
    for (long timeUs = nowUs; timeUs <= untilUs; timeUs += SETTLE_STEP_US) {
      parts.venue().await(SETTLE_STEP_US);
      nowUs = timeUs;
      parts.venue().doWork(nowUs);
      parts.engine().obeyAndBook(nowUs);
      acknowledge();
    }
  }
}
