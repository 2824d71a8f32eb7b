// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigLoader;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.engine.kafka.KafkaCheck;
import dev.sluice.engine.kafka.OutboxFullException;
import dev.sluice.schemas.text.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The engine's command: reads its options, assembles a run, plays it. The exit code is the result.
 */
@Command(
    name = "engine",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "A paper-trading market maker: publishes what it does to Kafka and obeys the control topic.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:finished",
      "2:bad option, configuration or scenario",
      "3:Kafka cannot be reached or took no events for too long",
      "130:stopped by a signal"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  engine --bootstrap localhost:9092 --speed realtime",
      "  engine --scenario config/scenarios/soak-72h.yaml --progress json --out json",
      "  engine --data btc.raw.gz --data eth.raw.gz --speed 10 --set flags.queue_aware=false",
      "  engine --duration 6h --seed 7 --state-dir /var/lib/sluice/mm-1"
    })
public final class EngineMain implements Callable<Integer> {
  /** Bad options, configuration or scenario. */
  public static final int EXIT_CONFIG = 2;

  /** Kafka cannot be reached. */
  public static final int EXIT_KAFKA = 3;

  /** Stopped by a signal. */
  public static final int EXIT_SIGNAL = 130;

  private static final Path DEFAULT_CONFIG = Path.of("config", "engine.yaml");

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration; default config/engine.yaml where that exists.")
  private Path config;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "Kafka (${DEFAULT-VALUE}).")
  private String bootstrap;

  @Option(names = "--engine-id", paramLabel = "ID", description = "Who this engine is.")
  private String engineId;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "Play this scenario: start, duration, seed, symbols and faults.")
  private Path scenario;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Replay these captures instead of the simulated book.")
  private List<Path> data = new ArrayList<>();

  @Option(
      names = "--speed",
      paramLabel = "SPEED",
      defaultValue = "paced",
      description =
          "paced: as fast as the judge follows; realtime; or a multiple of real time"
              + " (${DEFAULT-VALUE}).")
  private String speed;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random.")
  private Long seed;

  @Option(names = "--duration", paramLabel = "6h", description = "Event time to run for.")
  private String duration;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "Remembers epoch and progress over restarts; without it nothing is remembered.")
  private Path stateDir;

  @Option(
      names = "--kafka-wait",
      paramLabel = "10s",
      defaultValue = "10s",
      description = "How long to wait for Kafka's first answer (${DEFAULT-VALUE}).")
  private String kafkaWait;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a configuration key; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--progress",
      paramLabel = "FORMAT",
      defaultValue = "none",
      description = "json: a line of JSON a second on stdout; none (${DEFAULT-VALUE}).")
  private Format progress;

  @Option(
      names = "--out",
      paramLabel = "FORMAT",
      defaultValue = "json",
      description = "json: a line of JSON at the end; none (${DEFAULT-VALUE}).")
  private Format out;

  /** How to print. */
  public enum Format {
    json,
    none
  }

  /** Runs the engine and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs the engine; returns its exit code. */
  public static int run(String... args) {
    return commandLine().execute(args);
  }

  /** The command with its reading rules, to run or to mount under another command. */
  public static CommandLine commandLine() {
    return new CommandLine(new EngineMain()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() {
    PrintWriter error = spec.commandLine().getErr();
    try {
      RunPlan plan = plan();
      KafkaCheck.reachable(bootstrap, Duration.ofMillis(Durations.parseMs(kafkaWait)));
      return new EngineRun(plan, spec.commandLine().getOut()).play();
    } catch (ConfigException | IllegalArgumentException e) {
      error.println("engine: " + e.getMessage());
      return EXIT_CONFIG;
    } catch (KafkaCheck.UnreachableException | OutboxFullException e) {
      error.println("engine: " + e.getMessage());
      return EXIT_KAFKA;
    } catch (IOException | UncheckedIOException e) {
      error.println("engine: " + e.getMessage());
      return EXIT_CONFIG;
    }
  }

  private RunPlan plan() {
    Scenario played = scenario == null ? null : Scenario.load(scenario);
    List<String> overrides = new ArrayList<>();
    if (played != null) {
      overrides.add("engine_id=" + played.engine());
      overrides.add("seed=" + played.seed());
      overrides.add("ticks_per_second=" + played.ticksPerSecond());
      overrides.add("symbols=" + played.symbols());
    }
    overrides.addAll(settings);
    if (engineId != null) {
      overrides.add("engine_id=" + engineId);
    }
    if (seed != null) {
      overrides.add("seed=" + seed);
    }
    EngineConfig loaded = EngineConfigLoader.load(configFile(), overrides);
    Pace pace = Pace.parse(speed);
    if (pace.kind() == Pace.Kind.REALTIME && (played != null || !data.isEmpty())) {
      throw new ConfigException(
          "--speed realtime is for the simulated book on the wall clock; use --speed 1 here");
    }
    for (Path file : data) {
      if (!Files.isReadable(file)) {
        throw new ConfigException("--data " + file + ": cannot be read");
      }
    }
    long durationMs = duration == null ? -1 : Durations.parseMs(duration);
    return new RunPlan(
        loaded,
        bootstrap,
        played,
        List.copyOf(data),
        pace,
        durationMs,
        stateDir,
        progress == Format.json,
        out == Format.json);
  }

  private Path configFile() {
    if (config != null) {
      return config;
    }
    return Files.exists(DEFAULT_CONFIG) ? DEFAULT_CONFIG : null;
  }
}
