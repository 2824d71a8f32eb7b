// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.market.MarketEvent.BestQuote;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulatedFeedTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final String SYMBOL = "SIMUSDT";

  @Test
  void theSameSeedGivesTheSameEvents() {
    assertThat(digest(7, 20_000)).isEqualTo(digest(7, 20_000)).isNotEqualTo(digest(8, 20_000));
  }

  @Test
  void theNumbersAreTheSameOnEveryMachine() {
    SimulatedFeed feed = SimulatedFeed.ofDefaults(List.of(SYMBOL), 42, START_US);
    long digest = 0;
    for (int i = 0; i < 50_000; i++) {
      MarketEvent event = feed.poll(Long.MAX_VALUE);
      digest = 31 * digest + event.receiveTimeUs();
      if (event instanceof MarketEvent.BookDelta delta) {
        digest = 31 * digest + Arrays.hashCode(delta.bidPrices());
        digest = 31 * digest + Arrays.hashCode(delta.askSizes());
      } else if (event instanceof TradePrint trade) {
        digest = 31 * digest + Double.hashCode(trade.size());
      }
    }
    assertThat(digest).isEqualTo(-7303539009340233231L);
  }

  @Test
  void anotherSymbolChangesNothingForTheFirst() {
    List<MarketEvent> alone = events(List.of(SYMBOL), TimeUnit.HOURS.toMicros(1));
    List<MarketEvent> together = events(List.of(SYMBOL, "OTHERUSDT"), TimeUnit.HOURS.toMicros(1));
    together.removeIf(event -> !event.symbol().equals(SYMBOL));
    assertThat(together.stream().map(SimulatedFeedTest::words).toList())
        .isEqualTo(alone.stream().map(SimulatedFeedTest::words).toList());
  }

  @Test
  void theBookIsNeverCrossedAndAgreesWithTheQuotesOverThreeDays() {
    SimulatedFeed feed = SimulatedFeed.ofDefaults(List.of(SYMBOL), 42, START_US);
    OrderBook book = new OrderBook(SYMBOL);
    Map<Regime, long[]> byRegime = new EnumMap<>(Regime.class);
    long endUs = START_US + TimeUnit.HOURS.toMicros(72);
    long startedNs = System.nanoTime();
    long events = 0;
    long lastTradeUs = START_US;
    double lowest = Double.MAX_VALUE;
    double highest = 0;
    for (MarketEvent event = feed.poll(endUs); event != null; event = feed.poll(endUs)) {
      events++;
      book.apply(event);
      assertThat(book.valid() && book.bestBid() < book.bestAsk()).isTrue();
      lowest = Math.min(lowest, book.mid());
      highest = Math.max(highest, book.mid());
      long[] counts = byRegime.computeIfAbsent(feed.regime(SYMBOL), r -> new long[2]);
      counts[0]++;
      if (event instanceof TradePrint) {
        counts[1]++;
        assertThat(event.receiveTimeUs() - lastTradeUs).isLessThan(TimeUnit.MINUTES.toMicros(5));
        lastTradeUs = event.receiveTimeUs();
      }
      if (event instanceof BestQuote quote) {
        assertThat(quote.bid()).isEqualTo(book.bestBid());
        assertThat(quote.ask()).isEqualTo(book.bestAsk());
        assertThat(quote.bidSize()).isEqualTo(book.bestBidSize());
        assertThat(quote.askSize()).isEqualTo(book.bestAskSize());
      }
    }
    System.out.printf(
        "72 h simulated: %d events (%.2f/s) in %d ms, mid %.2f..%.2f, events and trades %s%n",
        events,
        events / (72 * 3600.0),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs),
        lowest,
        highest,
        byRegime.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue()[0] + "/" + e.getValue()[1])
            .toList());
    assertThat(events / (72 * 3600.0)).isBetween(2.4, 3.6);
    assertThat(byRegime.keySet()).containsExactly(Regime.values());
    assertThat(lowest).isGreaterThan(90);
    assertThat(highest).isLessThan(110);
    assertThat(book.crossRepairs()).isZero();
    assertThat(book.sequenceBreaks()).isZero();
    assertThat(book.staleEvents()).isZero();
  }

  @Test
  void tradesOfOneSideFollowEachOther() {
    List<MarketEvent> events = events(List.of(SYMBOL), TimeUnit.HOURS.toMicros(12));
    List<TradePrint> trades = new ArrayList<>();
    for (MarketEvent event : events) {
      if (event instanceof TradePrint trade) {
        boolean sameSweep =
            !trades.isEmpty()
                && trades.get(trades.size() - 1).receiveTimeUs() == trade.receiveTimeUs();
        if (!sameSweep) {
          trades.add(trade);
        }
      }
    }
    int same = 0;
    for (int i = 1; i < trades.size(); i++) {
      same += trades.get(i).buyerIsMaker() == trades.get(i - 1).buyerIsMaker() ? 1 : 0;
    }
    assertThat(same / (double) trades.size()).isBetween(0.62, 0.68);
    long sells = trades.stream().filter(TradePrint::buyerIsMaker).count();
    assertThat(sells / (double) trades.size()).isBetween(0.45, 0.55);
    assertThat(trades.stream().mapToDouble(TradePrint::size).average().orElseThrow())
        .isBetween(0.8, 2.0);
  }

  @Test
  void theEventRateFollowsItsSetting() {
    SimulatedMarket base = SimulatedMarket.defaults(SYMBOL);
    SimulatedMarket busy =
        new SimulatedMarket(base.instrument(), 100, 30, 4, 1.5, 0.65, 7200, 5_000);
    SimulatedFeed feed = new SimulatedFeed(List.of(busy), 3, START_US);
    long events = 0;
    long endUs = START_US + TimeUnit.HOURS.toMicros(24);
    while (feed.poll(endUs) != null) {
      events++;
    }
    assertThat(events / 86_400.0).isBetween(22.0, 38.0);
  }

  @Test
  void refusesAMarketWithoutRate() {
    assertThatThrownBy(
            () -> new SimulatedMarket(Instrument.of(SYMBOL), 100, 0, 4, 1.5, 0.65, 7200, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(SYMBOL);
  }

  private static List<MarketEvent> events(List<String> symbols, long spanUs) {
    SimulatedFeed feed = SimulatedFeed.ofDefaults(symbols, 42, START_US);
    List<MarketEvent> events = new ArrayList<>();
    while (feed.nextTimeUs() <= START_US + spanUs) {
      events.add(feed.poll(START_US + spanUs));
    }
    return events;
  }

  private static long digest(long seed, int count) {
    SimulatedFeed feed = SimulatedFeed.ofDefaults(List.of(SYMBOL, "OTHERUSDT"), seed, START_US);
    long digest = 0;
    for (int i = 0; i < count; i++) {
      digest = 31 * digest + words(feed.poll(Long.MAX_VALUE)).hashCode();
    }
    return digest;
  }

  /** Everything an event says, arrays included. */
  static String words(MarketEvent event) {
    if (event instanceof MarketEvent.BookDelta delta) {
      return "delta %s %d %d %s %s %s %s"
          .formatted(
              delta.symbol(),
              delta.receiveTimeUs(),
              delta.lastUpdateId(),
              Arrays.toString(delta.bidPrices()),
              Arrays.toString(delta.bidSizes()),
              Arrays.toString(delta.askPrices()),
              Arrays.toString(delta.askSizes()));
    }
    if (event instanceof MarketEvent.BookSnapshot snapshot) {
      return "snapshot %s %d %s %s"
          .formatted(
              snapshot.symbol(),
              snapshot.receiveTimeUs(),
              Arrays.toString(snapshot.bidSizes()),
              Arrays.toString(snapshot.askSizes()));
    }
    return event.toString();
  }
}
