// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import java.nio.file.Path;
import java.util.List;

/**
 * What a judge is started with.
 *
 * @param bootstrap of Kafka
 * @param directory for logs and checkpoints
 * @param settings {@code key=value} over the configuration of the jobs, checkpoint directory,
 *     dataset directory and roster among them
 * @param parallelism of its operators
 */
public record JudgeSettings(
    String bootstrap, Path directory, List<String> settings, int parallelism) {
  /** Where the checkpoints are. */
  public Path checkpoints() {
    return directory.resolve("checkpoints");
  }
}
