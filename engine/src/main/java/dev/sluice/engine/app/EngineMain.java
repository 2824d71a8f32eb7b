// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigLoader;
import dev.sluice.engine.config.TrialSetup;
import dev.sluice.engine.core.JournalException;
import dev.sluice.engine.exchange.VenueUnreachableException;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.engine.gate.EpochStoreException;
import dev.sluice.engine.kafka.KafkaCheck;
import dev.sluice.engine.kafka.OutboxFullException;
import dev.sluice.engine.kafka.SenderEndedException;
import dev.sluice.schemas.text.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "3:the surroundings failed (Kafka or venue not reachable, Kafka takes no events, disk)",
      "130:stopped by a signal"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice engine --bootstrap localhost:9092",
      "  sluice engine --bootstrap kafka-1:9093 --kafka-properties engine.properties",
      "  sluice engine --scenario config/scenarios/soak-72h.yaml --progress json",
      "  sluice engine --data btc.raw.gz --speed 10 --set flags.queue_aware=false",
      "  sluice engine --venue http://127.0.0.1:9200 --state-dir /var/lib/sluice/mm-1",
      "  sluice engine --trial config/trials/auto-spread-queue-eta.yaml",
      "  sluice engine --venue http://127.0.0.1:9200 --shadow",
      "  sluice engine --duration 6h --seed 7 --state-dir /var/lib/sluice/mm-1"
    })
public final class EngineMain implements Callable<Integer> {
  /** Bad options, configuration or scenario. */
  public static final int EXIT_CONFIG = 2;

  /** The surroundings failed: Kafka or the disk. */
  public static final int EXIT_SURROUNDINGS = 3;

  /** Stopped by a signal. */
  public static final int EXIT_SIGNAL = 130;

  private static final String SHADOW_SUFFIX = "-shadow";
  private static final Path DEFAULT_CONFIG = Path.of("config", "engine.yaml");

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration (default: config/engine.yaml of the installation, else of the working"
              + " directory, where one exists).")
  private Path config;

  @Mixin private KafkaOptions kafka;
  @Mixin private ControlTrustOptions trust;

  @Option(
      names = "--engine-id",
      paramLabel = "ID",
      description = "Who this engine is (default: engine_id; with --shadow, engine_id-shadow).")
  private String engineId;

  @Option(
      names = "--trial",
      paramLabel = "FILE",
      description = "The trial this engine can run; it begins when control says so.")
  private Path trial;

  @Option(
      names = "--shadow",
      description =
          "Shadow another engine: the same market, but every order goes to a paper exchange in this"
              + " process; of --venue only the market is read, of --scenario its shadow_faults.")
  private boolean shadow;

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
      names = "--venue",
      paramLabel = "URL",
      description =
          "Trade at the venue that 'sluice venue' serves there, on its market and the wall clock.")
  private URI venue;

  @Option(
      names = "--speed",
      paramLabel = "SPEED",
      description =
          "paced: as fast as the judge follows; realtime: the wall clock; or a multiple of real"
              + " time (default: paced with --scenario or --data, else realtime).")
  private String speed;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random.")
  private Long seed;

  @Option(names = "--duration", paramLabel = "6h", description = "Event time to run for.")
  private String duration;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Remembers epoch, progress and orders over restarts; without it nothing is remembered.")
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
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Figures for Prometheus at http://127.0.0.1:PORT/metrics; 0 takes a free port (default:"
              + " none).")
  private Integer metricsPort;

  @Option(
      names = "--progress",
      paramLabel = "FORMAT",
      defaultValue = "none",
      description = "json: a line of JSON a second on stdout; none (${DEFAULT-VALUE}).")
  private Format progress;

  @Option(
      names = {"--out", "--output"},
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
      KafkaCheck.reachable(plan.kafka(), Duration.ofMillis(Durations.parseMs(kafkaWait)));
      return new EngineRun(plan, spec.commandLine().getOut()).play();
    } catch (ConfigException | IllegalArgumentException e) {
      error.println("engine: " + e.getMessage());
      return EXIT_CONFIG;
    } catch (KafkaCheck.UnreachableException
        | OutboxFullException
        | SenderEndedException
        | VenueUnreachableException e) {
      error.println("engine: " + e.getMessage());
      return EXIT_SURROUNDINGS;
    } catch (EpochStoreException e) {
      error.println("engine: " + failed(e) + "; no two engines may share a --state-dir");
      return EXIT_SURROUNDINGS;
    } catch (IOException | UncheckedIOException | JournalException e) {
      error.println("engine: " + failed(e) + "; check that the disk has room and may be used");
      return EXIT_SURROUNDINGS;
    }
  }

  /** What failed, where and why, in one line. */
  static String failed(Exception failure) {
    Throwable cause = failure.getCause();
    String what =
        failure instanceof IOException || failure.getMessage() == null
            ? told(failure)
            : failure.getMessage();
    String line = cause == null ? what : what + " (" + told(cause) + ")";
    return line.replaceAll("\\s*\\R\\s*", " ");
  }

  /** The message of an exception of the file system is but the file's name. */
  private static String told(Throwable failure) {
    String message = failure.getMessage();
    return message == null || failure instanceof FileSystemException ? failure.toString() : message;
  }

  /** What the options ask for. */
  RunPlan plan() {
    Scenario played = scenario == null ? null : Scenario.load(scenario);
    List<String> overrides = new ArrayList<>();
    if (played != null) {
      overrides.add("engine_id=" + played.engine());
      overrides.add("seed=" + played.seed());
      overrides.add("ticks_per_second=" + played.ticksPerSecond());
      overrides.add("symbols=" + played.symbols());
      overrides.addAll(played.settings());
    }
    overrides.addAll(settings);
    if (seed != null) {
      overrides.add("seed=" + seed);
    }
    String id = shadow ? shadowId(overrides) : engineId;
    if (id != null) {
      overrides.add("engine_id=" + id);
    }
    EngineConfig loaded = EngineConfigLoader.load(configFile(), overrides);
    Pace pace = Pace.parse(speed(played));
    if (pace.kind() == Pace.Kind.REALTIME && (played != null || !data.isEmpty())) {
      throw new ConfigException(
          "--speed realtime is for the simulated book on the wall clock; use --speed 1 here");
    }
    if (venue != null) {
      checkVenue(pace, played);
    }
    for (Path file : data) {
      if (!Files.isReadable(file)) {
        throw new ConfigException("--data " + file + ": cannot be read");
      }
    }
    long durationMs = duration == null ? -1 : Durations.parseMs(duration);
    return new RunPlan(
        loaded,
        trial == null ? null : TrialSetup.load(trial, configFile(), overrides),
        shadow,
        kafka.access(),
        trust.trust(),
        played,
        List.copyOf(data),
        venue,
        pace,
        durationMs,
        stateDir,
        metricsPort,
        progress == Format.json,
        out == Format.json);
  }

  /** Who a shadow is: never the engine it shadows, whose events and control it would take over. */
  private String shadowId(List<String> overrides) {
    String live = EngineConfigLoader.load(configFile(), overrides).engineId();
    if (live.equals(engineId)) {
      throw new ConfigException(
          "--engine-id "
              + engineId
              + ": with --shadow this is the engine that is shadowed (its engine_id); leave"
              + " --engine-id out for "
              + live
              + SHADOW_SUFFIX
              + ", or give the shadow a name of its own");
    }
    return engineId == null ? live + SHADOW_SUFFIX : engineId;
  }

  private void checkVenue(Pace pace, Scenario played) {
    if (pace.kind() != Pace.Kind.REALTIME || played != null || !data.isEmpty()) {
      throw new ConfigException(
          "--venue is another process on the wall clock: it goes with --speed realtime only, and"
              + " with neither --scenario nor --data");
    }
    boolean http = "http".equals(venue.getScheme()) || "https".equals(venue.getScheme());
    if (!http || venue.getHost() == null) {
      throw new ConfigException("--venue " + venue + ": expected http://HOST:PORT");
    }
  }

  private Path configFile() {
    if (config != null) {
      return config;
    }
    String home = System.getProperty("sluice.home");
    Path installed = home == null ? DEFAULT_CONFIG : Path.of(home).resolve(DEFAULT_CONFIG);
    if (Files.exists(installed)) {
      return installed;
    }
    return Files.exists(DEFAULT_CONFIG) ? DEFAULT_CONFIG : null;
  }

  private String speed(Scenario played) {
    if (speed != null) {
      return speed;
    }
    return played == null && data.isEmpty() ? "realtime" : "paced";
  }
}
