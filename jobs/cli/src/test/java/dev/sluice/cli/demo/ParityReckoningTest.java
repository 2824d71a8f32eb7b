// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.ExpectedDrift;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.ParityCause;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows of parity against the drifts expected: each deviation must be told. */
class ParityReckoningTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final long WINDOW_MS = 600_000;
  private static final ExpectedDrift LATE =
      new ExpectedDrift(ParityCause.LATENCY, 3_600_000, 5_400_000);

  private final List<Parity> windows = new ArrayList<>();

  @Test
  void acceptsWindowsThatNameTheCauseWhereItIsAndNoneElsewhere() {
    windows(12, 6, 8, ParityCause.LATENCY);
    ParityReckoning.Result result = reckon(LATE);
    assertThat(result.ok()).isTrue();
    assertThat(result.rows().get(0).windows()).isEqualTo(3);
    assertThat(result.rows().get(0).named()).isEqualTo(3);
    assertThat(result.windows()).isEqualTo(12);
  }

  @Test
  void failsWhenAWindowWithinTheDriftIsSilentOrNamesAnother() {
    windows(12, 6, 7, ParityCause.LATENCY);
    assertThat(reckon(LATE).rows().get(0).problem())
        .startsWith("1 windows do not name it, the first from 2026-01-05T01:20:00Z");
    windows.clear();
    windows(12, 6, 8, ParityCause.FEES);
    ParityReckoning.Result result = reckon(LATE);
    assertThat(result.rows().get(0).ok()).isFalse();
    assertThat(result.unexpected()).hasSize(3);
  }

  @Test
  void failsWhenAWindowNamesACauseThatNobodyExpects() {
    windows(12, 2, 2, ParityCause.FILL_MODEL);
    ParityReckoning.Result result = reckon();
    assertThat(result.unexpected())
        .singleElement()
        .asString()
        .contains("FILL_MODEL", "2026-01-05T00:20:00Z");
  }

  @Test
  void aWindowThatOverlapsTheDriftMayNameItOrNot() {
    windows(12, 5, 9, ParityCause.LATENCY);
    ExpectedDrift shifted = new ExpectedDrift(ParityCause.LATENCY, 3_300_000, 5_700_000);
    assertThat(reckon(shifted).ok()).isTrue();
    windows.clear();
    windows(12, 6, 8, ParityCause.LATENCY);
    assertThat(reckon(shifted).ok()).isTrue();
  }

  @Test
  void failsWhenNoWindowLiesInTheDrift() {
    assertThat(reckon(LATE).rows().get(0).problem()).isEqualTo("no window lies in it");
  }

  private void windows(int count, int from, int to, ParityCause cause) {
    for (int i = 0; i < count; i++) {
      windows.add(
          new Parity(
              Parity.SCHEMA,
              "mm-1",
              "mm-1-shadow",
              START_US + i * WINDOW_MS * 1000,
              WINDOW_MS,
              Source.SIMULATED,
              VerdictOutcome.PASS,
              50,
              1,
              1,
              0.0,
              0.0,
              0.0,
              0.0,
              List.of(),
              i >= from && i <= to ? cause : null,
              "for a test"));
    }
  }

  private ParityReckoning.Result reckon(ExpectedDrift... expected) {
    Scenario scenario =
        new Scenario(
            "test",
            null,
            START_US,
            7_200_000,
            1,
            "mm-1",
            1,
            List.of("SIMUSDT"),
            List.of(),
            List.of(),
            null,
            List.of(),
            List.of(),
            true,
            List.of(),
            List.of(),
            List.of(),
            List.of(expected));
    return ParityReckoning.of(scenario, START_US, windows);
  }
}
