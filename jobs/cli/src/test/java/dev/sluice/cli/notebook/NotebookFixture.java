// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** One run that holds something for every notebook; made once for all tests of this JVM. */
final class NotebookFixture {
  private static final String SCENARIO =
      """
      name: notebooks
      description: an hour with a breach, a recovery and half an hour of a trial
      start: 2026-01-05T00:00:00Z
      duration: 1h2m
      seed: 42
      engine: mm-1
      ticks_per_second: 1
      symbols: [SIMAUSDT, SIMBUSDT, SIMCUSDT, SIMDUSDT]
      trial: auto-spread-queue-eta
      trial_settings: ["stages=[0.5, 1.0]"]
      faults:
        - {id: miss-storm-11m, kind: deadline_storm, at: 4m, for: 11m,
           expect: [{criterion: deadline-miss, action: PAUSE, due: 10m10s}]}
      commands:
        - {at: 34m45s, action: START_TRIAL, who: test, why: to have one, trial: auto-spread-queue-eta}
      rollouts:
        - {to: "50", due: 34m45s}
      """;

  private static Path datasets;

  private NotebookFixture() {}

  /** The datasets of the run. */
  static synchronized Path datasets() throws Exception {
    if (datasets == null) {
      Path directory = Files.createTempDirectory("sluice-notebooks-");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> dev.sluice.cli.Cleanup.delete(directory)));
      Path scenario = Files.writeString(directory.resolve("notebooks.yaml"), SCENARIO);
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int code =
          Main.run(
              new PrintWriter(out, true),
              new PrintWriter(err, true),
              "demo",
              "--scenario",
              scenario.toString(),
              "--out",
              directory.resolve("run").toString());
      assertThat(code).as("%s%n%s", err, out).isEqualTo(ExitCodes.OK);
      datasets = directory.resolve("run").resolve("datasets");
    }
    return datasets;
  }
}
