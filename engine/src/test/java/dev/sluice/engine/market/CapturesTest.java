// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.engine.market.MarketEvent.BestQuote;
import dev.sluice.schemas.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The real captures against facts computed by somebody else's code. */
class CapturesTest {
  private static final List<String> FOLDERS =
      List.of("binance_nexo_24h", "binance_btc_eth_midnight");

  @TestFactory
  List<DynamicTest> everyFileHasItsKnownFacts() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String folder : FOLDERS) {
      Path directory = SharedData.folder(folder);
      JsonNode files =
          new ObjectMapper().readTree(directory.resolve("KNOWN_FACTS.json").toFile()).get("files");
      files
          .properties()
          .forEach(
              entry ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          entry.getKey(),
                          () -> check(directory.resolve(entry.getKey()), entry.getValue()))));
    }
    assertThat(tests).hasSize(7);
    return tests;
  }

  @Test
  void theSpotBookContinuesOverMidnightAndStaysApartFromThePerpetual() throws IOException {
    List<Path> paths = new ArrayList<>();
    try (var list = Files.list(SharedData.folder("binance_btc_eth_midnight"))) {
      // The wrong way round on purpose: receive time decides, not the order on the command line.
      list.filter(path -> path.toString().endsWith(".gz"))
          .sorted(java.util.Comparator.reverseOrder())
          .forEach(paths::add);
    }
    Map<String, OrderBook> books = new TreeMap<>();
    Map<String, Double> firstMid = new HashMap<>();
    long events = 0;
    long startedNs = System.nanoTime();
    long previousUs = 0;
    try (CaptureFeed feed = new CaptureFeed(paths)) {
      assertThat(feed.symbols())
          .containsExactlyInAnyOrder("BTCUSDT", "BTCUSDT-PERP", "ETHUSDT", "ETHUSDT-PERP");
      for (MarketEvent event = feed.poll(Long.MAX_VALUE);
          event != null;
          event = feed.poll(Long.MAX_VALUE)) {
        events++;
        assertThat(event.receiveTimeUs()).isGreaterThanOrEqualTo(previousUs);
        previousUs = event.receiveTimeUs();
        OrderBook book = books.computeIfAbsent(event.symbol(), OrderBook::new);
        book.apply(event);
        assertNotCrossed(book);
        if (book.valid()) {
          firstMid.putIfAbsent(event.symbol(), book.mid());
        }
      }
      assertThat(feed.nextTimeUs()).isEqualTo(Long.MAX_VALUE);
    }
    System.out.printf(
        "midnight captures merged: %d events in %d ms%n",
        events, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs));
    for (OrderBook book : books.values()) {
      System.out.printf(
          "%s: levels %d/%d, stale %d, repairs %d%n",
          book.symbol(),
          book.depth(Side.BUY),
          book.depth(Side.SELL),
          book.staleEvents(),
          book.crossRepairs());
      assertThat(book.sequenceBreaks()).isZero();
      assertThat(book.crossRepairs()).isZero();
      assertThat(book.crossedQuotes()).isZero();
    }
    assertThat(firstMid.get("BTCUSDT")).isNotEqualTo(firstMid.get("BTCUSDT-PERP"));
    assertThat(books.get("BTCUSDT").mid()).isEqualTo(61602.015);
    assertThat(books.get("BTCUSDT-PERP").mid()).isEqualTo(61659.75);
  }

  @Test
  void withoutItsSnapshotABookIsAPartOfTheWholeOne() throws IOException {
    Path folder = SharedData.folder("binance_btc_eth_midnight");
    for (String name : List.of("spot_btcusdt_20240808.raw.gz", "usdm_btcusdt_20240808.raw.gz")) {
      OrderBook whole = null;
      OrderBook part = null;
      double worstBid = 0;
      double worstAsk = 0;
      long compared = 0;
      try (CaptureFeed feed = new CaptureFeed(List.of(folder.resolve(name)))) {
        for (MarketEvent event = feed.poll(Long.MAX_VALUE);
            event != null;
            event = feed.poll(Long.MAX_VALUE)) {
          whole = whole == null ? new OrderBook(event.symbol()) : whole;
          part = part == null ? new OrderBook(event.symbol()) : part;
          whole.apply(event);
          if (event instanceof MarketEvent.BookSnapshot s) {
            worstBid = s.bidPrices()[s.bidPrices().length - 1];
            worstAsk = s.askPrices()[s.askPrices().length - 1];
          } else {
            part.apply(event);
          }
          if (event.receiveTimeUs() % 50 == 0 && worstBid > 0) {
            compared += comparePart(whole, part, Side.BUY, worstBid);
            compared += comparePart(whole, part, Side.SELL, worstAsk);
          }
        }
      }
      assertThat(compared).isGreaterThan(100_000);
    }
  }

  /** Every level the part knows has the same size in the whole, as deep as its snapshot went. */
  private static int comparePart(OrderBook whole, OrderBook part, Side side, double worst) {
    assertThat(part.price(side, 0)).isEqualTo(whole.price(side, 0));
    int rank = 0;
    while (rank < part.depth(side) && (part.price(side, rank) - worst) * side.sign() >= 0) {
      if (part.size(side, rank) != whole.sizeAt(side, part.price(side, rank))) {
        throw new AssertionError(side + " " + part.price(side, rank));
      }
      rank++;
    }
    return rank;
  }

  private static void check(Path path, JsonNode facts) throws IOException {
    Map<String, OrderBook> books = new HashMap<>();
    List<Double> spreadsBps = new ArrayList<>();
    CaptureStats stats;
    try (CaptureFeed feed = new CaptureFeed(List.of(path))) {
      for (MarketEvent event = feed.poll(Long.MAX_VALUE);
          event != null;
          event = feed.poll(Long.MAX_VALUE)) {
        OrderBook book = books.computeIfAbsent(event.symbol(), OrderBook::new);
        book.apply(event);
        assertNotCrossed(book);
        if (event instanceof BestQuote quote) {
          double mid = (quote.bid() + quote.ask()) / 2;
          spreadsBps.add((quote.ask() - quote.bid()) / mid * 1e4);
          if (quote.updateId() > book.lastUpdateId()) {
            assertThat(book.bestBid()).isEqualTo(quote.bid());
            assertThat(book.bestAskSize()).isEqualTo(quote.askSize());
          }
        }
      }
      stats = feed.stats().get(0);
    }
    assertThat(books).hasSize(1);
    OrderBook book = books.values().iterator().next();
    assertThat(book.symbol().endsWith("-PERP"))
        .isEqualTo(path.getFileName().toString().startsWith("usdm"));
    assertThat(book.sequenceBreaks()).isEqualTo(facts.get("depth_sequence_breaks").asLong());
    assertThat(book.crossRepairs()).isZero();

    Map<String, Long> byStream = new HashMap<>();
    facts
        .get("by_stream")
        .properties()
        .forEach(e -> byStream.put(e.getKey(), e.getValue().asLong()));
    assertThat(stats.byStream()).isEqualTo(byStream);
    assertThat(stats.rows()).isEqualTo(facts.get("rows").asLong());
    assertThat(stats.malformed()).isEqualTo(facts.get("bad_json").asLong());
    assertThat(stats.unknown()).isZero();
    assertThat(stats.problems()).isEmpty();
    assertThat(stats.firstReceiveUs()).isEqualTo(microseconds(facts.get("first").asText()));
    assertThat(stats.lastReceiveUs()).isEqualTo(microseconds(facts.get("last").asText()));
    assertThat(stats.maxGapUs() / 1e6).isCloseTo(facts.get("max_gap_s").asDouble(), within(0.001));
    assertThat(stats.receiveTimeBackward()).isEqualTo(facts.get("local_ts_out_of_order").asLong());
    assertThat(stats.eventTimeBackward())
        .isEqualTo(facts.get("event_time_out_of_order_within_stream").asLong());
    assertThat(stats.quoteIdBackward())
        .isEqualTo(facts.get("bookticker_updateid_out_of_order").asLong());
    assertThat(stats.depthBreaks()).isEqualTo(facts.get("depth_sequence_breaks").asLong());
    assertThat(stats.tradeIdBreaks()).isEqualTo(facts.get("trade_id_breaks").asLong());
    assertThat(stats.crossedQuotes()).isEqualTo(facts.get("crossed_bbo").asLong());
    assertThat(stats.minMid()).isEqualTo(facts.get("mid_min").asDouble());
    assertThat(stats.maxMid()).isEqualTo(facts.get("mid_max").asDouble());
    assertThat(stats.firstMid()).isEqualTo(facts.get("mid_first").asDouble());
    assertThat(stats.lastMid()).isEqualTo(facts.get("mid_last").asDouble());
    assertThat(stats.tradeVolume()).isCloseTo(facts.get("trade_volume").asDouble(), within(1e-4));
    assertThat(stats.buyerIsMaker()).isEqualTo(facts.get("trades_buyer_is_maker").asLong());
    assertThat(stats.minutes())
        .isEqualTo(
            facts.get("minutes").asLong() - facts.get("minutes_without_any_message").asLong());
    JsonNode clock = facts.get("local_minus_event_ms");
    assertThat(stats.minClockDifferenceUs() / 1e3)
        .isCloseTo(clock.get("min").asDouble(), within(0.002));
    assertThat(stats.maxClockDifferenceUs() / 1e3)
        .isCloseTo(clock.get("max").asDouble(), within(0.002));
    spreadsBps.sort(null);
    assertThat(spreadsBps.get(spreadsBps.size() / 2))
        .isCloseTo(facts.get("spread_bps_p50").asDouble(), within(0.01));
    assertThat(spreadsBps.get((int) (spreadsBps.size() * 0.99)))
        .isCloseTo(facts.get("spread_bps_p99").asDouble(), within(0.01));
  }

  private static void assertNotCrossed(OrderBook book) {
    if (book.bestBid() >= book.bestAsk()) {
      throw new AssertionError(
          "%s crossed: %f/%f".formatted(book.symbol(), book.bestBid(), book.bestAsk()));
    }
  }

  private static long microseconds(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(time).toInstant());
  }
}
