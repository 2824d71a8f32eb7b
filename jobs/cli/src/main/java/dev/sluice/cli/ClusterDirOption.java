// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.cluster.LocalCluster;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --dir DIR}: which local cluster. */
final class ClusterDirOption {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "data/cluster",
      description = "holds everything of the cluster (default: ${DEFAULT-VALUE})")
  private Path directory;

  Path directory() {
    return directory;
  }

  /** The cluster that was started there. */
  LocalCluster attach() {
    return LocalCluster.attach(directory);
  }
}
