// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.rules.integrity.IntegrityState.ClockBounds;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Severity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The venue's clock less the engine's, from orders that both have stamped. A message needs time and
 * never arrives before it was sent, so with the venue's stamp v the skew is at least v − (the
 * engine's time at receipt) and at most v − (the engine's time at submission, or at the request of
 * the cancel it answers); of a second the tightest of both, as the minimum-delay filter of NTP
 * takes the fastest message (RFC 5905, section 10). However late messages are, they only widen the
 * bounds: delay is never taken for skew.
 */
final class ClockChecks {
  private static final long WIDTH_US = 1_000_000L;
  private static final long SETTLE_US = 10_000_000L;
  private static final int MAX_BOUNDS = 4_096;

  /** Stamps that cannot be are no evidence. */
  private static final long MIN_STAMP_US = 1_000_000_000_000_000L;

  private final Checks checks;
  private final IntegrityState state;
  private final long limitUs;

  ClockChecks(Checks checks) {
    this.checks = checks;
    this.state = checks.state();
    this.limitUs = checks.settings().skewLimitMs() * 1_000;
  }

  void step(Order order, WatchedOrder watched) {
    Long stampUs = order.venueTimeUs();
    if (stampUs == null || stampUs < MIN_STAMP_US) {
      return;
    }
    ClockBounds bounds = boundsAt(order.eventTimeUs());
    bounds.lowestUs = Math.max(bounds.lowestUs, stampUs - order.eventTimeUs());
    if (watched != null && watched.submittedUs > 0) {
      bounds.highestUs = Math.min(bounds.highestUs, stampUs - watched.submittedUs);
    }
    if (answersCancel(order, watched, stampUs)) {
      bounds.highestUs = Math.min(bounds.highestUs, stampUs - watched.cancelUs);
    }
  }

  /** An engine that is paused by a bad clock sends cancels alone: they must be able to clear it. */
  private boolean answersCancel(Order order, WatchedOrder watched, long stampUs) {
    return watched != null
        && order.state() == OrderState.CANCELLED
        && watched.cancelUs > 0
        && stampUs >= watched.cancelUs - limitUs; // far before it, the venue did it by itself
  }

  void fill(Fill fill) {
    if (fill.venueTimeUs() >= MIN_STAMP_US) {
      ClockBounds bounds = boundsAt(fill.eventTimeUs());
      bounds.lowestUs = Math.max(bounds.lowestUs, fill.venueTimeUs() - fill.eventTimeUs());
    }
  }

  /** The venue's own stream shows whether its clock falls. */
  void copy(DropCopy copy, InputRange at) {
    if (!copy.runId().equals(state.venueRun)) {
      state.venueRun = copy.runId();
      state.venueStampUs = copy.venueTimeUs();
    }
    long fellByUs = state.venueStampUs - copy.venueTimeUs();
    if (fellByUs > limitUs && state.fellFromUs == 0) {
      state.fellFromUs = state.venueStampUs;
      state.fellByUs = fellByUs;
    }
    if (fellByUs <= 0) {
      state.venueStampUs = copy.venueTimeUs();
      if (state.fallFindingId != null) {
        String reason = "the venue's clock is where it was before it fell";
        checks.findings().heal(state.fallFindingId, copy.venueTimeUs(), reason);
        state.fallFindingId = null;
      }
    }
  }

  /** Everything the engine said before the time is known. */
  void until() {
    List<ClockBounds> open = new ArrayList<>();
    for (ClockBounds bounds : state.clock) {
      if (bounds.startUs + WIDTH_US <= state.untilUs) {
        judge(bounds);
      } else {
        open.add(bounds);
      }
    }
    if (open.size() < state.clock.length) {
      state.clock = open.toArray(new ClockBounds[0]);
    }
    if (state.fellFromUs > 0 && state.untilUs >= state.fellFromUs + SETTLE_US) {
      judgeFall();
    }
  }

  /**
   * The skew to be judged: the least that fits what both have stamped; none before anything was
   * stamped.
   */
  Measurement skew() {
    return state.clockMeasured ? new Measurement(skewMs(), 1) : Measurement.NONE;
  }

  private double skewMs() {
    boolean fallStands =
        state.fallFindingId != null && checks.findings().stands(state.fallFindingId);
    return fallStands ? Math.max(state.skewMs, state.fellByUs / 1_000.0) : state.skewMs;
  }

  /**
   * A person has seen to it: what was measured before counts no longer. A paused engine sends
   * nothing that the venue would stamp, so only a person can end a pause that no cancel has ended.
   */
  void forget() {
    state.clock = new ClockBounds[0];
    state.clockBad = false;
    state.skewMs = 0;
    state.skewUs = 0;
    state.fallFindingId = null;
    state.fellFromUs = 0;
  }

  private void judge(ClockBounds bounds) {
    long atUs = bounds.startUs + WIDTH_US;
    state.clockMeasured = true;
    long leastUs = Math.max(bounds.lowestUs, Math.min(bounds.highestUs, 0));
    boolean bad = bounds.lowestUs > limitUs || bounds.highestUs < -limitUs;
    boolean good = bounds.lowestUs >= -limitUs && bounds.highestUs <= limitUs;
    if (bad) {
      long skewUs = bounds.lowestUs > limitUs ? bounds.lowestUs : bounds.highestUs;
      state.skewMs = Math.abs(skewUs) / 1_000.0;
      state.skewUs = skewUs;
      if (!state.clockBad && state.fallFindingId == null) {
        String ahead = skewUs > 0 ? " ms ahead of" : " ms behind";
        String reason =
            "the venue's clock is " + Math.round(state.skewMs) + ahead + " the engine's";
        confirm(bounds.startUs, atUs, state.skewMs, reason);
      }
      state.clockBad = true;
    } else if (good || !state.clockBad) {
      state.skewMs = Math.abs(leastUs) / 1_000.0;
    }
    if (good && state.clockBad) {
      state.clockBad = false;
      state.skewUs = 0;
      for (var finding : state.standing.clone()) {
        if (finding.kind() == FindingKind.CLOCK_SKEW) {
          String reason = "the clocks are within " + checks.settings().skewLimitMs() + " ms again";
          checks.findings().heal(finding.findingId(), atUs, reason);
        }
      }
      state.fallFindingId = null;
    }
  }

  private void judgeFall() {
    boolean toldAlready = state.clockBad || checks.findings().count(FindingKind.CLOCK_SKEW) > 0;
    boolean backAlready = state.venueStampUs > state.fellFromUs;
    if (!toldAlready && !backAlready) {
      String reason = "the venue's clock fell by " + state.fellByUs / 1_000 + " ms";
      state.fallFindingId =
          confirm(state.fellFromUs, state.fellFromUs + SETTLE_US, state.fellByUs / 1_000.0, reason);
    }
    state.fellFromUs = 0;
  }

  private String confirm(long firstSeenUs, long atUs, double skewMs, String reason) {
    return checks
        .findings()
        .confirm(
            new Findings.Evidence(
                FindingKind.CLOCK_SKEW,
                "clock",
                Severity.CRITICAL,
                null,
                null,
                null,
                null,
                BigDecimal.valueOf(skewMs),
                BigDecimal.valueOf(checks.settings().skewLimitMs()),
                "ms",
                null,
                reason),
            checks.source(),
            firstSeenUs,
            atUs);
  }

  private ClockBounds boundsAt(long timeUs) {
    long startUs = Math.floorDiv(timeUs, WIDTH_US) * WIDTH_US;
    int at = state.clock.length;
    while (at > 0 && state.clock[at - 1].startUs > startUs) {
      at--;
    }
    if (at > 0 && state.clock[at - 1].startUs == startUs) {
      return state.clock[at - 1];
    }
    ClockBounds fresh = new ClockBounds();
    fresh.startUs = startUs;
    ClockBounds[] all = state.clock;
    if (all.length >= MAX_BOUNDS && at > 0) {
      all = Arrays.copyOfRange(all, 1, all.length);
      at--;
    }
    state.clock = Arrays.copyOf(all, all.length + 1);
    System.arraycopy(all, at, state.clock, at + 1, all.length - at);
    state.clock[at] = fresh;
    return fresh;
  }
}
