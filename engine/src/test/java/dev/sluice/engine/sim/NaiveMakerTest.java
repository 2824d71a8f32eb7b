// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.market.CaptureFeed;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.market.MarketDataFeed;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.market.Regime;
import dev.sluice.engine.market.SharedData;
import dev.sluice.engine.market.SimulatedFeed;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A simple maker on the paper venue, on the simulated market and on the real captures. */
class NaiveMakerTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final long STEP_US = 500_000;
  private static final String SYMBOL = "SIMUSDT";

  @Test
  void aMakerNearTheTouchFillsOftenInEveryRegime() {
    for (int ticksBehind = 0; ticksBehind <= 2; ticksBehind++) {
      SimulatedFeed feed = SimulatedFeed.ofDefaults(List.of(SYMBOL), 42, START_US);
      Run run = new Run(feed, SYMBOL, ticksBehind, "1", START_US);
      Map<Regime, long[]> stepsAndFills = new EnumMap<>(Regime.class);
      long startedNs = System.nanoTime();
      for (long nowUs = START_US; nowUs <= START_US + hours(24); nowUs += STEP_US) {
        long before = run.maker.fills();
        run.step(nowUs);
        long[] counts = stepsAndFills.computeIfAbsent(feed.regime(SYMBOL), r -> new long[2]);
        counts[0]++;
        counts[1] += run.maker.fills() - before;
      }
      Map<Regime, Long> perHour = new EnumMap<>(Regime.class);
      stepsAndFills.forEach((regime, c) -> perHour.put(regime, c[1] * hours(1) / STEP_US / c[0]));
      System.out.printf(
          "%d ticks behind the touch, 24 h in %d ms: fills per hour %s, %s%n",
          ticksBehind, millis(startedNs), perHour, run.words());
      assertThat(perHour.keySet()).containsExactly(Regime.values());
      assertThat(perHour.values()).allSatisfy(rate -> assertThat(rate).isGreaterThanOrEqualTo(20));
    }
  }

  @Test
  void theSameSeedEndsInTheSameBooks() {
    List<List<Ledger>> ledgers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      MarketDataFeed feed = SimulatedFeed.ofDefaults(List.of(SYMBOL), 5, START_US);
      Run run = new Run(feed, SYMBOL, 0, "1", START_US);
      for (long nowUs = START_US; nowUs <= START_US + hours(6); nowUs += STEP_US) {
        run.step(nowUs);
      }
      ledgers.add(run.ledgers);
    }
    assertThat(ledgers.get(0).equals(ledgers.get(1))).isTrue();
    assertThat(ledgers.get(0).size()).isEqualTo(6 * 360);
  }

  @Test
  void aMakerFillsOnTheRealMarkets() throws IOException {
    Path midnight = SharedData.folder("binance_btc_eth_midnight");
    Path day = SharedData.folder("binance_nexo_24h");
    replay(
        "BTCUSDT",
        "0.01",
        20,
        midnight.resolve("spot_btcusdt_20240808.raw.gz"),
        midnight.resolve("spot_btcusdt_20240809.raw.gz"));
    replay("ETHUSDT-PERP", "0.1", 20, midnight.resolve("usdm_ethusdt_20240808.raw.gz"));
    replay("NEXOUSDT", "50", 100, day.resolve("nexousdt_spot_20240724.raw.gz"));
  }

  private static void replay(String symbol, String qty, int leastFills, Path... files)
      throws IOException {
    long startedNs = System.nanoTime();
    try (CaptureFeed feed = new CaptureFeed(List.of(files))) {
      long startUs = feed.nextTimeUs();
      Run run = new Run(feed, symbol, 0, qty, startUs);
      for (long nowUs = startUs; feed.nextTimeUs() != Long.MAX_VALUE; nowUs += STEP_US) {
        run.step(nowUs);
      }
      System.out.printf(
          "%s replayed in %d ms: %d fills, %s%n",
          symbol, millis(startedNs), run.maker.fills(), run.words());
      assertThat(run.maker.fills()).isGreaterThan(leastFills);
      assertThat(run.crossed).isZero();
    }
  }

  private static long hours(long count) {
    return TimeUnit.HOURS.toMicros(count);
  }

  private static long millis(long sinceNs) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNs);
  }

  private static final class Run implements VenuePublisher {
    final MarketDataFeed feed;
    final PaperVenue venue;
    final NaiveMaker maker;
    final String symbol;
    final List<Ledger> ledgers = new ArrayList<>();
    long dropCopies;
    long crossed;

    Run(MarketDataFeed feed, String symbol, int ticksBehind, String qty, long startUs) {
      this.feed = feed;
      this.symbol = symbol;
      this.venue =
          new PaperVenue(
              PaperVenueSettings.defaults(List.of(symbol)),
              new VenueIdentity("mm-1", "run-1", Source.SIMULATED, "paper-1"),
              this,
              5,
              startUs);
      this.maker = new NaiveMaker(venue, Instrument.of(symbol), ticksBehind, qty);
    }

    void step(long nowUs) {
      OrderBook book = venue.book(symbol);
      for (MarketEvent e = feed.poll(nowUs); e != null; e = feed.poll(nowUs)) {
        venue.onMarket(e);
        crossed += book.bestBid() >= book.bestAsk() ? 1 : 0;
      }
      venue.doWork(nowUs);
      maker.quote(nowUs);
    }

    String words() {
      VenueLedger ledger = venue.ledger();
      return "position %s, turnover %.0f, realised %.2f, fees %.2f, %d drop copies, %d ledgers"
          .formatted(
              ledger.position(symbol),
              ledger.turnover(symbol),
              ledger.realised(symbol),
              ledger.fees(symbol),
              dropCopies,
              ledgers.size());
    }

    @Override
    public void dropCopy(DropCopy dropCopy) {
      dropCopies++;
    }

    @Override
    public void ledger(Ledger ledger) {
      ledgers.add(ledger);
    }
  }
}
