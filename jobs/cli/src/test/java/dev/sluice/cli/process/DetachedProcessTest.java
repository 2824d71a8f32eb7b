// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedProcessTest {
  @TempDir Path directory;
  private DetachedProcess process;

  @AfterEach
  void nothingIsLeft() {
    process.kill();
  }

  @Test
  void isFoundByItsIdUntilItIsKilled() {
    start("sleep 60");
    assertThat(DetachedProcess.find(process.id())).isPresent();
    assertThat(DetachedProcess.find(new DetachedProcess.Id(process.id().pid(), 1)))
        .as("another process with the same number")
        .isEmpty();
    process.kill();
    assertThat(process.alive()).isFalse();
    assertThat(DetachedProcess.find(process.id())).isEmpty();
  }

  @Test
  void standsStillWhileItIsFrozen() throws IOException {
    start("while true; do date +%N > ticks; sleep 0.05; done");
    Path ticks = directory.resolve("ticks");
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(ticks));
    process.freeze();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> Files.readString(Path.of("/proc", "" + process.id().pid(), "stat")),
            s -> s.contains(") T "));
    assertThat(process.alive()).as("frozen is not dead").isTrue();
    String before = Files.readString(ticks);
    process.thaw();
    await().atMost(Duration.ofSeconds(20)).until(() -> !Files.readString(ticks).equals(before));
  }

  @Test
  void endsWhenAskedEvenFrozen() {
    start("sleep 60");
    process.freeze();
    process.end(Duration.ofSeconds(20));
    assertThat(process.alive()).isFalse();
  }

  @Test
  void saysWhatItHasToSayToItsFile() {
    start("echo $WORD");
    Path said = directory.resolve("out");
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.readString(said).contains("hello"));
  }

  private void start(String script) {
    process =
        DetachedProcess.start(
            List.of("sh", "-c", "cd '" + directory + "'; exec sh -c '" + script + "'"),
            Map.of("WORD", "hello"),
            directory.resolve("out"));
  }
}
