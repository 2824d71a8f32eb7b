// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.flink.TestPaths;
import dev.sluice.flink.reconcile.ReconciliationSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconciliationConfigTest {
  @TempDir Path directory;

  @Test
  void theShippedFileSaysTheDefaultsAndATargetForThePaperSymbol() throws IOException {
    Path shipped = TestPaths.repositoryRoot().resolve("config/reconciliation.yaml");
    String text = Files.readString(shipped);

    assertThat(load(shipped).inventory()).containsOnlyKeys("SIMUSDT");
    assertThat(load(write(text.replaceFirst("inventory:\\n  SIMUSDT[^\n]*", "inventory: {}"))))
        .isEqualTo(ReconciliationSettings.defaults());
  }

  @Test
  void anUnknownKeyNamesFileAndKeyAndWhatWasMeant() throws IOException {
    Path file = write("escalate_afer: 5m");

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("escalate_afer")
        .hasMessageContaining("escalate_after");
  }

  @Test
  void anUnknownWordOfAToleranceNamesTheKey() throws IOException {
    Path file = write("tolerances:\n  BTC: abs 0.1, rell 3");
    assertThatThrownBy(() -> load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("tolerances.BTC: unknown word 'rell'; did you mean 'rel'?");
  }

  @Test
  void contradictionsAreRefused() throws IOException {
    assertThatThrownBy(() -> load(write("warning_ratio: 0.3")))
        .hasMessageContaining("critical ratio must not be below the warning ratio");
    assertThatThrownBy(() -> load(write("inventory:\n  SIMUSDT: target 0")))
        .hasMessageContaining("inventory.SIMUSDT: max is mandatory");
    assertThatThrownBy(() -> load(write("no_pair_after: 5s"))).hasMessageContaining("a width");
  }

  @Test
  void anAssetMayHaveItsOwnTolerance() throws IOException {
    ReconciliationSettings settings =
        load(write("tolerances:\n  BTC: abs 0.1, warning 0.01, critical 0.02"));

    assertThat(settings.rules().tolerances().get("BTC").abs()).isEqualTo(new BigDecimal("0.1"));
    assertThat(settings.rules().tolerances().get("BTC").criticalRatio()).isEqualTo(0.02);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("reconciliation.yaml"), text);
  }

  private static ReconciliationSettings load(Path file) {
    return new ConfigLoader<>(ReconciliationSettings.class).file(file).load();
  }
}
