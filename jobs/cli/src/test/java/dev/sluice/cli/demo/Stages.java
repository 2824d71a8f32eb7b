// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.Home;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.ProcessSite;
import dev.sluice.engine.fault.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A stage for tests that play something of their own: broker, judge and engine as processes. */
final class Stages {
  private Stages() {}

  static DrillStage of(Path directory, Scenario scenario) throws IOException {
    Path config = Home.find().resolve("config").resolve("sluice.yaml");
    return new DrillStage(
        directory,
        scenario,
        new ProcessSite(directory, config),
        List.of("flink.checkpoint.interval=1s", "flink.checkpoint.min_pause=200ms"),
        List.of(),
        1,
        line -> {});
  }
}
