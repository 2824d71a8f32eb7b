// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.engine.fault.Scenario;
import java.nio.file.Path;
import java.util.List;

/**
 * What to play, with what, and where to.
 *
 * @param data captures to replay instead of the simulated book, in order; empty for the book
 * @param speed event time / wall clock at most; 0 as fast as the lease allows
 * @param out directory of this run; new or empty
 * @param keep whether the broker's log and the checkpoints stay when it is over
 * @param config directory with {@code sluice.yaml}, {@code engine.yaml}, {@code criteria/} and
 *     {@code trials/}
 */
public record DemoOptions(
    Scenario scenario, List<Path> data, double speed, Path out, boolean keep, Path config) {
  Path logs() {
    return out.resolve("logs");
  }

  Path datasets() {
    return out.resolve("datasets");
  }

  Path checkpoints() {
    return out.resolve("checkpoints");
  }

  /** The plan of the scenario's trial, as it was played. */
  Path trials() {
    return out.resolve("trials");
  }

  Path broker() {
    return out.resolve("broker");
  }
}
