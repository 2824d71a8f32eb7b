// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.market.MarketEvent.BestQuote;
import dev.sluice.engine.market.MarketEvent.BookDelta;
import dev.sluice.engine.market.MarketEvent.BookSnapshot;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFeedTest {
  private static final String SPOT_QUOTE =
      "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":7,\"s\":\"BTCUSDT\",\"b\":\"100.10000000\","
          + "\"B\":\"1.5\",\"a\":\"100.20\",\"A\":\"2\"}}";
  private static final String SPOT_TRADE =
      "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1700000000123,\"s\":\"BTCUSDT\","
          + "\"t\":5,\"p\":\"100.1\",\"q\":\"0.5\",\"T\":1700000000122,\"m\":true,\"M\":true}}";
  private static final String FUTURE_DEPTH =
      "{\"stream\":\"btcusdt@depth@0ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1700000000124,"
          + "\"T\":1700000000121,\"s\":\"BTCUSDT\",\"U\":10,\"u\":12,\"pu\":9,"
          + "\"b\":[[\"99.5\",\"1\"],[\"99.4\",\"0\"]],\"a\":[]}}";
  private static final String SNAPSHOT =
      "{\"lastUpdateId\":6,\"bids\":[[\"100.0\",\"1\"]],\"asks\":[[\"100.3\",\"2\"]]}";

  @TempDir Path directory;

  @Test
  void readsEveryKindWithItsTimes() throws IOException {
    Path file =
        write(
            "a.raw",
            "1700000000000001 " + SPOT_QUOTE,
            "1700000000000002000 " + SPOT_TRADE,
            "1700000000001 " + FUTURE_DEPTH);
    List<MarketEvent> events = read(file);
    BestQuote quote = (BestQuote) events.get(0);
    assertThat(quote)
        .isEqualTo(
            new BestQuote(
                "BTCUSDT", 1700000000000001L, 1700000000000001L, 7, 100.1, 1.5, 100.2, 2));
    assertThat(events.get(1))
        .isEqualTo(
            new TradePrint("BTCUSDT", 1700000000123000L, 1700000000000002L, 5, 100.1, 0.5, true));
    BookDelta delta = (BookDelta) events.get(2);
    assertThat(delta.symbol()).isEqualTo("BTCUSDT-PERP");
    assertThat(delta.exchangeTimeUs()).isEqualTo(1700000000124000L);
    assertThat(delta.receiveTimeUs()).isEqualTo(1700000000001000L);
    assertThat(delta.previousUpdateId()).isEqualTo(9);
    assertThat(delta.bidPrices()).containsExactly(99.5, 99.4);
    assertThat(delta.bidSizes()).containsExactly(1, 0);
    assertThat(delta.askPrices()).isEmpty();
  }

  @Test
  void badLinesAreCountedDescribedAndSkipped() throws IOException {
    String deep = "[".repeat(5_000);
    Path file =
        write(
            "bad.raw",
            "1700000000000001 " + SPOT_QUOTE,
            "",
            "no stamp at all",
            "1700000000000002 {\"stream\":\"btcusdt@trade\",\"data\":{\"s\":\"BTCUSDT\"",
            "1700000000000003 " + SPOT_QUOTE.replace("\"100.20\"", "\"NaN\""),
            "1700000000000004 " + SPOT_QUOTE.replace("\"u\":7,", ""),
            "1700000000000005 " + SPOT_TRADE.replace("\"0.5\"", "\"-0.5\""),
            "1700000000000006 {\"x\":" + deep,
            "1700000000000007 " + SPOT_QUOTE + " " + SPOT_QUOTE,
            "1700000000000008 {\"stream\":\"btcusdt@kline_1m\",\"data\":{\"e\":\"kline\"}}",
            "1700000000000009 {\"result\":null,\"id\":1}",
            "1700000000000010 " + SPOT_QUOTE);
    try (CaptureFeed feed = new CaptureFeed(List.of(file))) {
      assertThat(drain(feed)).hasSize(2);
      CaptureStats stats = feed.stats().get(0);
      assertThat(stats.rows()).isEqualTo(12);
      assertThat(stats.malformed()).isEqualTo(8);
      assertThat(stats.unknown()).isEqualTo(2);
      assertThat(stats.byStream()).containsOnlyKeys("bookTicker").containsEntry("bookTicker", 2L);
      assertThat(stats.problems())
          .hasSize(10)
          .anyMatch(problem -> problem.equals(file + ":2: no receive stamp"))
          .anyMatch(problem -> problem.contains(":6: missing or impossible field u"))
          .anyMatch(problem -> problem.contains(":10: unknown stream btcusdt@kline_1m"));
    }
  }

  @Test
  void problemsInWordsAreLimited() throws IOException {
    String[] lines = new String[100];
    Arrays.fill(lines, "x");
    try (CaptureFeed feed = new CaptureFeed(List.of(write("x.raw", lines)))) {
      assertThat(drain(feed)).isEmpty();
      assertThat(feed.nextTimeUs()).isEqualTo(Long.MAX_VALUE);
      assertThat(feed.stats().get(0).malformed()).isEqualTo(100);
      assertThat(feed.stats().get(0).problems()).hasSize(CaptureStats.MAX_PROBLEMS);
    }
  }

  @Test
  void filesAreMergedByReceiveTime() throws IOException {
    Path late = write("late.raw", "1700000000000003 " + SPOT_QUOTE);
    Path early =
        write("early.raw", "1700000000000001 " + SPOT_QUOTE, "1700000000000004 " + SPOT_TRADE);
    try (CaptureFeed feed = new CaptureFeed(List.of(late, early))) {
      assertThat(feed.nextTimeUs()).isEqualTo(1700000000000001L);
      assertThat(feed.poll(1700000000000000L)).isNull();
      assertThat(drain(feed))
          .extracting(MarketEvent::receiveTimeUs)
          .containsExactly(1700000000000001L, 1700000000000003L, 1700000000000004L);
    }
  }

  @Test
  void aSnapshotGetsTheSymbolOfItsFileAlsoWhenItComesFirst() throws IOException {
    List<MarketEvent> events =
        read(write("s.raw", "1700000000000001 " + SNAPSHOT, "1700000000000002 " + SPOT_QUOTE));
    assertThat(events).hasSize(2);
    assertThat(((BookSnapshot) events.get(0)).symbol()).isEqualTo("BTCUSDT");
    assertThat(((BookSnapshot) events.get(0)).lastUpdateId()).isEqualTo(6);
  }

  @Test
  void aSnapshotOfOneOfSeveralSymbolsIsNotGuessed() throws IOException {
    Path file =
        write(
            "two.raw",
            "1700000000000001 " + SPOT_QUOTE,
            "1700000000000002 " + SPOT_QUOTE.replace("BTCUSDT", "ETHUSDT"),
            "1700000000000003 " + SNAPSHOT);
    try (CaptureFeed feed = new CaptureFeed(List.of(file))) {
      assertThat(drain(feed)).hasSize(2);
      assertThat(feed.symbols()).containsExactly("BTCUSDT", "ETHUSDT");
      assertThat(feed.stats().get(0).unknown()).isEqualTo(1);
    }
  }

  @Test
  void aGzipFileThatEndsEarlyGivesWhatItHas() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      SeededRandom random = new SeededRandom(1);
      for (int i = 0; i < 5_000; i++) {
        String quote = SPOT_QUOTE.replace("1.5", String.valueOf(1 + random.nextDouble()));
        gzip.write(
            ("170000000000" + (1000 + i) + " " + quote + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    Path whole = Files.write(directory.resolve("whole.gz"), bytes.toByteArray());
    assertThat(read(whole)).hasSize(5_000);
    Path cut =
        Files.write(
            directory.resolve("cut.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
    try (CaptureFeed feed = new CaptureFeed(List.of(cut))) {
      assertThat(drain(feed).size()).isBetween(1_000, 4_000);
      assertThat(feed.stats().get(0).malformed()).isEqualTo(1);
      assertThat(feed.stats().get(0).problems().get(0)).contains("file ends early");
    }
  }

  @Test
  void anAbsentFileIsAnError() {
    assertThatThrownBy(() -> new CaptureFeed(List.of(directory.resolve("absent.gz"))))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void decimalsAreReadToTheNearestDouble() {
    SeededRandom random = new SeededRandom(9);
    for (int i = 0; i < 100_000; i++) {
      long whole = (random.nextLong() >>> 1) % (long) Math.pow(10, 1 + random.nextInt(12));
      long part = (random.nextLong() >>> 1) % 100_000_000L;
      String text = random.chance(0.2) ? Long.toString(whole) : whole + "." + part;
      if (random.chance(0.2)) {
        text = text + "00000000";
      }
      assertThat(Decimals.parse(text.toCharArray(), 0, text.length()))
          .isEqualTo(Double.parseDouble(text));
    }
    for (String text : List.of("", ".", "abc", "1.2.3", "NaN", "Infinity")) {
      assertThatThrownBy(() -> Decimals.parse(text.toCharArray(), 0, text.length()))
          .isInstanceOf(NumberFormatException.class);
    }
    assertThat(Decimals.parse("1e-3".toCharArray(), 0, 4)).isEqualTo(0.001);
    assertThat(Decimals.parse("-2.5".toCharArray(), 0, 4)).isEqualTo(-2.5);
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(directory.resolve(name), List.of(lines));
  }

  private static List<MarketEvent> read(Path file) throws IOException {
    try (CaptureFeed feed = new CaptureFeed(List.of(file))) {
      return drain(feed);
    }
  }

  private static List<MarketEvent> drain(CaptureFeed feed) {
    List<MarketEvent> events = new ArrayList<>();
    for (MarketEvent event = feed.poll(Long.MAX_VALUE);
        event != null;
        event = feed.poll(Long.MAX_VALUE)) {
      events.add(event);
    }
    return events;
  }
}
