// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.baseline.BaselineText;
import dev.sluice.cli.baseline.JUnitReport;
import dev.sluice.cli.baseline.LockFile;
import dev.sluice.cli.baseline.Measured;
import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.verify.DatasetLocation;
import dev.sluice.cli.verify.Span;
import dev.sluice.flink.io.DatasetFiles;
import dev.sluice.rules.baseline.Baseline;
import dev.sluice.rules.baseline.BaselineCheck;
import dev.sluice.rules.baseline.BaselineJudge;
import dev.sluice.rules.baseline.BaselineLimits;
import dev.sluice.schemas.text.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice baseline}: lock a build's performance, and hold the next one to it. */
@Command(
    name = "baseline",
    description = "Locks a build's performance in a file, and holds other builds to it.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice baseline lock --datasets out/demo-1/datasets --out baseline.lock.json",
      "  sluice baseline validate --lock baseline.lock.json --datasets out/demo-2/datasets --junit baseline.xml"
    })
final class BaselineCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Which run is measured. */
  static final class RunOption {
    @Option(
        names = "--datasets",
        required = true,
        paramLabel = "DIR|URI",
        description = "datasets of the run; ticks and heartbeats are read")
    private String where;

    @Option(
        names = "--since",
        description = "event time from which on, such as 2026-01-05T00:00:00Z")
    private Instant since;

    @Option(names = "--until", description = "event time before which")
    private Instant until;

    @Option(
        names = "--engine",
        paramLabel = "ID",
        description = "the engine, where there are several")
    private String engine;

    Baseline measure(String otherwise, PrintWriter err) throws IOException {
      Span span = new Span(since, until, engine == null ? otherwise : engine);
      try (DatasetLocation location = DatasetLocation.of(where)) {
        Path local =
            location.local(location.finished(RunOption::wanted), VerifyCommand.progress(err));
        try (Datasets datasets = new Datasets(local)) {
          return Measured.of(
              datasets, where, span, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        }
      }
    }

    private static boolean wanted(DatasetFiles.Found file) {
      return file.path().matches("(dataset=)?(ticks|health)/.*");
    }
  }

  @Command(
      name = "lock",
      description = {
        "Writes the figures of a run, what it ran on, and a hash of it all.",
        "Lock on the machine that ran it: it is the one that is recorded."
      },
      mixinStandardHelpOptions = true)
  int lock(
      @Mixin RunOption run,
      @Mixin OutputOption output,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              defaultValue = "baseline.lock.json",
              description = "the lock (default: ${DEFAULT-VALUE}); one that is there is replaced")
          Path file,
      @Option(
              names = "--min-samples",
              paramLabel = "N",
              defaultValue = "" + BaselineLimits.MIN_SAMPLES,
              description = "ticks it needs (default: ${DEFAULT-VALUE})")
          long minSamples)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Baseline baseline = run.measure(null, spec.commandLine().getErr());
    List<String> missing =
        Baseline.STAGES.stream().filter(s -> !baseline.latency().containsKey(s)).toList();
    if (!missing.isEmpty()) {
      throw CliException.usage(
          "no tick has the stage " + String.join(", ", missing),
          baseline.engineId(),
          "lock a run of an engine that tells its stages");
    }
    if (baseline.ticks() < minSamples) {
      throw CliException.usage(
          baseline.ticks() + " ticks are too few for a baseline, " + minSamples + " are needed",
          baseline.engineId(),
          "lock a longer run, or give --min-samples");
    }
    String text = LockFile.text(baseline);
    Files.writeString(file, text);
    out.print(output.json() ? text : BaselineText.of(baseline) + "\nLocked in " + file + "\n");
    out.flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "validate",
      description = {
        "Holds a run to a lock: p95 of a stage at most +3 %, of the whole pass at most +10 %,",
        "cache hits at least 60 %, deadline misses at most 2 %. A stage that is missing, too few",
        "samples, and a lock that was altered or is too old fail too. Another host,",
        "configuration or provenance is said, and fails with --strict."
      },
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:as good as the baseline",
        "2:not as good, or it cannot be told; also wrong use, with a line on standard error and"
            + " nothing on standard output",
        "3:the surroundings failed (disk, object store)"
      })
  int validate(
      @Mixin RunOption run,
      @Mixin OutputOption output,
      @Option(names = "--lock", required = true, paramLabel = "FILE", description = "the lock")
          Path lock,
      @Option(names = "--junit", paramLabel = "FILE", description = "JUnit XML is written here too")
          Path junit,
      @Option(
              names = "--min-samples",
              paramLabel = "N",
              defaultValue = "" + BaselineLimits.MIN_SAMPLES,
              description = "ticks and lookups both need (default: ${DEFAULT-VALUE})")
          long minSamples,
      @Option(
              names = "--max-age",
              paramLabel = "DURATION",
              defaultValue = "90d",
              description = "a lock older than this fails (default: ${DEFAULT-VALUE})")
          String maxAge,
      @Option(names = "--strict", description = "another host, configuration or provenance fails")
          boolean strict)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    LockFile.Locked locked = LockFile.read(lock);
    String engine = "unknown";
    List<BaselineCheck> checks;
    if (locked.problem() != null) {
      checks = BaselineJudge.altered(locked.problem());
    } else {
      Baseline measured = run.measure(locked.baseline().engineId(), spec.commandLine().getErr());
      engine = measured.engineId();
      checks =
          BaselineJudge.judge(
              locked.baseline(),
              measured,
              BaselineLimits.DEFAULT.with(minSamples, Durations.parseMs(maxAge), strict));
    }
    if (junit != null) {
      Files.writeString(junit, JUnitReport.of(engine, checks));
    }
    out.print(output.json() ? BaselineText.json(engine, checks) + "\n" : BaselineText.of(checks));
    out.flush();
    return checks.stream().allMatch(BaselineCheck::passes) ? ExitCodes.OK : ExitCodes.NOT_COMPLETE;
  }
}
