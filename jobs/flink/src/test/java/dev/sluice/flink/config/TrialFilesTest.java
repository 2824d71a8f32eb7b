// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.flink.TestPaths;
import dev.sluice.flink.trial.TrialSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialFilesTest {
  private static final Path SHIPPED = TestPaths.repositoryRoot().resolve("config/trials");

  @TempDir Path dir;

  @Test
  void theShippedTrialsAreRead() {
    TrialSettings settings =
        SluiceConfig.load(
                TestPaths.repositoryRoot().resolve("config/sluice.yaml"), Map.of(), List.of())
            .trialSettings();
    assertThat(settings.plans()).containsKey("auto-spread-queue-eta");
    assertThat(settings.plans().get("auto-spread-queue-eta").stages())
        .containsExactly(0.1, 0.5, 1.0);
    assertThat(settings.bucketMs()).isEqualTo(10_000);
    assertThat(settings.criteria()).isNotEmpty();
  }

  @Test
  void anEmptyDirectoryIsNoTrial() {
    assertThat(TrialFiles.read(dir)).isEmpty();
  }

  @Test
  void aDirectoryThatIsNotThereIsNoTrial() {
    assertThat(TrialFiles.read(dir.resolve("absent"))).isEmpty();
  }

  @Test
  void aFileInPlaceOfTheDirectoryNamesTheKey() throws IOException {
    Path file = Files.createFile(dir.resolve("trials"));
    assertThatThrownBy(() -> TrialFiles.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("trials.dir: cannot read " + file);
  }

  @Test
  void aPlanThatCannotBeReadIsNotPassedOver() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("folder.yaml"));
    assertThatThrownBy(() -> TrialFiles.read(dir))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("trials.dir: cannot read " + folder);
  }

  @Test
  void aFileNamedOtherwiseThanItsTrialIsRefused() throws IOException {
    Path file = dir.resolve("other.yaml");
    Files.writeString(file, text());
    assertThatThrownBy(() -> TrialFiles.read(dir))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            file
                + ": holds trial `auto-spread-queue-eta`; did you mean"
                + " auto-spread-queue-eta.yaml?");
  }

  @Test
  void aWrongKeyNamesFileAndLine() throws IOException {
    Path file = dir.resolve("auto-spread-queue-eta.yaml");
    Files.writeString(file, text().replace("\nsalt:", "\nsallt:"));
    assertThatThrownBy(() -> TrialFiles.read(dir))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching("(?s)" + Pattern.quote(file.toString()) + ":\\d+: .*")
        .hasMessageContaining("unknown key `sallt`")
        .hasMessageContaining("salt");
  }

  private static String text() throws IOException {
    return Files.readString(SHIPPED.resolve("auto-spread-queue-eta.yaml"));
  }
}
