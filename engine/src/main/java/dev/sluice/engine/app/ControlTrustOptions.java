// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.gate.edge.ControlTrust;
import dev.sluice.schemas.signature.KeyException;
import dev.sluice.schemas.signature.KeyFile;
import dev.sluice.schemas.text.Durations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --control-key} and what goes with it: whose control and leases the engine believes. */
final class ControlTrustOptions {
  @Option(
      names = "--control-key",
      paramLabel = "FILE",
      description =
          "Believe only control records and leases signed with this key; may be repeated while a"
              + " key is replaced (default: believe whoever may write to the topics).")
  private List<Path> keys = new ArrayList<>();

  @Option(
      names = "--accept-unsigned",
      description =
          "With --control-key: believe records without a signature too, until the gate signs.")
  private boolean acceptUnsigned;

  @Option(
      names = "--max-lease-age",
      paramLabel = "10s",
      defaultValue = "10s",
      description =
          "With --control-key: refuse a lease issued longer ago, or so far in the future"
              + " (${DEFAULT-VALUE}).")
  private String maxLeaseAge;

  /**
   * What was asked for, with the keys read.
   *
   * @throws ConfigException when a key cannot be used, or the options do not go together
   */
  ControlTrust trust() {
    if (acceptUnsigned && keys.isEmpty()) {
      throw new ConfigException("--accept-unsigned goes with --control-key only");
    }
    try {
      return new ControlTrust(
          keys.stream().map(KeyFile::verifying).toList(),
          acceptUnsigned,
          Durations.parseMs(maxLeaseAge));
    } catch (KeyException e) {
      throw new ConfigException("--control-key: " + e.getMessage(), e);
    }
  }
}
