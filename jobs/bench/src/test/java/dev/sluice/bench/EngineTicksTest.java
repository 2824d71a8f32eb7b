// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Tick;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTicksTest {
  @Test
  void anEngineSaysTheSameEachTimeAndAnotherSomethingElse() {
    List<Tick> first = play(0);

    assertThat(first).hasSize(1_000).isEqualTo(play(0));
    assertThat(first).extracting(Tick::seq).startsWith(1L, 2L, 3L).endsWith(1_000L);
    assertThat(first).extracting(Tick::symbol).containsOnly("SIMUSDT", "ALTUSDT");
    long seconds = (first.get(999).eventTimeUs() - first.get(0).eventTimeUs()) / 1_000_000;
    assertThat(seconds).isBetween(24L, 26L);
    assertThat(play(1)).extracting(Tick::bid).isNotEqualTo(first.stream().map(Tick::bid).toList());
  }

  private static List<Tick> play(long engine) {
    List<Tick> ticks = new ArrayList<>();
    EngineTicks.play(engine, 1_000, ticks::add);
    return ticks;
  }
}
