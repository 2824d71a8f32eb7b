// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.market.MarketEvent.BestQuote;
import dev.sluice.engine.market.MarketEvent.BookDelta;
import dev.sluice.engine.market.MarketEvent.BookSnapshot;
import dev.sluice.schemas.Side;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrderBookTest {
  private static final String SYMBOL = "BTCUSDT";
  private static final double[] NONE = {};

  private final OrderBook book = new OrderBook(SYMBOL);

  @Test
  void aSnapshotAndItsDeltasGiveTheBook() {
    book.apply(snapshot(10, levels(99, 1, 98, 2), levels(101, 3, 102, 4)));
    book.apply(delta(9, 11, -1, levels(99, 0, 97, 5), levels(100.5, 1)));
    assertThat(book.valid()).isTrue();
    assertThat(book.bestBid()).isEqualTo(98);
    assertThat(book.bestBidSize()).isEqualTo(2);
    assertThat(book.bestAsk()).isEqualTo(100.5);
    assertThat(book.depth(Side.BUY)).isEqualTo(2);
    assertThat(book.sizeAt(Side.SELL, 101)).isEqualTo(3);
    assertThat(book.volumeTo(Side.SELL, 101)).isEqualTo(4);
    assertThat(book.price(Side.BUY, 1)).isEqualTo(97);
    assertThat(book.price(Side.BUY, 2)).isNaN();
    assertThat(book.mid()).isEqualTo(99.25);
    assertThat(book.spread()).isEqualTo(2.5);
  }

  @Test
  void anOldDeltaIsIgnored() {
    book.apply(snapshot(10, levels(99, 1), levels(101, 3)));
    assertThat(book.apply(delta(8, 10, -1, levels(99, 0), NONE_LEVELS))).isFalse();
    assertThat(book.bestBid()).isEqualTo(99);
    assertThat(book.staleEvents()).isEqualTo(1);
  }

  @Test
  void aSpotBreakEmptiesTheBookUntilAQuoteOrSnapshot() {
    book.apply(snapshot(10, levels(99, 1), levels(101, 3)));
    book.apply(delta(11, 12, -1, levels(99, 2), NONE_LEVELS));
    book.apply(delta(14, 15, -1, levels(98, 2), levels(103, 1)));
    assertThat(book.sequenceBreaks()).isEqualTo(1);
    assertThat(book.valid()).isFalse();
    book.apply(delta(16, 16, -1, levels(97, 2), NONE_LEVELS));
    assertThat(book.valid()).isFalse();
    book.apply(quote(17, 98.5, 1, 102, 1));
    assertThat(book.valid()).isTrue();
    assertThat(book.bestBid()).isEqualTo(98.5);
    assertThat(book.sizeAt(Side.SELL, 101)).isZero();
    assertThat(book.sequenceBreaks()).isEqualTo(1);
  }

  @Test
  void aFutureFollowsItsPreviousId() {
    book.apply(delta(5, 20, 4, levels(99, 1), levels(101, 1)));
    book.apply(quote(21, 99, 1, 101, 1));
    book.apply(delta(30, 40, 20, levels(98, 1), NONE_LEVELS));
    assertThat(book.sequenceBreaks()).isZero();
    book.apply(delta(41, 50, 39, levels(97, 1), NONE_LEVELS));
    assertThat(book.sequenceBreaks()).isEqualTo(1);
  }

  @Test
  void aSnapshotOlderThanTheDeltasIsCompletedByThem() {
    book.apply(delta(8, 12, -1, levels(99, 7), NONE_LEVELS));
    book.apply(delta(13, 14, -1, levels(98, 0), NONE_LEVELS));
    book.apply(snapshot(10, levels(99, 1, 98, 2, 97, 3), levels(101, 3)));
    assertThat(book.bestBidSize()).isEqualTo(7);
    assertThat(book.sizeAt(Side.BUY, 98)).isZero();
    assertThat(book.sizeAt(Side.BUY, 97)).isEqualTo(3);
    assertThat(book.lastUpdateId()).isEqualTo(14);
    book.apply(delta(15, 15, -1, levels(96, 1), NONE_LEVELS));
    assertThat(book.sequenceBreaks()).isZero();
  }

  @Test
  void aSnapshotBeforeTheFirstDeltaIsTooOld() {
    book.apply(delta(8, 12, -1, levels(99, 7), levels(101, 1)));
    assertThat(book.apply(snapshot(5, levels(50, 1), levels(60, 3)))).isFalse();
    assertThat(book.bestBid()).isEqualTo(99);
    assertThat(book.valid()).isFalse();
  }

  @Test
  void aNewerQuotePrunesStaleLevels() {
    book.apply(snapshot(10, levels(99, 1, 98, 2), levels(101, 3, 102, 4)));
    book.apply(quote(12, 101.5, 5, 102, 6));
    assertThat(book.bestBid()).isEqualTo(101.5);
    assertThat(book.bestAsk()).isEqualTo(102);
    assertThat(book.bestAskSize()).isEqualTo(6);
    assertThat(book.sizeAt(Side.SELL, 101)).isZero();
  }

  @Test
  void aDeltaOlderThanTheQuoteDoesNotBringStaleLevelsBack() {
    book.apply(snapshot(10, levels(99, 1), levels(101, 3, 102, 4)));
    book.apply(quote(15, 101.5, 5, 102, 6));
    book.apply(delta(11, 13, -1, levels(100, 1), levels(101, 9, 103, 1)));
    assertThat(book.bestBid()).isEqualTo(101.5);
    assertThat(book.bestAsk()).isEqualTo(102);
    assertThat(book.sizeAt(Side.BUY, 100)).isEqualTo(1);
    assertThat(book.crossRepairs()).isZero();
    book.apply(delta(14, 16, -1, levels(101.5, 2), levels(101, 0, 102, 8)));
    assertThat(book.bestBidSize()).isEqualTo(2);
    assertThat(book.bestAskSize()).isEqualTo(8);
  }

  @Test
  void anOlderQuoteAndACrossedOneSayNothing() {
    book.apply(snapshot(10, levels(99, 1), levels(101, 3)));
    book.apply(quote(9, 90, 1, 110, 1));
    book.apply(quote(12, 101, 1, 101, 1));
    assertThat(book.bestBid()).isEqualTo(99);
    assertThat(book.bestAsk()).isEqualTo(101);
    assertThat(book.crossedQuotes()).isEqualTo(1);
  }

  @Test
  void withoutDeltasAQuoteIsTheBook() {
    book.apply(quote(1, 99, 1, 101, 1));
    book.apply(quote(2, 97, 2, 100, 2));
    assertThat(book.depth(Side.BUY)).isEqualTo(1);
    assertThat(book.depth(Side.SELL)).isEqualTo(1);
    assertThat(book.bestBid()).isEqualTo(97);
  }

  @Test
  void aDeltaThatCrossesIsRepairedInItsFavour() {
    book.apply(snapshot(10, levels(99, 1), levels(101, 3, 102, 4)));
    book.apply(delta(11, 11, -1, levels(101, 1), NONE_LEVELS));
    assertThat(book.bestBid()).isEqualTo(101);
    assertThat(book.bestAsk()).isEqualTo(102);
    assertThat(book.crossRepairs()).isEqualTo(1);
  }

  @Test
  void consumedVolumeIsGoneUntilTheNextUpdate() {
    book.apply(snapshot(10, levels(99, 1), levels(101, 3)));
    book.consume(Side.SELL, 101, 1.2);
    assertThat(book.bestAskSize()).isCloseTo(1.8, within(1e-12));
    book.apply(delta(11, 11, -1, NONE_LEVELS, levels(101, 5)));
    assertThat(book.bestAskSize()).isEqualTo(5);
  }

  @Test
  void anotherSymbolsEventChangesNothing() {
    assertThat(book.apply(new BestQuote("ETHUSDT", 0, 0, 1, 1, 1, 2, 1))).isFalse();
    assertThat(book.valid()).isFalse();
  }

  @Test
  void aSideAgreesWithASortedMapUnderRandomChanges() {
    SeededRandom random = new SeededRandom(11);
    BookSide side = new BookSide(Side.SELL);
    TreeMap<Double, Double> expected = new TreeMap<>();
    for (int i = 0; i < 50_000; i++) {
      double price = 100 + random.nextInt(400) / 100.0;
      double size = random.chance(0.4) ? 0 : random.nextInt(1000) / 10.0;
      side.set(price, size);
      if (size > 0) {
        expected.put(price, size);
      } else {
        expected.remove(price);
      }
      if (random.chance(0.01)) {
        double best = 100 + random.nextInt(400) / 100.0;
        side.pruneBetterThan(best);
        expected.headMap(best, false).clear();
      }
      assertThat(side.count()).isEqualTo(expected.size());
      assertThat(side.sizeAt(price)).isEqualTo(expected.getOrDefault(price, 0.0));
      if (!expected.isEmpty()) {
        assertThat(side.price(0)).isEqualTo(expected.firstKey());
        assertThat(side.price(side.count() - 1)).isEqualTo(expected.lastKey());
      }
    }
  }

  @Test
  void aFullSideDropsItsWorstLevel() {
    BookSide side = new BookSide(Side.BUY);
    for (int i = 1; i <= BookSide.MAX_LEVELS; i++) {
      side.set(i, 1);
    }
    side.set(0.5, 1);
    side.set(BookSide.MAX_LEVELS + 1, 1);
    assertThat(side.count()).isEqualTo(BookSide.MAX_LEVELS);
    assertThat(side.sizeAt(0.5)).isZero();
    assertThat(side.sizeAt(1)).isZero();
    assertThat(side.price(0)).isEqualTo(BookSide.MAX_LEVELS + 1);
    assertThat(side.droppedLevels()).isEqualTo(2);
  }

  private static final double[][] NONE_LEVELS = {NONE, NONE};

  /** Prices and sizes from an alternating list. */
  private static double[][] levels(double... alternating) {
    double[][] levels = {new double[alternating.length / 2], new double[alternating.length / 2]};
    for (int i = 0; i < alternating.length; i++) {
      levels[i % 2][i / 2] = alternating[i];
    }
    return levels;
  }

  private static BookSnapshot snapshot(long id, double[][] bids, double[][] asks) {
    return new BookSnapshot(SYMBOL, 0, 0, id, bids[0], bids[1], asks[0], asks[1]);
  }

  private static BookDelta delta(
      long first, long last, long previous, double[][] bids, double[][] asks) {
    return new BookDelta(SYMBOL, 0, 0, first, last, previous, bids[0], bids[1], asks[0], asks[1]);
  }

  private static BestQuote quote(long id, double bid, double bidSize, double ask, double askSize) {
    return new BestQuote(SYMBOL, 0, 0, id, bid, bidSize, ask, askSize);
  }
}
