// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.CliException;
import dev.sluice.cli.process.ChildProcess;
import java.util.ArrayList;
import java.util.List;

/** The engine's process and, where the scenario has one, its shadow's. */
final class Engines implements AutoCloseable {
  private static final int LAST_LINES = 12;

  private final DemoOptions options;
  private final List<ChildProcess> processes = new ArrayList<>();

  private Engines(DemoOptions options) {
    this.options = options;
  }

  /** Starts what the scenario needs. */
  static Engines start(DemoOptions options, String bootstrap) {
    Engines engines = new Engines(options);
    engines.start(bootstrap, EngineArguments.Role.LIVE);
    if (options.scenario().shadow()) {
      engines.start(bootstrap, EngineArguments.Role.SHADOW);
    }
    return engines;
  }

  private void start(String bootstrap, EngineArguments.Role role) {
    processes.add(
        ChildProcess.java(
            EngineArguments.MAIN,
            EngineArguments.jvm(options.logs(), role),
            EngineArguments.of(options, bootstrap, role),
            options.logs().resolve(role.file() + ".out")));
  }

  /** Ids of the processes, for people. */
  String pids() {
    return String.join(" and ", processes.stream().map(p -> Long.toString(p.pid())).toList());
  }

  /** True while one of them runs. */
  boolean alive() {
    return processes.stream().anyMatch(ChildProcess::alive);
  }

  /**
   * Looks whether one has failed.
   *
   * @throws CliException when one has ended with another exit code than 0
   */
  void check() {
    for (ChildProcess process : processes) {
      if (!process.alive() && process.exitCode() != 0) {
        throw CliException.environment(
            "the engine ended with exit code " + process.exitCode(),
            "its last words: " + String.join(" | ", process.lastLines(LAST_LINES)),
            "see " + options.logs(),
            null);
      }
    }
  }

  @Override
  public void close() {
    processes.forEach(ChildProcess::close);
  }
}
