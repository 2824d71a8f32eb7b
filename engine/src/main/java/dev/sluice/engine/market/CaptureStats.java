// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was in one capture file, counted while it is read. Sequences and clocks are checked per
 * symbol and stream within the file. Mids are those of the best quotes, quote units. Grows until
 * the file has been read to its end; read it from the feed's thread.
 */
public final class CaptureStats {
  /** Problems described in words; further ones are only counted. */
  static final int MAX_PROBLEMS = 20;

  private static final long MINUTE_US = 60_000_000L;

  private final Path file;
  private final Map<String, Long> byStream = new TreeMap<>();
  private final Map<String, SymbolState> symbols = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private long rows;
  private long malformed;
  private long unknown;
  private long firstReceiveUs = Long.MAX_VALUE;
  private long lastReceiveUs = Long.MIN_VALUE;
  private long previousReceiveUs = Long.MIN_VALUE;
  private long maxGapUs;
  private long receiveTimeBackward;
  private long eventTimeBackward;
  private long quoteIdBackward;
  private long depthBreaks;
  private long tradeIdBreaks;
  private long crossedQuotes;
  private long buyerIsMaker;
  private long minutes;
  private double tradeVolume;
  private double minMid = Double.NaN;
  private double maxMid = Double.NaN;
  private double firstMid = Double.NaN;
  private double lastMid = Double.NaN;
  private long minClockDifferenceUs = Long.MAX_VALUE;
  private long maxClockDifferenceUs = Long.MIN_VALUE;

  CaptureStats(Path file) {
    this.file = file;
  }

  void malformed(long line, String reason) {
    rows++;
    malformed++;
    problem(line, reason);
  }

  void unknown(long line, String what) {
    rows++;
    unknown++;
    problem(line, "unknown stream " + what);
  }

  void truncated(long line, String reason) {
    malformed++;
    problem(line, "file ends early: " + reason);
  }

  /** A message that was understood; {@code eventTimeUs} is negative where it carries none. */
  void message(String stream, MarketEvent event, long eventTimeUs) {
    rows++;
    byStream.merge(stream, 1L, Long::sum);
    receiveTime(event.receiveTimeUs());
    SymbolState state = symbols.computeIfAbsent(event.symbol(), s -> new SymbolState());
    // A snapshot is the answer of a call: its way says nothing of the clocks.
    if (eventTimeUs >= 0 && !(event instanceof MarketEvent.BookSnapshot)) {
      Long previous = state.eventTimes.put(stream, eventTimeUs);
      eventTimeBackward += previous != null && eventTimeUs < previous ? 1 : 0;
      long difference = event.receiveTimeUs() - eventTimeUs;
      minClockDifferenceUs = Math.min(minClockDifferenceUs, difference);
      maxClockDifferenceUs = Math.max(maxClockDifferenceUs, difference);
    }
    if (event instanceof MarketEvent.BookDelta delta) {
      delta(state, delta);
    } else if (event instanceof MarketEvent.BestQuote quote) {
      quote(state, quote);
    } else if (event instanceof MarketEvent.TradePrint trade) {
      trade(state, trade);
    }
  }

  private void receiveTime(long receiveUs) {
    if (previousReceiveUs == Long.MIN_VALUE) {
      minutes = 1;
    } else {
      receiveTimeBackward += receiveUs < previousReceiveUs ? 1 : 0;
      maxGapUs = Math.max(maxGapUs, receiveUs - previousReceiveUs);
      minutes += receiveUs / MINUTE_US > previousReceiveUs / MINUTE_US ? 1 : 0;
    }
    previousReceiveUs = receiveUs;
    firstReceiveUs = Math.min(firstReceiveUs, receiveUs);
    lastReceiveUs = Math.max(lastReceiveUs, receiveUs);
  }

  private void delta(SymbolState state, MarketEvent.BookDelta delta) {
    long previous =
        delta.previousUpdateId() >= 0 ? delta.previousUpdateId() : delta.firstUpdateId() - 1;
    depthBreaks += state.depthId >= 0 && previous != state.depthId ? 1 : 0;
    state.depthId = delta.lastUpdateId();
  }

  private void quote(SymbolState state, MarketEvent.BestQuote quote) {
    quoteIdBackward += quote.updateId() < state.quoteId ? 1 : 0;
    state.quoteId = quote.updateId();
    crossedQuotes += quote.bid() >= quote.ask() ? 1 : 0;
    double mid = (quote.bid() + quote.ask()) / 2;
    if (Double.isNaN(firstMid)) {
      firstMid = mid;
      minMid = mid;
      maxMid = mid;
    }
    lastMid = mid;
    minMid = Math.min(minMid, mid);
    maxMid = Math.max(maxMid, mid);
  }

  private void trade(SymbolState state, MarketEvent.TradePrint trade) {
    tradeIdBreaks += state.tradeId >= 0 && trade.tradeId() != state.tradeId + 1 ? 1 : 0;
    state.tradeId = trade.tradeId();
    tradeVolume += trade.size();
    buyerIsMaker += trade.buyerIsMaker() ? 1 : 0;
  }

  private void problem(long line, String reason) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(file + ":" + line + ": " + reason);
    }
  }

  public Path file() {
    return file;
  }

  /** Lines, also the malformed and unknown ones. */
  public long rows() {
    return rows;
  }

  /** Messages by kind: depth, bookTicker, trade, snapshot. */
  public Map<String, Long> byStream() {
    return Map.copyOf(byStream);
  }

  /** Lines that could not be read, and a file that ended early. */
  public long malformed() {
    return malformed;
  }

  /** Messages of streams we do not use, and snapshots whose symbol is ambiguous. */
  public long unknown() {
    return unknown;
  }

  /** The first problems as {@code file:line: reason}. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Earliest receive time, epoch microseconds; {@link Long#MAX_VALUE} when empty. */
  public long firstReceiveUs() {
    return firstReceiveUs;
  }

  /** Latest receive time, epoch microseconds; {@link Long#MIN_VALUE} when empty. */
  public long lastReceiveUs() {
    return lastReceiveUs;
  }

  /** Longest time between two messages, microseconds. */
  public long maxGapUs() {
    return maxGapUs;
  }

  /** UTC minutes with a message. */
  public long minutes() {
    return minutes;
  }

  /** Messages received earlier than the one before them. */
  public long receiveTimeBackward() {
    return receiveTimeBackward;
  }

  /** Messages whose exchange time is before that of the one before in their stream. */
  public long eventTimeBackward() {
    return eventTimeBackward;
  }

  /** Best quotes with a smaller update id than the one before. */
  public long quoteIdBackward() {
    return quoteIdBackward;
  }

  /** Depth messages that do not continue the one before. */
  public long depthBreaks() {
    return depthBreaks;
  }

  /** Trades that do not have the next id. */
  public long tradeIdBreaks() {
    return tradeIdBreaks;
  }

  /** Best quotes with bid ≥ ask. */
  public long crossedQuotes() {
    return crossedQuotes;
  }

  /** Trades with an aggressive seller. */
  public long buyerIsMaker() {
    return buyerIsMaker;
  }

  /** Sum of trade sizes, base units. */
  public double tradeVolume() {
    return tradeVolume;
  }

  public double minMid() {
    return minMid;
  }

  public double maxMid() {
    return maxMid;
  }

  public double firstMid() {
    return firstMid;
  }

  public double lastMid() {
    return lastMid;
  }

  /** Least receive minus exchange time, microseconds; negative when the exchange is ahead. */
  public long minClockDifferenceUs() {
    return minClockDifferenceUs;
  }

  /** Greatest receive minus exchange time, microseconds. */
  public long maxClockDifferenceUs() {
    return maxClockDifferenceUs;
  }

  private static final class SymbolState {
    final Map<String, Long> eventTimes = new HashMap<>();
    long depthId = -1;
    long quoteId = -1;
    long tradeId = -1;
  }
}
