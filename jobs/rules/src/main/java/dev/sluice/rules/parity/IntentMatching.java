// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Matches the intents of two sides by time: one to one, in order, and as near as can be. Of all
 * such matchings it takes the one with the greatest Σ (within − distance), the global alignment of
 * Needleman and Wunsch (1970) without a penalty for gaps. Only intents within reach of each other
 * are looked at, so that effort and memory grow with their number, and with its square only where
 * all are within reach.
 */
final class IntentMatching {
  private static final byte SKIP_LIVE = 0;
  private static final byte SKIP_SHADOW = 1;
  private static final byte PAIR = 2;

  /** Two intents that are taken for the same decision. */
  record Pair(Intent live, Intent shadow) {
    /** Distance in time, microseconds. */
    long apartUs() {
      return Math.abs(live.intendedUs - shadow.intendedUs);
    }
  }

  private final List<Intent> lives;
  private final List<Intent> shadows;
  private final long withinUs;
  private final int[] lows;
  private final byte[][] moves;

  private IntentMatching(List<Intent> lives, List<Intent> shadows, long withinUs) {
    this.lives = lives;
    this.shadows = shadows;
    this.withinUs = withinUs;
    this.lows = new int[lives.size()];
    this.moves = new byte[lives.size()][];
  }

  /**
   * The pairs, in the order of time.
   *
   * @param lives intents of one key, in the order of {@link Intent#BY_TIME}; so are the shadows
   */
  static List<Pair> match(List<Intent> lives, List<Intent> shadows, long withinUs) {
    if (lives.isEmpty() || shadows.isEmpty()) {
      return List.of();
    }
    IntentMatching matching = new IntentMatching(lives, shadows, withinUs);
    matching.fill();
    return matching.trace();
  }

  /**
   * best[j] is the best sum of the lives so far against the first j shadows. Left of the reach of a
   * live nothing changes any more, right of it best stays what it is at its end.
   */
  private void fill() {
    long[] best = new long[shadows.size() + 1];
    int low = 0;
    int high = 0;
    for (int i = 0; i < lives.size(); i++) {
      long atUs = lives.get(i).intendedUs;
      while (low < shadows.size() && shadows.get(low).intendedUs < atUs - withinUs) {
        low++;
      }
      int before = high;
      high = Math.max(high, low);
      while (high < shadows.size() && shadows.get(high).intendedUs <= atUs + withinUs) {
        high++;
      }
      for (int j = before + 1; j <= high; j++) {
        best[j] = best[before];
      }
      lows[i] = low;
      moves[i] = new byte[high - low];
      row(i, best, low, high, atUs);
    }
  }

  private void row(int i, long[] best, int low, int high, long atUs) {
    long diagonal = best[low];
    for (int j = low + 1; j <= high; j++) {
      long above = best[j];
      long gain = withinUs + 1 - Math.abs(shadows.get(j - 1).intendedUs - atUs);
      byte move = SKIP_LIVE;
      if (best[j - 1] > best[j]) {
        best[j] = best[j - 1];
        move = SKIP_SHADOW;
      }
      if (diagonal + gain > best[j]) {
        best[j] = diagonal + gain;
        move = PAIR;
      }
      moves[i][j - 1 - low] = move;
      diagonal = above;
    }
  }

  private List<Pair> trace() {
    Deque<Pair> pairs = new ArrayDeque<>();
    int j = shadows.size();
    for (int i = lives.size() - 1; i >= 0; i--) {
      j = Math.min(j, lows[i] + moves[i].length);
      while (j > lows[i] && moves[i][j - 1 - lows[i]] == SKIP_SHADOW) {
        j--;
      }
      if (j > lows[i] && moves[i][j - 1 - lows[i]] == PAIR) {
        pairs.addFirst(new Pair(lives.get(i), shadows.get(j - 1)));
        j--;
      }
    }
    return new ArrayList<>(pairs);
  }
}
