// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.flink.config.SluiceConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --config} and {@code --set}: the settings of the jobs. */
final class SettingsOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings of the jobs (default: config/sluice.yaml)")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "overrides one setting, such as flink.parallelism=2")
  private List<String> overrides = List.of();

  /**
   * The settings.
   *
   * @param more overrides that win over those of the command line
   */
  SluiceConfig load(List<String> more) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(more);
    return SluiceConfig.load(config == null ? Home.config("sluice.yaml") : config, all);
  }

  /** Whether the command line overrides this key. */
  boolean sets(String key) {
    return overrides.stream().anyMatch(one -> one.startsWith(key + "="));
  }
}
