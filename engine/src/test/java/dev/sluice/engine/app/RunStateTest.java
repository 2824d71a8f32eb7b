// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStateTest {
  @TempDir private Path directory;

  @Test
  void reservesAheadOfWhatIsPublished() {
    assertThat(RunState.load(directory)).isEmpty();
    RunState state = new RunState(directory, 10, 2);
    state.reserve(1_000, 5.0, 6.0);
    RunState.Saved saved = RunState.load(directory).orElseThrow();
    assertThat(saved.reservedUs()).isGreaterThan(1_000);
    assertThat(saved)
        .extracting(RunState.Saved::originUs, RunState.Saved::restarts)
        .containsExactly(10L, 2L);
    state.reserve(saved.reservedUs(), 7.0, 8.0);
    assertThat(RunState.load(directory).orElseThrow()).as("still covered").isEqualTo(saved);
    state.reserve(saved.reservedUs() + 1, 7.0, 8.0);
    assertThat(RunState.load(directory).orElseThrow().equity()).isEqualTo(7.0);
  }

  @Test
  void finishedRunIsNotContinued() {
    RunState state = new RunState(directory, 10, 0);
    state.reserve(1_000, 5.0, 6.0);
    state.finish(5.0, 6.0);
    assertThat(RunState.load(directory).orElseThrow().finished()).isTrue();
  }

  @Test
  void withoutADirectoryNothingIsRemembered() {
    RunState state = new RunState(null, 10, 0);
    state.reserve(1_000, 5.0, 6.0);
    state.finish(5.0, 6.0);
    assertThat(RunState.load(null)).isEmpty();
  }
}
