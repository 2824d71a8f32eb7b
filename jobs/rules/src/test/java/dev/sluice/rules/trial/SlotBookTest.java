// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.EdgeSum;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which slot it is that a bucket of an arm counts in. Slot 0 begins with bucket 0. */
class SlotBookTest {
  private static final TrialPlan PLAN = TrialYaml.parse("eta.yaml", Plans.ETA);
  private static final String SYMBOL = TrialTape.SYMBOL;
  private static final int SLOT = 6;

  private final HeapTrialMemory memory = new HeapTrialMemory();
  private final StageState stage = new StageState();
  private final SlotBook book;
  private final long first;

  /** The first slot of B that is followed by one of A. */
  SlotBookTest() {
    stage.begin(TrialTape.running(PLAN, 0.5, 0));
    book = new SlotBook(stage, memory, 10_000);
    long slot = 0;
    while (arm(slot) != Arm.B || arm(slot + 1) != Arm.A) {
      slot++;
    }
    first = slot;
  }

  @Test
  void whatHappensCountsInTheSlotOfItsStart() {
    book.add(part(first * SLOT + 1, Arm.B, Map.of("fills", 2)), true);
    book.add(part(first * SLOT + 5, Arm.B, Map.of("fills", 3)), true);
    book.add(part((first + 1) * SLOT + 1, Arm.A, Map.of("fills", 4)), true);
    SlotSums b = slot(first);
    assertThat(b.arm).isEqualTo(Arm.B);
    assertThat(b.fills).isEqualTo(5);
    assertThat(b.ticks).isEqualTo(40);
    assertThat(b.coveredMs).isEqualTo(20_000);
    assertThat(slot(first + 1).fills).isEqualTo(4);
    assertThat(stage.misassigned).isZero();
  }

  @Test
  void aFillOfTheLastSecondsHasItsMarkoutsInTheSlotThatTraded() {
    long last = first * SLOT + 5;
    book.add(part(last, Arm.B, Map.of("fills", 1)), true);
    // one and five seconds later it is the warm-up of a slot of A; thirty and sixty, its middle
    book.add(markouts(last + 1, Arm.B, Map.of("markout1s", edge(1), "markout5s", edge(2))), true);
    book.add(markouts(last + 3, Arm.B, Map.of("markout30s", edge(3))), true);
    book.add(markouts(last + 6, Arm.B, Map.of("markout60s", edge(4))), true);
    SlotSums b = slot(first);
    assertThat(
            new long[] {b.markout1sSumE6, b.markout5sSumE6, b.markout30sSumE6, b.markout60sSumE6})
        .containsExactly(1, 2, 3, 4);
    assertThat(memory.slot(SYMBOL, number(first + 1))).isNull();
    assertThat(stage.misassigned).isZero();
  }

  @Test
  void markoutsWithinASlotStayThere() {
    long second = (first + 1) * SLOT + 1;
    book.add(
        part(second, Arm.A, Map.of("fills", 1, "markout1s", edge(1), "markout5s", edge(2))), true);
    book.add(part(second + 3, Arm.A, Map.of("markout30s", edge(3))), true);
    SlotSums a = slot(first + 1);
    assertThat(new long[] {a.markout1sSumE6, a.markout5sSumE6, a.markout30sSumE6})
        .containsExactly(1, 2, 3);
  }

  @Test
  void markoutsOfTheOtherArmAndOfSlotsThatAreDoneWithAreLeftOut() {
    book.add(part(first * SLOT + 5, Arm.B, Map.of("fills", 1)), true);
    book.add(markouts(first * SLOT + 6, Arm.A, Map.of("markout1s", edge(1))), true);
    assertThat(slot(first).markout1sSumE6).isZero();
    book.forget(SYMBOL, number(first), 1);
    book.add(markouts(first * SLOT + 6, Arm.B, Map.of("markout1s", edge(1))), true);
    assertThat(memory.slotCount()).isZero();
  }

  @Test
  void eventsOfAnArmInAWarmUpOrInTheOthersSlotAreMisassigned() {
    book.add(part(first * SLOT, Arm.B, Map.of("fills", 1)), true);
    book.add(part(first * SLOT + 1, Arm.A, Map.of("fills", 1)), true);
    assertThat(stage.misassigned).isEqualTo(2);
    assertThat(memory.slotCount()).isZero();
    // without a heartbeat the stage may be another by now: not counted, and nobody is blamed
    book.add(part(first * SLOT + 2, Arm.A, Map.of("fills", 1)), false);
    assertThat(stage.misassigned).isEqualTo(2);
    assertThat(memory.slotCount()).isZero();
  }

  @Test
  void histogramsAreMerged() {
    book.add(part(first * SLOT + 1, Arm.B, Map.of("total_us_histogram", histogram(10, 90))), true);
    book.add(part(first * SLOT + 2, Arm.B, Map.of("total_us_histogram", histogram(100, 10))), true);
    assertThat(TrialMetric.TICK_TOTAL_P95_REGRESSION_RATIO.measure(slot(first)).value())
        .isBetween(99.0, 101.0);
  }

  @Test
  void symbolsAreBounded() {
    for (int i = 0; i < SlotBook.MAX_SYMBOLS + 50; i++) {
      String symbol = "S" + i;
      Bucket bucket = EngineTape.part(1, symbol, Arm.A.name(), Map.of());
      book.add(bucket, false);
    }
    assertThat(stage.symbols).hasSize(SlotBook.MAX_SYMBOLS).isSorted();
  }

  private SlotSums slot(long slot) {
    return memory.slot(SYMBOL, number(slot));
  }

  private static long number(long slot) {
    return EngineTape.START_US / 60_000_000L + slot;
  }

  private static Arm arm(long slot) {
    return TrialTape.arm(slot * SLOT, TrialTape.running(PLAN, 0.5, 0));
  }

  private static EdgeSum edge(long sumE6) {
    return new EdgeSum(1_000_000, sumE6);
  }

  private static byte[] histogram(double ms, int count) {
    return EngineTape.histogram(ms, count);
  }

  private static Bucket part(long index, Arm arm, Map<String, Object> own) {
    return EngineTape.part(index, SYMBOL, arm.name(), own);
  }

  /** A bucket that holds nothing but markouts that came due. */
  private static Bucket markouts(long index, Arm arm, Map<String, Object> own) {
    Map<String, Object> fields = new HashMap<>(own);
    fields.put("events", 0);
    fields.put("ticks", 0);
    fields.put("total_us_histogram", null);
    return part(index, arm, fields);
  }
}
