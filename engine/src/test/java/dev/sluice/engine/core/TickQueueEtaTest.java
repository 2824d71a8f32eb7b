// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.MarketEvent.BookSnapshot;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Tick;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ticks expect of the time until the engine's quotes are reached. */
class TickQueueEtaTest {
  private static final double FLOW_PER_S = 0.5;

  private final Desk desk = new Desk();
  private final SymbolMarket market = new SymbolMarket(desk.symbol);
  private final QuoteDesk quotes =
      new QuoteDesk(Instrument.of(desk.symbol), market, desk.venue, desk.orders, FaultPlan.NONE);

  /** Best bid 101 with 3, then 100 with 4; sales of a steady flow for an hour. */
  private void flow() {
    long startUs = desk.nowUs;
    market.apply(
        new BookSnapshot(
            desk.symbol,
            startUs,
            startUs,
            1,
            new double[] {101, 100},
            new double[] {3, 4},
            new double[] {102},
            new double[] {5}));
    for (int second = 0; second <= 3_600; second++) {
      long atUs = startUs + second * Sim.SECOND_US;
      market.apply(new TradePrint(desk.symbol, atUs, atUs, second, 101, FLOW_PER_S, true));
    }
    desk.after(3_600);
  }

  private LiveOrder joined(double ahead) {
    LiveOrder quote = desk.resting("i-1");
    quote.proven(null, ahead);
    return quote;
  }

  @Test
  void itIsTheVolumeBeforeTheQuoteByTheRateOfItsSide() {
    LiveOrder bid = joined(2.5);
    flow();
    double expectedMs = (3 + 2.5) / market.tradedPerSecond(Side.BUY, desk.nowUs) * 1e3;
    assertThat(expectedMs).isCloseTo((3 + 2.5) / FLOW_PER_S * 1e3, within(100.0));
    assertThat(quotes.queueEtaMs(bid, null, desk.nowUs)).isCloseTo(expectedMs, within(0.001));
    assertThat(quotes.queueEtaMs(null, bid, desk.nowUs)).isCloseTo(expectedMs, within(0.001));
    assertThat(quotes.queueEtaMs(bid, bid, desk.nowUs))
        .as("mean")
        .isCloseTo(expectedMs, within(0.001));
  }

  @Test
  void whereTheVenueDoesNotTellNoMoreIsAheadThanIsDisplayed() {
    LiveOrder bid = joined(9);
    flow();
    double expectedMs = (3 + 4) / market.tradedPerSecond(Side.BUY, desk.nowUs) * 1e3;
    assertThat(quotes.queueEtaMs(bid, null, desk.nowUs)).isCloseTo(expectedMs, within(0.001));
  }

  @Test
  void thereIsNoneWithoutARestingQuoteAPlaceOrARate() {
    assertThat(quotes.queueEtaMs(null, null, desk.nowUs)).isNaN();
    LiveOrder bid = joined(2.5);
    assertThat(quotes.queueEtaMs(bid, null, desk.nowUs)).as("no rate").isNaN();
    flow();
    assertThat(quotes.queueEtaMs(bid, null, desk.nowUs)).isPositive();
    long nextDayUs = desk.nowUs + 86_400L * Sim.SECOND_US;
    assertThat(quotes.queueEtaMs(bid, null, nextDayUs)).as("nothing trades any more").isNaN();
    assertThat(quotes.queueEtaMs(desk.quote("i-2"), null, desk.nowUs)).as("only sent").isNaN();
    assertThat(quotes.queueEtaMs(desk.resting("i-3"), null, desk.nowUs)).as("no place").isNaN();
    desk.orders.cancel(bid, desk.nowUs, "test");
    assertThat(bid.state()).isEqualTo(OrderState.CANCEL_REQUESTED);
    assertThat(quotes.queueEtaMs(bid, null, desk.nowUs)).as("going").isNaN();
  }

  @Test
  void ticksOfAQuotingEngineSayItAndThoseOfAnIdleOneDoNot() {
    List<Tick> quoting = new Sim().run(1_200).sink.ticks;
    assertThat(quoting.stream().filter(t -> t.queueEtaMs() != null).count())
        .isGreaterThan(quoting.size() / 2);
    assertThat(quoting).allMatch(t -> t.queueEtaMs() == null || t.queueEtaMs() >= 0);
    assertThat(new Sim("flags.pipeline=false").run(1_200).sink.ticks)
        .extracting(Tick::queueEtaMs)
        .containsOnlyNulls();
  }
}
