// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.core.VenueHistory.Told;
import dev.sluice.engine.market.SeededRandom;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** A long day at a bad venue: a million reports, each up to 5 s late, one in ten said twice. */
class MillionReportsTest {
  private static final int REPORTS = 1_000_000;
  private static final long EVERY_US = 60_000L;
  private static final long SHUFFLED_WITHIN_US = 5_000_000L;
  private static final int REMEMBERED = 1_000;

  /** A copy of a report on its way. */
  private record Copy(long atUs, long number, ExecutionReport report) {}

  /** What an engine holds in the end; a digest of every order's last state and quantity. */
  private record EndState(
      long orders, long digest, BigDecimal position, double realised, SafeguardCounts counts) {}

  private final Desk desk = new Desk();
  private final PriorityQueue<Copy> way =
      new PriorityQueue<>(
          (a, b) ->
              a.atUs() == b.atUs()
                  ? Long.compare(a.number(), b.number())
                  : Long.compare(a.atUs(), b.atUs()));
  private final Map<String, Told> asked = new HashMap<>();
  private final Deque<LiveOrder> newest = new ArrayDeque<>();
  private final SeededRandom disturbance = SeededRandom.of(3, "disturbance");
  private long copies;
  private long digest;

  @Test
  void aMillionReportsShuffledWithDuplicatesLeaveTheStateOfTheCleanOnes() {
    EndState clean = new MillionReportsTest().play(false);
    EndState disturbed = play(true);
    assertThat(disturbed.orders()).isEqualTo(clean.orders());
    assertThat(disturbed.digest()).isEqualTo(clean.digest());
    assertThat(disturbed.position()).isEqualByComparingTo(clean.position());
    assertThat(disturbed.position()).isEqualByComparingTo("0");
    assertThat(disturbed.realised()).isCloseTo(clean.realised(), within(1e-3));
    assertThat(clean.counts().quarantinedReports()).isZero();
    assertThat(clean.counts().duplicateReports()).isZero();
    assertThat(disturbed.counts().duplicateReports()).isGreaterThan(REPORTS / 20);
    assertThat(disturbed.counts().quarantinedReports()).isGreaterThan(REPORTS / 20);
  }

  private EndState play(boolean disturbed) {
    SeededRandom random = SeededRandom.of(17, "a long day");
    long net = 0;
    long orders = 0;
    long reports = 0;
    while (reports < REPORTS || net != 0) {
      boolean closes = reports >= REPORTS;
      Side against = net > 0 ? Side.SELL : Side.BUY;
      Side side = closes || random.chance(0.7) ? against : against.opposite();
      long lots = closes ? Math.abs(net) : 1L + random.nextInt(4);
      long filled = closes || random.chance(0.5) ? lots : random.nextInt((int) lots);
      boolean rejected = filled == 0 && random.chance(0.2);
      boolean cancelled = filled < lots && !rejected && random.chance(0.7);
      net += side.sign() * filled;
      orders++;
      desk.nowUs += EVERY_US;
      deliver(desk.nowUs);
      Told told =
          VenueHistory.told(
              desk.symbol,
              "i" + orders,
              side,
              lots,
              filled,
              rejected,
              cancelled,
              desk.nowUs,
              random);
      reports += told.reports().size();
      send(told, disturbed);
    }
    deliver(desk.nowUs + 2 * SHUFFLED_WITHIN_US);
    newest.forEach(this::fold);
    return new EndState(orders, digest, desk.position(), desk.account.realisedPnl(), desk.counts());
  }

  private void send(Told told, boolean disturbed) {
    LiveOrder order = desk.orders.send(told.intent(), desk.nowUs);
    if (told.cancelled()) {
      desk.orders.cancel(order, desk.nowUs, "test");
    }
    asked.put(order.clientOrderId(), told);
    newest.add(order);
    if (newest.size() > REMEMBERED) {
      LiveOrder oldest = newest.remove();
      asked.remove(oldest.clientOrderId());
      fold(oldest);
    }
    if (copies % 100 == 0) {
      desk.orders.poll(desk.nowUs);
    }
    for (ExecutionReport report : told.reports()) {
      int times = disturbed && disturbance.chance(0.1) ? 2 : 1;
      for (int i = 0; i < times; i++) {
        long late = disturbed ? (long) (disturbance.nextDouble() * SHUFFLED_WITHIN_US) : 0;
        way.add(new Copy(report.venueTimeUs() + 1 + late, copies++, report));
      }
    }
  }

  private void deliver(long untilUs) {
    while (!way.isEmpty() && way.peek().atUs() <= untilUs) {
      Copy copy = way.remove();
      desk.orders.onReport(copy.report(), copy.atUs());
      while (!desk.venue.queries.isEmpty()) {
        String id = desk.venue.queries.remove(0);
        desk.orders.onStatus(asked.get(id).status(id), copy.atUs());
      }
    }
    List.of(desk.sink.all, desk.sink.orders, desk.sink.fills, desk.venue.submits)
        .forEach(List::clear);
    desk.venue.cancels.clear();
  }

  /** Into the digest, once nothing can change any more. */
  private void fold(LiveOrder order) {
    assertThat(order.state().terminal()).as(order.clientOrderId()).isTrue();
    digest +=
        new StateHash()
            .add(order.clientOrderId())
            .add(order.state().name())
            .add(order.cumQty())
            .value();
  }
}
