// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.bucket.StreamTracker.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamTrackerTest {
  private final StreamTracker tracker = new StreamTracker();

  @Test
  void countsGapsWhereTheStreamResumes() {
    tracker.accept("r", 1, 10);
    assertThat(tracker.accept("r", 5, 20)).isEqualTo(Identity.IN_ORDER);
    assertThat(tracker.newGaps()).isEqualTo(3);
    assertThat(tracker.accept("r", 6, 30)).isEqualTo(Identity.IN_ORDER);
    assertThat(tracker.newGaps()).isZero();
  }

  @Test
  void aRecordThatFillsAHoleIsReorderedOnceThenADuplicate() {
    tracker.accept("r", 1, 10);
    tracker.accept("r", 5, 20);
    assertThat(tracker.accept("r", 3, 21)).isEqualTo(Identity.REORDERED);
    assertThat(tracker.refilledAtUs()).isEqualTo(20);
    assertThat(tracker.accept("r", 3, 22)).isEqualTo(Identity.DUPLICATE);
    assertThat(tracker.accept("r", 2, 23)).isEqualTo(Identity.REORDERED);
    assertThat(tracker.accept("r", 4, 24)).isEqualTo(Identity.REORDERED);
    assertThat(tracker.accept("r", 4, 25)).isEqualTo(Identity.DUPLICATE);
  }

  @Test
  void theFirstNumberEverSeenIsNoHoleButANewRunStartsAtOne() {
    tracker.accept("r1", 100, 10);
    assertThat(tracker.newGaps()).isZero();
    assertThat(tracker.accept("r2", 3, 20)).isEqualTo(Identity.IN_ORDER);
    assertThat(tracker.newGaps()).isEqualTo(2);
    assertThat(tracker.accept("r1", 101, 30)).as("a straggler").isEqualTo(Identity.IN_ORDER);
    assertThat(tracker.newestRun()).isEqualTo("r2");
    assertThat(tracker.highestSeq("r2")).isEqualTo(3);
  }

  @Test
  void anyOrderWithinTheWindowEndsWithoutGapsAndWithEveryDuplicateFound() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      StreamTracker fresh = new StreamTracker();
      fresh.accept("r", 1, 1);
      List<Long> numbers = new ArrayList<>();
      for (long seq = 2; seq <= 60; seq++) {
        numbers.add(seq);
        if (random.nextInt(5) == 0) {
          numbers.add(seq);
        }
      }
      Collections.shuffle(numbers, random);
      Set<Long> seen = new HashSet<>();
      long gaps = 0;
      for (long seq : numbers) {
        Identity identity = fresh.accept("r", seq, seq);
        assertThat(identity == Identity.DUPLICATE).isEqualTo(!seen.add(seq));
        gaps += fresh.newGaps() - (identity == Identity.REORDERED ? 1 : 0);
      }
      assertThat(gaps).isZero();
    }
  }

  @Test
  void memoryIsBounded() {
    for (int run = 0; run < 100; run++) {
      for (long seq = 1; seq < 1_000; seq += 2) {
        tracker.accept("run-" + run, seq, seq);
      }
    }
    assertThat(tracker.runs).hasSize(StreamTracker.MAX_RUNS);
    assertThat(tracker.runs[0].holes).hasSizeLessThanOrEqualTo(3 * StreamTracker.MAX_HOLES);
  }

  @Test
  void adoptingTakesTheFurtherProgressOfEachRun() {
    StreamTracker stale = new StreamTracker();
    stale.accept("r1", 1, 1);
    tracker.accept("r1", 1, 1);
    tracker.accept("r1", 4, 2);
    tracker.accept("r2", 1, 3);
    stale.adopt(tracker);
    assertThat(stale.highestSeq("r1")).isEqualTo(4);
    assertThat(stale.newestRun()).isEqualTo("r2");
    assertThat(stale.accept("r1", 2, 5)).isEqualTo(Identity.REORDERED);
    tracker.adopt(new StreamTracker());
    assertThat(tracker.highestSeq("r1")).isEqualTo(4);
  }
}
