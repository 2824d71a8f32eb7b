// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import static dev.sluice.engine.sim.VenueHarness.START_US;
import static dev.sluice.engine.sim.VenueHarness.SYMBOL;
import static dev.sluice.engine.sim.VenueHarness.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperVenueTest {
  private final VenueHarness h = new VenueHarness();

  @Test
  void aRestingOrderFillsWhenTheVolumeAheadHasTraded() {
    List<ExecutionReport> reports = h.send("a", Side.BUY, OrderType.POST_ONLY, "99.99", "2");
    assertThat(reports)
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.state()).isEqualTo(OrderState.ACKED);
              assertThat(r.queueAhead()).isEqualTo(5);
              assertThat(r.venueOrderId()).isEqualTo("v1");
            });
    h.trade(99.99, 4, true);
    assertThat(h.states()).isEmpty();
    assertThat(h.venue.queueAhead("a")).isEqualTo(1);
    h.trade(99.99, 1.5, true);
    ExecutionReport partial = h.reports().get(0);
    assertThat(partial.state()).isEqualTo(OrderState.PARTIALLY_FILLED);
    assertThat(partial.lastQty()).isEqualByComparingTo("0.5");
    assertThat(partial.lastPrice()).isEqualByComparingTo("99.99");
    assertThat(partial.liquidity()).isEqualTo(Liquidity.MAKER);
    assertThat(partial.fillId()).isEqualTo("run-1-f1");
    assertThat(partial.fee()).isEqualByComparingTo("0.00499950");
    assertThat(partial.feeAsset()).isEqualTo("USDT");
    h.trade(99.99, 10, true);
    ExecutionReport last = h.reports().get(0);
    assertThat(last.state()).isEqualTo(OrderState.FILLED);
    assertThat(last.lastQty()).isEqualByComparingTo("1.5");
    assertThat(last.cumQty()).isEqualByComparingTo("2");
    assertThat(h.venue.openOrders()).isEmpty();
    assertThat(h.venue.queueAhead("a")).isNaN();
  }

  @Test
  void tradesOfTheOtherSideOrAboveThePriceDoNotFill() {
    h.send("a", Side.BUY, OrderType.POST_ONLY, "99.98", "2");
    h.trade(99.99, 50, true);
    h.trade(99.98, 50, false);
    assertThat(h.states()).isEmpty();
  }

  @Test
  void aTradeThroughThePriceFillsAll() {
    h.send("a", Side.BUY, OrderType.POST_ONLY, "99.99", "2");
    h.send("b", Side.SELL, OrderType.POST_ONLY, "100.01", "2");
    h.trade(99.98, 0.01, true);
    h.trade(100.02, 0.01, false);
    assertThat(h.reports()).extracting(ExecutionReport::clientOrderId).containsExactly("a", "b");
  }

  @Test
  void ownOrdersAtOneLevelShareATradeInTheirOrder() {
    h.send("a", Side.BUY, OrderType.POST_ONLY, "99.99", "1");
    h.send("b", Side.BUY, OrderType.POST_ONLY, "99.99", "1");
    h.trade(99.99, 6.5, true);
    assertThat(h.reports())
        .extracting(ExecutionReport::clientOrderId, r -> r.lastQty().doubleValue())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 1.0),
            org.assertj.core.groups.Tuple.tuple("b", 0.5));
  }

  @Test
  void aBookThatMovesOntoTheOrderFillsItUpToTheDisplayedSize() {
    h.send("a", Side.BUY, OrderType.POST_ONLY, "100.00", "2");
    h.ask(100.00, 0.75);
    ExecutionReport report = h.reports().get(0);
    assertThat(report.state()).isEqualTo(OrderState.PARTIALLY_FILLED);
    assertThat(report.lastQty()).isEqualByComparingTo("0.75");
    assertThat(report.lastPrice()).isEqualByComparingTo("100");
    assertThat(report.liquidity()).isEqualTo(Liquidity.MAKER);
  }

  @Test
  void aMarketOrderWalksTheBookAndPaysTheTakerFee() {
    List<ExecutionReport> reports = h.send("m", Side.BUY, OrderType.MARKET, null, "5");
    assertThat(reports)
        .extracting(ExecutionReport::state)
        .containsExactly(OrderState.ACKED, OrderState.PARTIALLY_FILLED, OrderState.FILLED);
    assertThat(reports.get(1).lastQty()).isEqualByComparingTo("3");
    assertThat(reports.get(1).lastPrice()).isEqualByComparingTo("100.01");
    assertThat(reports.get(2).lastPrice()).isEqualByComparingTo("100.02");
    assertThat(reports.get(2).liquidity()).isEqualTo(Liquidity.TAKER);
    assertThat(reports.get(2).fee()).isEqualByComparingTo("0.10002");
    assertThat(h.venue.positions())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.qty()).isEqualByComparingTo("5");
              assertThat(p.avgPrice()).isEqualByComparingTo("100.014");
            });
  }

  @Test
  void takenVolumeIsGoneUntilTheLevelIsShownAgain() {
    h.send("m", Side.BUY, OrderType.MARKET, null, "3");
    assertThat(h.send("n", Side.BUY, OrderType.MARKET, null, "1").get(1).lastPrice())
        .isEqualByComparingTo("100.02");
    h.ask(100.01, 2);
    assertThat(h.send("o", Side.BUY, OrderType.MARKET, null, "1").get(1).lastPrice())
        .isEqualByComparingTo("100.01");
  }

  @Test
  void whatAMarketOrderFindsNoDepthForExpires() {
    List<ExecutionReport> reports = h.send("m", Side.SELL, OrderType.MARKET, null, "20");
    ExecutionReport last = reports.get(reports.size() - 1);
    assertThat(last.state()).isEqualTo(OrderState.EXPIRED);
    assertThat(last.cumQty()).isEqualByComparingTo("18");
    assertThat(h.venue.openOrders()).isEmpty();
  }

  @Test
  void aMarketableLimitTakesToItsLimitAndRests() {
    List<ExecutionReport> reports = h.send("l", Side.BUY, OrderType.LIMIT, "100.01", "4");
    assertThat(reports)
        .extracting(ExecutionReport::state)
        .containsExactly(OrderState.ACKED, OrderState.PARTIALLY_FILLED);
    assertThat(h.venue.openOrders())
        .singleElement()
        .satisfies(
            o -> {
              assertThat(o.qty()).isEqualByComparingTo("4");
              assertThat(o.cumQty()).isEqualByComparingTo("3");
            });
    h.trade(100.01, 1, true);
    assertThat(h.states()).containsExactly(OrderState.FILLED);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      value = {
        "post-only order would cross, BUY, POST_ONLY, 100.01, 1",
        "post-only order would cross, SELL, POST_ONLY, 99.99, 1",
        "price is no multiple of the tick size 0.01, BUY, LIMIT, 99.995, 1",
        "price is no multiple of the tick size 0.01, BUY, LIMIT, -1, 1",
        "price missing, BUY, LIMIT, -, 1",
        "a market order has no price, BUY, MARKET, 100, 1",
        "quantity is no multiple of the lot size 0.01, BUY, LIMIT, 99, 1.001",
        "quantity is no multiple of the lot size 0.01, BUY, LIMIT, 99, 0",
        "notional below 5, BUY, LIMIT, 99, 0.05",
        "insufficient quote balance, BUY, LIMIT, 99, 1000000",
        "insufficient base balance, SELL, LIMIT, 101, 1000000"
      })
  void refusesWithAReason(String reason, Side side, OrderType type, String price, String qty) {
    List<ExecutionReport> reports = h.send("x", side, type, price, qty);
    assertThat(reports)
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.state()).isEqualTo(OrderState.REJECTED);
              assertThat(r.reason()).isEqualTo(reason);
              assertThat(r.venueOrderId()).isNull();
            });
    assertThat(h.dropCopies)
        .singleElement()
        .satisfies(d -> assertThat(d.reason()).isEqualTo(reason));
    assertThat(h.venue.openOrders()).isEmpty();
  }

  @Test
  void refusesADuplicateIdAlsoAfterTheFirstHasEnded() {
    h.send("a", Side.BUY, OrderType.POST_ONLY, "99.99", "1");
    assertThat(h.send("a", Side.BUY, OrderType.POST_ONLY, "99.98", "1").get(0).reason())
        .isEqualTo("duplicate client order id");
    assertThat(h.venue.openOrders()).hasSize(1);
    h.venue.cancel("a", h.nowUs);
    assertThat(h.states()).containsExactly(OrderState.CANCELLED);
    assertThat(h.send("a", Side.BUY, OrderType.POST_ONLY, "99.98", "1").get(0).reason())
        .isEqualTo("duplicate client order id");
  }

  @Test
  void refusesAnUnknownSymbol() {
    h.venue.submit(
        new NewOrder("a", "NONE", Side.BUY, OrderType.MARKET, null, BigDecimal.ONE), h.nowUs);
    assertThat(h.reports().get(0).reason()).isEqualTo("unknown symbol");
  }

  @Test
  void aSmallOrderMayCloseAPosition() {
    h.send("a", Side.BUY, OrderType.MARKET, null, "0.06");
    assertThat(h.send("b", Side.SELL, OrderType.MARKET, null, "0.02").get(1).state())
        .isEqualTo(OrderState.FILLED);
    assertThat(h.send("c", Side.BUY, OrderType.MARKET, null, "0.02").get(0).state())
        .isEqualTo(OrderState.REJECTED);
  }

  @Test
  void openOrdersHoldBalance() {
    h.send("a", Side.BUY, OrderType.POST_ONLY, "99.99", "2");
    h.send("b", Side.SELL, OrderType.POST_ONLY, "100.01", "3");
    assertThat(h.venue.balances())
        .anySatisfy(
            b -> {
              assertThat(b.asset()).isEqualTo("USDT");
              assertThat(b.total().subtract(b.free())).isEqualByComparingTo("199.98");
            })
        .anySatisfy(
            b -> {
              assertThat(b.asset()).isEqualTo("SIM");
              assertThat(b.total().subtract(b.free())).isEqualByComparingTo("3");
            });
  }

  @Test
  void aRebateIsANegativeFeeAndRaisesTheBalance() {
    VenueHarness rebate =
        new VenueHarness(
            VenueHarness.settings().withFees(new BigDecimal("-0.0001"), new BigDecimal("0.0005")),
            VenueFaults.NONE);
    rebate.send("a", Side.SELL, OrderType.POST_ONLY, "100.00", "1");
    rebate.trade(100.00, 1, false);
    assertThat(rebate.reports().get(0).fee()).isEqualByComparingTo("-0.01");
    assertThat(rebate.venue.ledger().total("USDT")).isEqualByComparingTo("10000100.01");
    assertThat(rebate.venue.ledger().position(SYMBOL)).isEqualByComparingTo("-1");
  }

  @Test
  void anExhaustedLimitOfOpenOrdersRefuses() {
    for (int i = 0; i < 200; i++) {
      h.send("o" + i, Side.BUY, OrderType.POST_ONLY, "90.00", "1");
    }
    assertThat(h.send("more", Side.BUY, OrderType.POST_ONLY, "90.00", "1").get(0).reason())
        .isEqualTo("too many open orders");
  }

  @Test
  void randomRejectsFollowTheirRateAndSeed() {
    List<Integer> first = rejected();
    assertThat(first).isEqualTo(rejected());
    assertThat(first.size()).isBetween(150, 250);
  }

  @Test
  void aFaultMayRejectAndDelay() {
    VenueFaults faults =
        new VenueFaults() {
          @Override
          public String rejectReason(NewOrder order, long venueTimeUs) {
            return order.clientOrderId().equals("bad") ? "injected" : null;
          }

          @Override
          public long extraLatencyUs(long nowUs) {
            return 5_000;
          }
        };
    VenueHarness faulty = new VenueHarness(VenueHarness.settings(), faults);
    assertThat(faulty.send("bad", Side.BUY, OrderType.POST_ONLY, "99.99", "1")).isEmpty();
    faulty.nowUs = START_US + 5_000;
    assertThat(faulty.reports().get(0).reason()).isEqualTo("injected");
  }

  private static List<Integer> rejected() {
    VenueHarness unlucky =
        new VenueHarness(
            VenueHarness.settings()
                .withBehaviour(VenueLatency.fixed(0), VenueLatency.fixed(0), 0, 0.1),
            VenueFaults.NONE);
    List<Integer> rejected = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      String id = "o" + i;
      if (unlucky.send(id, Side.BUY, OrderType.POST_ONLY, "90.00", "1").get(0).state()
          == OrderState.REJECTED) {
        rejected.add(i);
      }
      unlucky.venue.cancel(id, unlucky.nowUs);
      unlucky.reports();
    }
    return rejected;
  }

  @Test
  void everyReportHasItsDropCopyInOrder() {
    h.send("a", Side.BUY, OrderType.POST_ONLY, "99.99", "2");
    h.trade(99.99, 6, true);
    h.venue.cancel("a", h.nowUs);
    h.venue.submit(order("b", Side.BUY, OrderType.LIMIT, "99.995", "2"), h.nowUs);
    assertThat(h.states())
        .containsExactly(OrderState.PARTIALLY_FILLED, OrderState.CANCELLED, OrderState.REJECTED);
    assertThat(h.dropCopies)
        .extracting(dropCopy -> dropCopy.seq() + " " + dropCopy.state())
        .containsExactly("1 ACKED", "2 PARTIALLY_FILLED", "3 CANCELLED", "4 REJECTED");
    assertThat(h.dropCopies.get(2).cumQty()).isEqualByComparingTo("1");
    assertThat(h.dropCopies.get(1).engineId()).isEqualTo("mm-1");
    assertThat(h.dropCopies.get(1).fee()).isNotNull();
  }
}
