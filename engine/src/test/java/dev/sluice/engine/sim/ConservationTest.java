// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.market.SeededRandom;
import dev.sluice.engine.market.SimulatedFeed;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under random orders on the simulated market money, quantity and order states add up exactly. */
class ConservationTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final List<String> SYMBOLS = List.of("SIMUSDT", "OTHERUSDT");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingIsLostOrMadeUnderRandomOrderFlow(long seed) {
    Run run = new Run(seed);
    run.play(4_000);
    assertThat(run.executions).isGreaterThan(500);
    assertThat(run.rejected).isPositive();
    assertThat(run.cancelled).isPositive();
    assertThat(run.takers).isPositive().isLessThan(run.executions);
    run.checkOrders();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingIsLostOrMadeAtTheVenueWhenTheWayToItsEngineIsFaulty(long seed) {
    List<Scenario.Fault> faults = new ArrayList<>();
    for (FaultKind kind : FaultKind.of(FaultKind.Layer.VENUE)) {
      Map<String, String> params =
          kind.parameters().contains("share") ? Map.of("share", "0.3") : Map.of();
      faults.add(new Scenario.Fault(kind.name(), kind, 60_000, 1_200_000, params, List.of()));
    }
    Run run = new Run(seed, ScenarioVenueFaults.of(new FaultPlan(START_US, faults), seed));
    run.play(4_000);
    assertThat(run.executions).isGreaterThan(500);
    assertThat(run.venue.lostReports()).isGreaterThan(50);
    Run again = new Run(seed, ScenarioVenueFaults.of(new FaultPlan(START_US, faults), seed));
    again.play(4_000);
    assertThat(again.said.equals(run.said)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 9})
  void theSameSeedSaysTheSame(long seed) {
    Run first = new Run(seed);
    Run second = new Run(seed);
    first.play(1_000);
    second.play(1_000);
    assertThat(first.said.equals(second.said)).isTrue();
    Run other = new Run(seed + 100);
    other.play(1_000);
    assertThat(first.said.equals(other.said)).isFalse();
  }

  private static final class Run implements VenuePublisher {
    final SeededRandom random;
    final SimulatedFeed feed;
    final PaperVenueSettings settings;
    final PaperVenue venue;
    final List<Record> said = new ArrayList<>();
    final List<String> sent = new ArrayList<>();
    final Map<String, ExecutionReport> newest = new HashMap<>();
    final Map<String, BigDecimal> cash = new HashMap<>();
    final Map<String, BigDecimal> quantity = new HashMap<>();
    BigDecimal fees = BigDecimal.ZERO;
    long executions;
    long takers;
    long rejected;
    long cancelled;

    final boolean healthy;

    Run(long seed) {
      this(seed, VenueFaults.NONE);
    }

    Run(long seed, VenueFaults faults) {
      healthy = faults == VenueFaults.NONE;
      random = new SeededRandom(seed);
      feed = SimulatedFeed.ofDefaults(SYMBOLS, seed, START_US);
      settings =
          PaperVenueSettings.defaults(SYMBOLS)
              .withFees(new BigDecimal("-0.00003"), new BigDecimal("0.00047"))
              .withBehaviour(
                  new VenueLatency(1_000, 200_000), new VenueLatency(0, 9_000), 77, 0.02);
      venue =
          new PaperVenue(
              settings,
              new VenueIdentity("mm-1", "run-" + seed, Source.SIMULATED, "paper-1"),
              this,
              faults,
              seed,
              START_US);
    }

    void play(int steps) {
      long nowUs = START_US;
      for (int i = 0; i < steps; i++) {
        nowUs += 1 + random.nextInt(1_500_000);
        for (MarketEvent e = feed.poll(nowUs); e != null; e = feed.poll(nowUs)) {
          venue.onMarket(e);
        }
        act(nowUs, i);
        venue.doWork(nowUs);
        venue.poll(nowUs, this::onReport);
        checkMoney();
      }
      venue.poll(nowUs + 60_000_000, this::onReport);
    }

    private void act(long nowUs, int step) {
      if (random.chance(0.3) && !sent.isEmpty()) {
        int back = Math.min(sent.size(), 6);
        venue.cancel(sent.get(sent.size() - 1 - random.nextInt(back)), nowUs);
      }
      if (random.chance(0.6)) {
        String symbol = SYMBOLS.get(random.nextInt(2));
        OrderBook book = venue.book(symbol);
        if (!book.valid()) {
          return;
        }
        Side side = random.chance(0.5) ? Side.BUY : Side.SELL;
        int kind = random.nextInt(5);
        OrderType type =
            kind == 0 ? OrderType.MARKET : kind < 3 ? OrderType.POST_ONLY : OrderType.LIMIT;
        double touch = side == Side.BUY ? book.bestBid() : book.bestAsk();
        BigDecimal price = BigDecimal.valueOf(Math.round(touch * 100) + random.nextInt(7) - 3, 2);
        BigDecimal qty = BigDecimal.valueOf(random.nextInt(800), 2);
        String id = "o" + (random.chance(0.01) ? step - 1 : step);
        sent.add(id);
        venue.submit(
            new NewOrder(id, symbol, side, type, type == OrderType.MARKET ? null : price, qty),
            nowUs);
      }
    }

    private void onReport(ExecutionReport report) {
      ExecutionReport before = newest.get(report.clientOrderId());
      boolean duplicate = "duplicate client order id".equals(report.reason());
      rejected += report.state() == OrderState.REJECTED ? 1 : 0;
      cancelled += report.state() == OrderState.CANCELLED ? 1 : 0;
      if (duplicate || !healthy) {
        return;
      }
      if (before != null) {
        assertThat(before.state().terminal()).isFalse();
        assertThat(report.cumQty()).isGreaterThanOrEqualTo(before.cumQty());
        assertThat(report.venueTimeUs()).isGreaterThanOrEqualTo(before.venueTimeUs());
        BigDecimal step = report.lastQty() == null ? BigDecimal.ZERO : report.lastQty();
        assertThat(before.cumQty().add(step)).isEqualByComparingTo(report.cumQty());
      }
      assertThat(report.cumQty()).isLessThanOrEqualTo(report.qty().max(BigDecimal.ZERO));
      assertThat(report.state() == OrderState.FILLED)
          .isEqualTo(report.cumQty().compareTo(report.qty()) == 0 && report.cumQty().signum() > 0);
      newest.put(report.clientOrderId(), report);
    }

    /** Re-computes all money from the drop copy alone and compares exactly. */
    private void checkMoney() {
      VenueLedger ledger = venue.ledger();
      BigDecimal quote = settings.initialQuote();
      BigDecimal booked = settings.initialQuote();
      BigDecimal feesBooked = BigDecimal.ZERO;
      for (Instrument instrument : settings.instruments()) {
        String symbol = instrument.symbol();
        quote = quote.add(cash.getOrDefault(symbol, BigDecimal.ZERO));
        BigDecimal position = quantity.getOrDefault(symbol, BigDecimal.ZERO);
        assertThat(ledger.position(symbol)).isEqualByComparingTo(position);
        assertThat(ledger.total(instrument.baseAsset()))
            .isEqualByComparingTo(settings.initialBase().add(position));
        booked =
            booked
                .subtract(ledger.cost(symbol))
                .add(ledger.realised(symbol))
                .subtract(ledger.fees(symbol));
        feesBooked = feesBooked.add(ledger.fees(symbol));
        assertThat(position.signum() == 0).isEqualTo(ledger.cost(symbol).signum() == 0);
      }
      assertThat(ledger.total("USDT")).isEqualByComparingTo(quote.subtract(fees));
      assertThat(ledger.total("USDT")).isEqualByComparingTo(booked);
      assertThat(feesBooked).isEqualByComparingTo(fees);
      for (Balance balance : venue.balances()) {
        assertThat(balance.free()).isLessThanOrEqualTo(balance.total());
      }
    }

    void checkOrders() {
      List<String> open = venue.openOrders().stream().map(OpenOrder::clientOrderId).toList();
      newest.forEach(
          (id, report) ->
              assertThat(report.state().terminal()).as(id).isEqualTo(!open.contains(id)));
    }

    @Override
    public void dropCopy(DropCopy dropCopy) {
      said.add(dropCopy);
      if (dropCopy.fillId() != null) {
        executions++;
        takers += dropCopy.liquidity() == Liquidity.TAKER ? 1 : 0;
        BigDecimal sign = BigDecimal.valueOf(dropCopy.side().sign());
        BigDecimal signed = sign.multiply(dropCopy.lastQty());
        quantity.merge(dropCopy.symbol(), signed, BigDecimal::add);
        cash.merge(
            dropCopy.symbol(), signed.multiply(dropCopy.lastPrice()).negate(), BigDecimal::add);
        fees = fees.add(dropCopy.fee());
        assertThat(dropCopy.fee().signum())
            .isEqualTo(dropCopy.liquidity() == Liquidity.TAKER ? 1 : -1);
      }
    }

    @Override
    public void ledger(Ledger ledger) {
      said.add(ledger);
    }
  }
}
