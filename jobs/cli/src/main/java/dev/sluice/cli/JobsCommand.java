// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.flink.EmbeddedFlink;
import dev.sluice.flink.app.AllJobs;
import dev.sluice.flink.app.LatestCheckpoint;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice jobs}: the whole judge on a Flink inside this process, against any Kafka. */
@Command(
    name = "jobs",
    description = {
      "Runs all jobs (buckets, stop criteria, integrity, reconciliation, portfolio risk, trials,",
      "gate, calibration, datasets) on a Flink in this process.",
      "On a cluster of your own use: flink run sluice-jobs.jar (docs/how-to)."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice jobs --bootstrap kafka-1:9092",
      "  sluice jobs --resume                       goes on from the newest checkpoint",
      "  sluice jobs --set roster=[mm-1,mm-2] --web-port 8081",
      "  sluice jobs --metrics-port 9249              figures for Prometheus"
    })
final class JobsCommand implements Callable<Integer> {
  /**
   * A busy machine takes its time for the last files; cut short, they are made by the next life.
   */
  private static final Duration STOP = Duration.ofMinutes(3);

  @Spec private CommandSpec spec;
  @Mixin private BootstrapOption bootstrap;
  @Mixin private OutputOption output;

  @Mixin private SettingsOption settings;

  @Option(
      names = "--resume",
      description = "goes on from the newest checkpoint or savepoint in flink.checkpoint.dir")
  private boolean resume;

  @Option(
      names = "--web-port",
      defaultValue = "0",
      description = "Flink's web UI on loopback (default: any free port)")
  private int webPort;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "figures for Prometheus at http://127.0.0.1:PORT/metrics (default: none)")
  private Integer metricsPort;

  @Override
  public Integer call() throws IOException {
    SluiceConfig loaded =
        settings
            .load(List.of("kafka.bootstrap=" + bootstrap.servers()))
            .withKafkaClient(bootstrap.access().properties());
    URI state = uri(loaded.flink().checkpoint().dir());
    boolean local = "file".equals(state.getScheme());
    if (resume && !local) {
      throw CliException.usage(
          "--resume looks for the newest checkpoint in local directories only",
          state.toString(),
          "use flink run --fromSavepoint, or set flink.checkpoint.dir to a local directory");
    }
    Path directory = local ? Path.of(state) : Path.of("").toAbsolutePath();
    Files.createDirectories(directory);
    Path log = directory.resolve("jobs.log");
    Logs.toFile(log);
    Optional<Path> from = resume ? Optional.of(newest(directory)) : Optional.empty();
    if (!resume && local) {
      warnOfAFreshStart(spec.commandLine().getErr(), directory);
    }
    try (EmbeddedFlink flink = start(loaded, from)) {
      tell(flink, from, state);
      Thread hook = new Thread(() -> stop(flink, state), "jobs-shutdown");
      Runtime.getRuntime().addShutdownHook(hook);
      JobStatus end = flink.awaitEnd();
      if (end == JobStatus.FAILED) {
        throw CliException.environment(
            "the job failed: " + flink.failure().orElse("?"),
            log.toString(),
            "mend the cause and run it with --resume",
            null);
      }
      return ExitCodes.OK;
    }
  }

  /** A directory as Flink takes it: a URI as it is, a path made absolute. */
  private static URI uri(String directory) {
    if (!directory.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return Path.of(directory).toAbsolutePath().normalize().toUri();
    }
    try {
      return new URI(directory);
    } catch (URISyntaxException e) {
      throw CliException.usage(
          "flink.checkpoint.dir is no URI: " + e.getReason(), directory, "give a path or a URI");
    }
  }

  /** Who starts the jobs again after a crash most likely wants to go on. */
  static void warnOfAFreshStart(PrintWriter err, Path directory) {
    LatestCheckpoint.find(directory)
        .ifPresent(
            newest ->
                err.println(
                    "sluice: warning: the judge starts afresh although there is a checkpoint ("
                        + newest
                        + "); --resume goes on from it"));
  }

  private static Path newest(Path state) {
    return LatestCheckpoint.find(state)
        .orElseThrow(
            () ->
                CliException.environment(
                    "no checkpoint to resume from",
                    state.toString(),
                    "start without --resume, or set flink.checkpoint.dir",
                    null));
  }

  private EmbeddedFlink start(SluiceConfig loaded, Optional<Path> from) {
    try {
      return EmbeddedFlink.start(
          new EmbeddedFlink.Options(
              "sluice",
              loaded.flink().parallelism(),
              webPort,
              from,
              metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort)),
          env -> AllJobs.define(env, loaded));
    } catch (IllegalStateException e) {
      throw CliException.environment(
          e.getMessage(), bootstrap.servers(), "check --bootstrap and --set", e);
    }
  }

  private void tell(EmbeddedFlink flink, Optional<Path> from, URI state) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String resumed = from.map(Path::toString).orElse("");
    if (output.json()) {
      out.println(
          Json.mapper()
              .writeValueAsString(
                  Map.of(
                      "web",
                      flink.webAddress(),
                      "resumed_from",
                      resumed,
                      "state",
                      "file".equals(state.getScheme())
                          ? Path.of(state).toString()
                          : state.toString())));
    } else {
      out.println(
          "the judge runs against "
              + bootstrap.servers()
              + (resumed.isEmpty() ? "" : ", resumed from " + resumed)
              + "; "
              + flink.webAddress()
              + "; stop with Ctrl-C");
    }
    out.flush();
  }

  /** An orderly end leaves a savepoint; what is complete becomes files. */
  private static void stop(EmbeddedFlink flink, URI state) {
    if (!flink.status().isGloballyTerminalState()) {
      flink.stopWithSavepoint(state, STOP);
    }
  }
}
