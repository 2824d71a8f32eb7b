// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, 250",
    "90s, 90000",
    "9m50s, 590000",
    "72h, 259200000",
    "1h30m, 5400000",
    "2d, 172800000",
    "0s, 0"
  })
  void readsWhatPeopleWrite(String text, long expectedMs) {
    assertThat(Durations.parseMs(text)).isEqualTo(expectedMs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "5 s x", "1s1m", "-1s", "1.5h", "1s1s"})
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> Durations.parseMs(text)).hasMessageContaining("no duration");
  }

  @Test
  void writesWhatItReads() {
    for (long ms : new long[] {0, 1, 999, 1_000, 590_000, 259_200_000, 86_399_999}) {
      assertThat(Durations.parseMs(Durations.format(ms))).isEqualTo(ms);
    }
  }
}
