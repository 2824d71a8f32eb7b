// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.schemas.text.Durations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the engine's process is started. */
public final class EngineArguments {
  /** The engine's own main class. */
  public static final String MAIN = "dev.sluice.engine.app.EngineMain";

  private EngineArguments() {}

  /** Which of the two engines. */
  enum Role {
    /** Sends its orders. */
    LIVE("engine"),
    /** Sees the same market and sends nothing. */
    SHADOW("engine-shadow");

    private final String file;

    Role(String file) {
      this.file = file;
    }

    /** Name of its log and of the directory with its state. */
    String file() {
      return file;
    }
  }

  /** Small heap, short start; the log goes to a file. */
  static List<String> jvm(Path logs, Role role) {
    return List.of(
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-Dlog4j2.configurationFile=sluice-log4j2-file.xml",
        "-Dsluice.log.file=" + logs.resolve(role.file() + ".log").toAbsolutePath());
  }

  static List<String> of(DemoOptions options, String bootstrap, Role role) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--bootstrap", bootstrap));
    Path config = options.config().resolve("engine.yaml");
    if (Files.exists(config)) {
      arguments.addAll(List.of("--config", config.toString()));
    }
    arguments.addAll(
        List.of("--scenario", options.out().resolve("scenario.yaml").toAbsolutePath().toString()));
    arguments.addAll(
        List.of("--state-dir", options.out().resolve(role.file()).toAbsolutePath().toString()));
    if (options.scenario().trial() != null) {
      Path plan = TrialFile.file(options.trials(), options.scenario().trial());
      arguments.addAll(List.of("--trial", plan.toAbsolutePath().toString()));
    }
    if (role == Role.SHADOW) {
      arguments.add("--shadow");
    }
    if (options.speed() > 0) {
      arguments.addAll(List.of("--speed", Double.toString(options.speed())));
    }
    if (!options.data().isEmpty()) {
      // With captures the scenario's length has to be asked for: theirs would be played otherwise.
      arguments.addAll(List.of("--duration", Durations.format(options.scenario().durationMs())));
    }
    for (Path data : options.data()) {
      arguments.addAll(List.of("--data", data.toAbsolutePath().toString()));
    }
    return arguments;
  }
}
