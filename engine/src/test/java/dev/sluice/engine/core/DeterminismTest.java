// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeterminismTest {
  @Test
  void sameSeedGivesTheSameBytesAndTheSameStateHash() {
    Sim one = new Sim("seed=7").run(3_600);
    Sim two = new Sim("seed=7").run(3_600);
    assertThat(bytes(one)).isEqualTo(bytes(two));
    assertThat(one.engine.stateHash()).isEqualTo(two.engine.stateHash());
  }

  @Test
  void anotherSeedGivesAnotherRun() {
    assertThat(new Sim("seed=7").run(600).engine.stateHash())
        .isNotEqualTo(new Sim("seed=8").run(600).engine.stateHash());
  }

  @Test
  void itDoesNotMatterHowOftenTheRunPauses() {
    Sim whole = new Sim().run(1_800);
    Sim pieces = new Sim();
    for (int i = 0; i < 600; i++) {
      pieces.run(3);
    }
    assertThat(pieces.engine.stateHash()).isEqualTo(whole.engine.stateHash());
    assertThat(bytes(pieces)).isEqualTo(bytes(whole));
  }

  private static List<String> bytes(Sim sim) {
    List<String> lines = new ArrayList<>();
    sim.sink.all.forEach(event -> lines.add(new String(Json.write(event), StandardCharsets.UTF_8)));
    sim.dropCopies.forEach(
        event -> lines.add(new String(Json.write(event), StandardCharsets.UTF_8)));
    sim.venueLedgers.forEach(
        event -> lines.add(new String(Json.write(event), StandardCharsets.UTF_8)));
    return lines;
  }
}
