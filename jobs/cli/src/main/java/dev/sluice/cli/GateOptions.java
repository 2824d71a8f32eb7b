// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.baseline.LockFile;
import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.release.FlagsFile;
import dev.sluice.cli.release.GateRun;
import dev.sluice.cli.release.GateSettings;
import dev.sluice.cli.release.Stage;
import dev.sluice.cli.release.StageYaml;
import dev.sluice.cli.release.Waivers;
import dev.sluice.cli.verify.DatasetLocation;
import dev.sluice.rules.baseline.Baseline;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.schemas.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What every command over release gates is asked, and the run itself. */
final class GateOptions {
  private static final String NEWEST = "newest";

  @Option(
      names = "--stage",
      required = true,
      paramLabel = "STAGE",
      description = "shadow, soak, canary or ga; any file of the gates by its name")
  private String stage;

  @Option(
      names = "--datasets",
      required = true,
      paramLabel = "DIR|URI",
      description = "the evidence: a directory of datasets, or s3://...")
  private String datasets;

  @Option(names = "--gates", paramLabel = "DIR", description = "the gates (default: config/gates)")
  private Path gates;

  @Option(
      names = "--as-of",
      paramLabel = "TIME|newest",
      description = "the moment judged for (default: now); newest: that of the newest tick")
  private String asOf;

  @Option(
      names = "--since",
      description = "nothing before is looked at, such as 2026-01-05T00:00:00Z")
  private Instant since;

  @Option(names = "--until", description = "nothing from then on is looked at (default: --as-of)")
  private Instant until;

  @Option(
      names = "--provenance",
      paramLabel = "SOURCE",
      description = {
        "weakest evidence accepted: live, paper, replay or simulated (default: as the stage says).",
        "Weaker than the stage asks for is a rehearsal, and every output says so"
      })
  private Source provenance;

  @Option(names = "--build", paramLabel = "ID", description = "the build that is to be released")
  private String build;

  @Option(
      names = "--flags",
      paramLabel = "FILE",
      description = "snapshot that the engines' flags must equal (sluice flags snapshot)")
  private Path flags;

  @Option(
      names = "--baseline",
      paramLabel = "LOCK",
      description = "what income is compared with (sluice baseline lock); may be repeated")
  private List<Path> baselines = List.of();

  @Option(
      names = "--configuration",
      paramLabel = "DIR",
      description = "looked through for secrets (default: config)")
  private Path configuration;

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description =
          "looked through for secrets; may be repeated (default: logs beside the datasets)")
  private List<Path> logs = List.of();

  @Option(
      names = "--waivers",
      paramLabel = "FILE",
      description = "YAML: a list of {gate, who, why, granted, expires}, at most 14 days each")
  private Path waivers;

  @Option(
      names = "--approver",
      paramLabel = "NAME",
      description = "who approves, for the record; may be repeated")
  private List<String> approvers = List.of();

  /** A run with what it was asked. */
  record Ran(GateRun.Outcome outcome, StageYaml gates, GateSettings settings) {}

  /** Reads and judges; writes nothing. */
  Ran run(Consumer<String> progress) throws IOException {
    StageYaml yaml = new StageYaml(gates == null ? Home.config("gates") : gates);
    try {
      Stage read = yaml.read(stage);
      GateSettings settings = settings(read);
      try (DatasetLocation location = DatasetLocation.of(datasets)) {
        Path local = location.local(location.finished(file -> true), progress);
        try (Datasets opened = new Datasets(local)) {
          return new Ran(GateRun.run(read, yaml, settings, opened, progress), yaml, settings);
        }
      }
    } catch (CriteriaException e) {
      throw CliException.usage(
          e.getMessage(), "gates", "mend the file; docs/reference/gates.md has every key");
    }
  }

  /** Where logs are. */
  List<Path> logs() {
    if (!logs.isEmpty()) {
      for (Path directory : logs) {
        if (!Files.isDirectory(directory)) {
          throw CliException.usage("no such directory", directory.toString(), "give the --logs");
        }
      }
      return logs;
    }
    if (datasets.contains("://")) {
      return List.of();
    }
    Path beside = Path.of(datasets).toAbsolutePath().normalize().resolveSibling("logs");
    return Files.isDirectory(beside) ? List.of(beside) : List.of();
  }

  private GateSettings settings(Stage read) throws IOException {
    return new GateSettings(
        datasets,
        asOfUs(),
        until == null ? null : us(until),
        since == null ? null : us(since),
        provenance,
        build,
        flags == null ? null : FlagsFile.read(flags),
        locks(),
        configuration == null ? Home.find().resolve("config") : configuration,
        logs(),
        waivers == null ? List.of() : Waivers.read(waivers, read),
        approvers,
        "sluice " + Version.own());
  }

  private List<Baseline> locks() throws IOException {
    List<Baseline> locks = new ArrayList<>();
    for (Path file : baselines) {
      LockFile.Locked locked = LockFile.read(file);
      if (locked.baseline() == null) {
        throw CliException.usage(locked.problem(), file.toString(), "give the lock as it was made");
      }
      locks.add(locked.baseline());
    }
    return locks;
  }

  private Long asOfUs() {
    if (NEWEST.equals(asOf)) {
      return null;
    }
    try {
      return us(asOf == null ? Instant.now() : Instant.parse(asOf));
    } catch (DateTimeException e) {
      throw CliException.usage(
          "`" + asOf + "` is no time", "--as-of", "write 2026-01-05T00:00:00Z, or newest");
    }
  }

  private static long us(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
