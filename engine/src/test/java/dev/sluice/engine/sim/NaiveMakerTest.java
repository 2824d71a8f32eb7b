// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.market.Regime;
import dev.sluice.engine.market.SimulatedFeed;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A maker that keeps one order on each side near the touch, on the simulated market. */
class NaiveMakerTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final String SYMBOL = "SIMUSDT";
  private static final VenueIdentity IDENTITY =
      new VenueIdentity("mm-1", "run-1", Source.SIMULATED, "paper-1");

  @Test
  void fillsOftenInEveryRegime() {
    for (int ticksBehind : new int[] {0, 1, 2, 3}) {
      Run run = new Run(ticksBehind, 42);
      run.play(24);
      System.out.printf(
          "%d ticks behind the touch: fills per hour %s, %s; %d ledgers, %d drop copies, %d ms%n",
          ticksBehind, run.perHour(), run.words(), run.ledgers.size(), run.dropCopies, run.tookMs);
      if (ticksBehind <= 1) {
        assertThat(run.perHour().values()).allSatisfy(rate -> assertThat(rate).isGreaterThan(20));
      }
    }
  }

  @Test
  void theSameSeedEndsInTheSameBooks() {
    Run first = new Run(0, 5);
    Run second = new Run(0, 5);
    first.play(6);
    second.play(6);
    assertThat(first.ledgers.equals(second.ledgers)).isTrue();
    assertThat(first.ledgers.size()).isEqualTo(6 * 360);
  }

  private static final class Run implements VenuePublisher {
    final SimulatedFeed feed;
    final PaperVenue venue;
    final int ticksBehind;
    final List<Ledger> ledgers = new ArrayList<>();
    final Map<Regime, Long> fills = new EnumMap<>(Regime.class);
    final Map<Regime, Long> seconds = new EnumMap<>(Regime.class);
    final Map<Side, NewOrder> working = new EnumMap<>(Side.class);
    long dropCopies;
    long nextId;
    long tookMs;

    Run(int ticksBehind, long seed) {
      this.ticksBehind = ticksBehind;
      this.feed = SimulatedFeed.ofDefaults(List.of(SYMBOL), seed, START_US);
      this.venue =
          new PaperVenue(
              PaperVenueSettings.defaults(List.of(SYMBOL)), IDENTITY, this, seed, START_US);
    }

    void play(int hours) {
      long startedNs = System.nanoTime();
      long endUs = START_US + TimeUnit.HOURS.toMicros(hours);
      for (long nowUs = START_US; nowUs <= endUs; nowUs += 500_000) {
        for (MarketEvent e = feed.poll(nowUs); e != null; e = feed.poll(nowUs)) {
          venue.onMarket(e);
        }
        venue.doWork(nowUs);
        Regime regime = feed.regime(SYMBOL);
        seconds.merge(regime, 1L, Long::sum);
        venue.poll(nowUs, report -> onReport(report, regime));
        quote(Side.BUY, nowUs);
        quote(Side.SELL, nowUs);
      }
      tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
    }

    private void quote(Side side, long nowUs) {
      OrderBook book = venue.book(SYMBOL);
      if (!book.valid()) {
        return;
      }
      double position = venue.ledger().position(SYMBOL).doubleValue();
      double skew = Math.min(0.02, Math.max(-0.02, -position * 0.001));
      double touch = side == Side.BUY ? book.bestBid() : book.bestAsk();
      double wanted = touch - side.sign() * ticksBehind * 0.01 + skew;
      BigDecimal price =
          new BigDecimal(wanted)
              .setScale(
                  2,
                  side == Side.BUY ? java.math.RoundingMode.FLOOR : java.math.RoundingMode.CEILING);
      NewOrder order = working.get(side);
      if (order != null && order.price().subtract(price).abs().doubleValue() < 0.011) {
        return;
      }
      if (order != null) {
        venue.cancel(order.clientOrderId(), nowUs);
      }
      nextId++;
      order = new NewOrder("c" + nextId, SYMBOL, side, OrderType.POST_ONLY, price, BigDecimal.ONE);
      working.put(side, order);
      venue.submit(order, nowUs);
    }

    private void onReport(ExecutionReport report, Regime regime) {
      if (report.fillId() != null) {
        fills.merge(regime, 1L, Long::sum);
      }
      if (report.state().terminal()) {
        working.values().removeIf(o -> o.clientOrderId().equals(report.clientOrderId()));
      }
    }

    Map<Regime, Double> perHour() {
      Map<Regime, Double> rates = new EnumMap<>(Regime.class);
      seconds.forEach(
          (regime, halves) -> rates.put(regime, fills.getOrDefault(regime, 0L) * 7200.0 / halves));
      return rates;
    }

    String words() {
      VenueLedger ledger = venue.ledger();
      return "position %s, turnover %s, realised %s, fees %s"
          .formatted(
              ledger.position(SYMBOL),
              ledger.turnover(SYMBOL),
              ledger.realised(SYMBOL).setScale(2, java.math.RoundingMode.HALF_UP),
              ledger.fees(SYMBOL));
    }

    @Override
    public void dropCopy(DropCopy dropCopy) {
      dropCopies++;
      assertThat(dropCopy.seq()).isEqualTo(dropCopies);
    }

    @Override
    public void ledger(Ledger ledger) {
      ledgers.add(ledger);
      assertThat(ledger.asOfUs() % 10_000_000).isZero();
    }
  }
}
