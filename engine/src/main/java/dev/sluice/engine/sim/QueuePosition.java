// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

/**
 * Estimated place of one order in the queue of its price level, from what the market shows.
 *
 * <p>The order joins behind the level's displayed volume. A trade at the level of size v takes v
 * off the volume ahead; what is left of it reaches the order. A fall of the displayed size beyond
 * the volume traded since the last look is cancellations: {@code share · ahead/displayed} of them
 * are taken to be ahead. A trade reported after the fall it caused is not counted twice: what the
 * fall moved the order by is given back first. The volume ahead is never more than the displayed
 * size. Base units.
 */
final class QueuePosition {
  private final double share;
  private double ahead;
  private double displayed;
  private double tradedUnseen;
  private double fallUnexplained;
  private double advancedByFall;

  QueuePosition(double displayed, double share) {
    this.share = share;
    this.ahead = displayed;
    this.displayed = displayed;
  }

  double ahead() {
    return ahead;
  }

  /** A trade at the level; returns how much of it reaches beyond the volume ahead. */
  double onTrade(double size) {
    double explained = Math.min(size, fallUnexplained);
    if (explained > 0) {
      double givenBack = advancedByFall * explained / fallUnexplained;
      ahead += givenBack;
      advancedByFall -= givenBack;
      fallUnexplained -= explained;
    }
    tradedUnseen += size - explained;
    double reach = Math.max(0, size - ahead);
    ahead = Math.max(0, ahead - size);
    return reach;
  }

  /** The level now shows this size. */
  void onDisplayed(double size) {
    if (size == displayed) {
      return;
    }
    double fall = displayed - size;
    double cancelled = Math.max(0, fall - tradedUnseen);
    double before = ahead;
    if (cancelled > 0 && displayed > 0) {
      ahead -= Math.min(ahead, cancelled * share * Math.min(1, ahead / displayed));
    }
    ahead = Math.min(ahead, size);
    fallUnexplained = cancelled;
    advancedByFall = before - ahead;
    tradedUnseen = 0;
    displayed = size;
  }

  /** The book was lost and starts anew: what it shows now says nothing of cancellations. */
  void reanchor(double size) {
    displayed = size;
    tradedUnseen = 0;
    fallUnexplained = 0;
    advancedByFall = 0;
  }
}
