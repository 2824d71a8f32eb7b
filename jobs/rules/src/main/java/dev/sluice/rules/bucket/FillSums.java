// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.codec.FillView;

/** The fill part of a bucket under construction. */
final class FillSums {
  long count;
  long takerCount;
  long notionalE6;
  long takerNotionalE6;
  final EdgeAccumulator capture = new EdgeAccumulator();
  final EdgeAccumulator slippage = new EdgeAccumulator();
  final EdgeAccumulator fee = new EdgeAccumulator();
  final EdgeAccumulator[] markouts = {
    new EdgeAccumulator(), new EdgeAccumulator(), new EdgeAccumulator(), new EdgeAccumulator()
  };

  void add(FillView fill) {
    long weightE6 = FillEdges.weightE6(fill);
    count++;
    notionalE6 = EdgeAccumulator.bounded(notionalE6, weightE6);
    if (fill.liquidity == Liquidity.TAKER) {
      takerCount++;
      takerNotionalE6 = EdgeAccumulator.bounded(takerNotionalE6, weightE6);
    }
    capture.add(weightE6, FillEdges.captureBps(fill));
    slippage.add(weightE6, FillEdges.slippageBps(fill));
    double feeBps = FillEdges.feeBps(fill);
    if (!Double.isNaN(feeBps)) {
      fee.add(weightE6, feeBps);
    }
  }

  void addMarkout(int horizon, double bps, long weightE6) {
    markouts[horizon].add(weightE6, bps);
  }

  void merge(Bucket other) {
    count += other.fills();
    takerCount += other.takerFills();
    notionalE6 = EdgeAccumulator.bounded(notionalE6, other.notionalE6());
    takerNotionalE6 = EdgeAccumulator.bounded(takerNotionalE6, other.takerNotionalE6());
    capture.add(other.capture());
    slippage.add(other.slippage());
    fee.add(other.fee());
    markouts[0].add(other.markout1s());
    markouts[1].add(other.markout5s());
    markouts[2].add(other.markout30s());
    markouts[3].add(other.markout60s());
  }

  void clear() {
    count = 0;
    takerCount = 0;
    notionalE6 = 0;
    takerNotionalE6 = 0;
    capture.clear();
    slippage.clear();
    fee.clear();
    for (EdgeAccumulator markout : markouts) {
      markout.clear();
    }
  }
}
