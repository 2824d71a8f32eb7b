// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.sequence.SequenceCount;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However what was said arrives, the end state and the findings are those of the clean stream. */
class ShuffledHistoryTest {
  @Test
  void smallHistoriesByChanceEndAsTheCleanOnes() {
    for (int seed = 0; seed < 60; seed++) {
      List<EngineEvent> clean = new Histories(seed).of(1 + seed * 5, 1 + seed % 20);
      IntegrityBench expected = new IntegrityBench().take(clean);
      IntegrityBench disturbed =
          new IntegrityBench().take(Histories.disturbed(clean, 5_000, seed + 1_000));
      assertThat(disturbed.told())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(expected.told());
      assertThat(disturbed.findings())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(expected.findings());
      assertThat(disturbed.memory().stateHash())
          .as("seed %d", seed)
          .isEqualTo(expected.memory().stateHash());
    }
  }

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void aMillionOrderEventsShuffledWithinFiveSecondsAndOneInTenTwiceEndAsTheCleanOnes() {
    List<EngineEvent> clean = new Histories(7).of(215_000, 100);
    long orderEvents = clean.stream().filter(event -> event.order() != null).count();
    assertThat(orderEvents).isGreaterThan(1_000_000);
    IntegrityBench expected = new IntegrityBench().take(clean);
    assertThat(expected.findings()).hasSizeGreaterThan(300);
    IntegrityBench disturbed = new IntegrityBench().take(Histories.disturbed(clean, 5_000, 8));
    assertThat(disturbed.sequence().count(SequenceCount.DUPLICATES))
        .isGreaterThan(orderEvents / 11);
    assertThat(disturbed.sequence().count(SequenceCount.GIVEN_UP)).isZero();
    assertThat(disturbed.memory().stateHash()).isEqualTo(expected.memory().stateHash());
    assertThat(disturbed.told()).containsExactlyInAnyOrderElementsOf(expected.told());
  }
}
