// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import dev.sluice.engine.market.MarketEvent.BestQuote;
import dev.sluice.engine.market.MarketEvent.BookDelta;
import dev.sluice.engine.market.MarketEvent.BookSnapshot;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.zip.ZipException;

/** One capture file as a queue of events in the order of its lines. */
final class CaptureFile implements Closeable {
  /** Lines read ahead at the start to learn the symbols. */
  static final int LOOK_AHEAD_LINES = 1_000;

  private static final int MAX_HELD_SNAPSHOTS = 8;

  private final CaptureLines lines;
  private final CaptureStats stats;
  private final CaptureMessage message = new CaptureMessage();
  private final Queue<MarketEvent> ahead = new ArrayDeque<>();
  private final Set<String> symbols = new LinkedHashSet<>();
  private final List<BookSnapshot> heldSnapshots = new ArrayList<>();
  private long line;
  private boolean ended;

  CaptureFile(Path file) throws IOException {
    this.lines = new CaptureLines(file);
    this.stats = new CaptureStats(file);
    while (!ended && line < LOOK_AHEAD_LINES) {
      readLine();
    }
  }

  Set<String> symbols() {
    return symbols;
  }

  CaptureStats stats() {
    return stats;
  }

  /** The next event, or null at the end. */
  MarketEvent peek() {
    while (ahead.isEmpty() && !ended) {
      readLine();
    }
    return ahead.peek();
  }

  MarketEvent take() {
    MarketEvent event = peek();
    ahead.remove();
    return event;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private void readLine() {
    line++;
    try {
      if (!lines.next()) {
        end();
        return;
      }
    } catch (EOFException | ZipException e) {
      stats.truncated(line, e.getMessage());
      end();
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(stats.file() + ":" + line, e);
    }
    if (lines.overlong()) {
      stats.malformed(line, "longer than " + CaptureLines.MAX_LINE_BYTES + " bytes");
      return;
    }
    try {
      understand(lines.bytes(), lines.length());
    } catch (IOException | IllegalArgumentException e) {
      stats.malformed(line, firstLine(e.getMessage()));
    }
  }

  private void end() {
    ended = true;
    for (BookSnapshot snapshot : heldSnapshots) {
      stats.unknown(line, "snapshot " + snapshot.lastUpdateId() + " of a symbol never seen");
    }
    heldSnapshots.clear();
  }

  private void understand(byte[] bytes, int length) throws IOException {
    int space = 0;
    long stamp = 0;
    while (space < length && bytes[space] >= '0' && bytes[space] <= '9' && space < 19) {
      stamp = stamp * 10 + (bytes[space] - '0');
      space++;
    }
    if (stamp <= 0 || space >= length || bytes[space] != ' ') {
      throw new IllegalArgumentException("no receive stamp");
    }
    long receiveUs = microseconds(stamp);
    message.read(bytes, space + 1, length - space - 1);
    switch (kind()) {
      case "depth" -> accept("depth", delta(receiveUs));
      case "bookTicker" -> accept("bookTicker", quote(receiveUs));
      case "trade" -> accept("trade", trade(receiveUs));
      case "snapshot" -> snapshot(receiveUs);
      default -> stats.unknown(line, message.stream != null ? message.stream : message.event);
    }
  }

  private String kind() {
    if (message.stream != null) {
      int at = message.stream.indexOf('@');
      int end = message.stream.indexOf('@', at + 1);
      return message.stream.substring(at + 1, end < 0 ? message.stream.length() : end);
    }
    if (message.snapshotId != CaptureMessage.ABSENT) {
      return "snapshot";
    }
    if (message.event == null) {
      return Double.isNaN(message.bid) ? "" : "bookTicker";
    }
    return message.event.equals("depthUpdate") ? "depth" : message.event;
  }

  private void accept(String stream, MarketEvent event) {
    if (symbols.add(event.symbol())) {
      releaseSnapshots();
    }
    stats.message(stream, event, eventTimeUs());
    ahead.add(event);
  }

  private BookDelta delta(long receiveUs) {
    require(message.bidsSeen && message.asksSeen, "b or a");
    long previousId = message.previousUpdateId;
    return new BookDelta(
        symbol(previousId != CaptureMessage.ABSENT),
        exchangeUs(receiveUs),
        receiveUs,
        required(message.firstUpdateId, "U"),
        required(message.lastUpdateId, "u"),
        previousId == CaptureMessage.ABSENT ? -1 : previousId,
        message.bids.prices(),
        message.bids.sizes(),
        message.asks.prices(),
        message.asks.sizes());
  }

  private BestQuote quote(long receiveUs) {
    return new BestQuote(
        symbol(message.transactionTime != CaptureMessage.ABSENT || message.event != null),
        exchangeUs(receiveUs),
        receiveUs,
        required(message.lastUpdateId, "u"),
        positive(message.bid, "b"),
        positive(message.bidSize, "B"),
        positive(message.ask, "a"),
        positive(message.askSize, "A"));
  }

  private TradePrint trade(long receiveUs) {
    require(message.buyerIsMakerSeen, "m");
    return new TradePrint(
        symbol(message.orderKind),
        exchangeUs(receiveUs),
        receiveUs,
        required(message.tradeId, "t"),
        positive(message.price, "p"),
        positive(message.size, "q"),
        message.buyerIsMaker);
  }

  /** The answer of the REST call names no symbol: it is the only one of its market in this file. */
  private void snapshot(long receiveUs) {
    require(message.bidsSeen && message.asksSeen, "bids or asks");
    boolean perpetual = message.transactionTime != CaptureMessage.ABSENT;
    BookSnapshot snapshot =
        new BookSnapshot(
            perpetual ? Instrument.PERPETUAL_SUFFIX : "",
            exchangeUs(receiveUs),
            receiveUs,
            message.snapshotId,
            message.bids.prices(),
            message.bids.sizes(),
            message.asks.prices(),
            message.asks.sizes());
    List<String> candidates = candidates(perpetual);
    if (candidates.size() == 1) {
      accept("snapshot", named(snapshot, candidates.get(0)));
    } else if (candidates.isEmpty() && heldSnapshots.size() < MAX_HELD_SNAPSHOTS) {
      heldSnapshots.add(snapshot);
    } else {
      stats.unknown(line, "snapshot of one of " + candidates);
    }
  }

  private List<String> candidates(boolean perpetual) {
    return symbols.stream()
        .filter(symbol -> symbol.endsWith(Instrument.PERPETUAL_SUFFIX) == perpetual)
        .toList();
  }

  /** Snapshots that came before the first message of their symbol go in front of it. */
  private void releaseSnapshots() {
    for (BookSnapshot snapshot : List.copyOf(heldSnapshots)) {
      boolean perpetual = snapshot.symbol().equals(Instrument.PERPETUAL_SUFFIX);
      List<String> candidates = candidates(perpetual);
      if (!candidates.isEmpty()) {
        heldSnapshots.remove(snapshot);
        BookSnapshot named = named(snapshot, candidates.get(0));
        stats.message("snapshot", named, -1);
        ahead.add(named);
      }
    }
  }

  private static BookSnapshot named(BookSnapshot snapshot, String symbol) {
    return new BookSnapshot(
        symbol,
        snapshot.exchangeTimeUs(),
        snapshot.receiveTimeUs(),
        snapshot.lastUpdateId(),
        snapshot.bidPrices(),
        snapshot.bidSizes(),
        snapshot.askPrices(),
        snapshot.askSizes());
  }

  private String symbol(boolean perpetual) {
    require(message.symbol != null && !message.symbol.isEmpty(), "s");
    String name = message.symbol.intern();
    return perpetual ? (name + Instrument.PERPETUAL_SUFFIX).intern() : name;
  }

  private long exchangeUs(long receiveUs) {
    long eventUs = eventTimeUs();
    return eventUs < 0 ? receiveUs : eventUs;
  }

  /** The event time E, else the transaction time T, else -1. */
  private long eventTimeUs() {
    long time =
        message.eventTime != CaptureMessage.ABSENT ? message.eventTime : message.transactionTime;
    return time == CaptureMessage.ABSENT ? -1 : microseconds(time);
  }

  /** Epoch stamps tell their unit by their size: s, ms, µs or ns between 1973 and 5138. */
  static long microseconds(long stamp) {
    if (stamp < 100_000_000_000L) {
      return stamp * 1_000_000;
    }
    if (stamp < 100_000_000_000_000L) {
      return stamp * 1_000;
    }
    return stamp < 100_000_000_000_000_000L ? stamp : stamp / 1_000;
  }

  private static long required(long value, String field) {
    require(value != CaptureMessage.ABSENT, field);
    return value;
  }

  private static double positive(double value, String field) {
    require(value > 0, field);
    return value;
  }

  private static void require(boolean present, String field) {
    if (!present) {
      throw new IllegalArgumentException("missing or impossible field " + field);
    }
  }

  private static String firstLine(String text) {
    int end = text == null ? -1 : text.indexOf('\n');
    return end < 0 ? String.valueOf(text) : text.substring(0, end);
  }
}
