// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarkoutsTest {
  private static final long S = 1_000_000L;

  private static MidSeries mids(double... secondsAndMids) {
    MidCollector collector = new MidCollector();
    for (int i = 0; i < secondsAndMids.length; i += 2) {
      collector.offer((long) (secondsAndMids[i] * S), secondsAndMids[i + 1]);
    }
    return collector.drain("X");
  }

  @Test
  void waitsForTheFirstMidAtOrAfterTheHorizonHoweverLate() {
    PendingFill fill = Markouts.pending("X", null, 3 * S, -1, 100, 1_000_000);
    List<String> due = new ArrayList<>();
    Markouts.Sink sink = (f, horizon, bps) -> due.add(horizon + ":" + Math.round(bps));
    List<PendingFill> still =
        Markouts.settle(List.of(fill), List.of(mids(3.5, 100, 4, 101, 9, 99)), 10 * S, sink);
    assertThat(due).containsExactly("0:-100", "1:100");
    assertThat(still).hasSize(1);
    still = Markouts.settle(still, List.of(), 60 * S, sink);
    assertThat(due).hasSize(2);
    still = Markouts.settle(still, List.of(mids(70, 90)), 80 * S, sink);
    assertThat(due).containsExactly("0:-100", "1:100", "2:1000", "3:1000");
    assertThat(still).isEmpty();
  }

  @Test
  void otherSymbolsDoNotCount() {
    PendingFill fill = Markouts.pending("Y", null, 0, 1, 100, 1);
    assertThat(Markouts.settle(List.of(fill), List.of(mids(2, 1)), 10 * S, (f, h, b) -> {}))
        .containsExactly(fill);
  }

  @Test
  void samplingKeepsTheFirstMidOfEachCellInAnyOrderOfArrival() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      List<long[]> offers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        offers.add(new long[] {random.nextInt(2_000) * 1_000L, random.nextInt(100)});
      }
      MidSeries together = collect(offers);
      java.util.Collections.shuffle(offers, random);
      MidSeries split =
          collect(offers.subList(0, 20)).merge(collect(offers.subList(20, offers.size())));
      assertThat(split.timesUs()).isEqualTo(together.timesUs());
      assertThat(split.mids()).containsExactly(together.mids(), within(0.0));
      assertThat(together.timesUs()).isSorted().hasSizeLessThanOrEqualTo(20);
    }
  }

  private static MidSeries collect(List<long[]> offers) {
    MidCollector collector = new MidCollector();
    for (long[] offer : offers) {
      collector.offer(offer[0], offer[1]);
    }
    return collector.drain("X");
  }
}
