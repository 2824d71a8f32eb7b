// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.exchange.Wire.Kind;
import dev.sluice.engine.exchange.Wire.Message;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Everybody who listens. Reports are sent from each listener's own place in the log, so one that is
 * slow gets them late and never loses one silently; market events it cannot take are left out, and
 * it gets the books as they stand once it can. Not thread-safe: the venue's thread only.
 */
final class Streams {
  private static final long SIGN_OF_LIFE_US = 1_000_000L;

  private final ReportLog log;
  private final List<String> symbols;
  private final String runId;
  private final long idBase;
  private final LongSupplier venueTimeUs;
  private final Map<String, OrderBook> books = new LinkedHashMap<>();
  private final List<Listener> listeners = new ArrayList<>();
  private long nextSignUs;

  private static final class Listener {
    private final StreamClient client;
    private long sentSeq;
    private boolean needsBooks = true;

    Listener(StreamClient client, long sentSeq) {
      this.client = client;
      this.sentSeq = sentSeq;
    }
  }

  Streams(
      ReportLog log, List<String> symbols, String runId, long idBase, LongSupplier venueTimeUs) {
    this.log = log;
    this.symbols = symbols;
    this.runId = runId;
    this.idBase = idBase;
    this.venueTimeUs = venueTimeUs;
    for (String symbol : symbols) {
      books.put(symbol, new OrderBook(symbol));
    }
  }

  int count() {
    return listeners.size();
  }

  void add(StreamClient client, long after, String ofRun) {
    boolean otherRun = ofRun != null && !ofRun.equals(runId);
    long from = otherRun ? 0 : after < 0 ? log.lastSeq() : Math.min(after, log.lastSeq());
    Listener listener = new Listener(client, from);
    listeners.add(listener);
    client.send(text(message(Kind.HELLO, null, log.lastSeq(), symbols, null, null)));
    catchUp(listener);
  }

  void remove(StreamClient client) {
    listeners.removeIf(listener -> listener.client == client);
  }

  /** Takes a market event and passes it on. */
  void market(MarketEvent event) {
    OrderBook book = books.get(event.symbol());
    if (book == null) {
      return;
    }
    book.apply(event);
    String text = null;
    for (Listener listener : listeners) {
      if (listener.needsBooks) {
        continue;
      }
      if (!listener.client.ready()) {
        listener.needsBooks = true;
        continue;
      }
      if (text == null) {
        text = market(MarketMessage.of(event, idBase));
      }
      listener.client.send(text);
    }
  }

  /** Sends what has been appended to the log, and a sign of life once a second. */
  void turn() {
    for (Listener listener : listeners) {
      catchUp(listener);
    }
    long nowUs = venueTimeUs.getAsLong();
    if (nowUs >= nextSignUs) {
      nextSignUs = nowUs + SIGN_OF_LIFE_US;
      String text = text(message(Kind.TIME, null, log.lastSeq(), null, null, null));
      for (Listener listener : listeners) {
        if (listener.client.ready()) {
          listener.client.send(text);
        }
      }
    }
  }

  /** Ends every stream. */
  void end() {
    listeners.forEach(listener -> listener.client.end("the venue is closing"));
    listeners.clear();
  }

  private void catchUp(Listener listener) {
    StreamClient client = listener.client;
    if (listener.sentSeq + 1 < log.oldestSeq()) {
      listener.sentSeq = log.oldestSeq() - 1;
      client.send(text(message(Kind.GAP, null, listener.sentSeq, null, null, null)));
    }
    while (listener.sentSeq < log.lastSeq() && client.ready()) {
      listener.sentSeq++;
      Wire.Report report = Wire.Report.of(log.get(listener.sentSeq));
      client.send(text(message(Kind.REPORT, listener.sentSeq, null, null, report, null)));
    }
    if (listener.needsBooks && client.ready()) {
      listener.needsBooks = false;
      for (OrderBook book : books.values()) {
        if (book.valid()) {
          client.send(market(MarketMessage.snapshot(book, venueTimeUs.getAsLong(), idBase)));
        }
      }
    }
  }

  private String market(MarketMessage event) {
    return text(message(Kind.MARKET, null, null, null, null, event));
  }

  private Message message(
      Kind kind,
      Long seq,
      Long lastSeq,
      List<String> traded,
      Wire.Report report,
      MarketMessage market) {
    return new Message(kind, runId, venueTimeUs.getAsLong(), seq, lastSeq, traded, report, market);
  }

  private static String text(Message message) {
    return new String(Json.write(message), StandardCharsets.UTF_8);
  }
}
