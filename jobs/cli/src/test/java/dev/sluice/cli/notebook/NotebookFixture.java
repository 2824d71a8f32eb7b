// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Cleanup;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two short runs, a breach and a trial, each played once for all tests of this JVM. */
final class NotebookFixture {
  private static final String MARKET =
      """
      start: 2026-01-05T00:00:00Z
      seed: 42
      engine: mm-1
      ticks_per_second: 1
      symbols: [SIMAUSDT, SIMBUSDT, SIMCUSDT, SIMDUSDT]
      """;

  private static final String BREACH =
      """
      name: breach
      description: a storm of eleven minutes, and what follows
      duration: 32m
      faults:
        - {id: miss-storm-11m, kind: deadline_storm, at: 4m, for: 11m,
           expect: [{criterion: deadline-miss, action: PAUSE, due: 10m10s}]}
      """;

  private static final String TRIAL =
      """
      name: trial
      description: twenty minutes of a trial
      duration: 30m
      trial: auto-spread-queue-eta
      trial_settings: ["stages=[0.5, 1.0]"]
      faults: []
      commands:
        - {at: 9m45s, action: START_TRIAL, who: test, why: to have one, trial: auto-spread-queue-eta}
      rollouts:
        - {to: "50", due: 9m45s}
      """;

  private static Path breach;
  private static Path trial;

  private NotebookFixture() {}

  /** Datasets of half an hour in which deadline-miss pauses the engine. */
  static synchronized Path breach() throws Exception {
    if (breach == null) {
      breach = played(BREACH);
    }
    return breach;
  }

  /** Datasets of half an hour in which a trial runs at 50 %. */
  static synchronized Path trial() throws Exception {
    if (trial == null) {
      trial = played(TRIAL);
    }
    return trial;
  }

  private static Path played(String scenario) throws Exception {
    Path directory = Files.createTempDirectory("sluice-notebooks-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Cleanup.delete(directory)));
    Path file = Files.writeString(directory.resolve("scenario.yaml"), scenario + MARKET);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "demo",
            "--scenario",
            file.toString(),
            "--out",
            directory.resolve("run").toString());
    assertThat(code).as("%s%n%s", err, out).isEqualTo(ExitCodes.OK);
    return directory.resolve("run").resolve("datasets");
  }
}
