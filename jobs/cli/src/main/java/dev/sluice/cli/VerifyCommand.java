// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.verify.DatasetLocation;
import dev.sluice.cli.verify.ManifestCheck;
import dev.sluice.cli.verify.Span;
import dev.sluice.cli.verify.Verification;
import dev.sluice.cli.verify.VerificationText;
import dev.sluice.cli.verify.Verifier;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.rules.completeness.CompletenessSettings;
import dev.sluice.schemas.text.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice verify}: are these datasets whole? */
@Command(
    name = "verify",
    description = {
      "Proves that datasets are whole: per engine, run and stream every number that was sent is",
      "stored, no offset of a topic is missing or stored twice, time is covered without a gap,",
      "no record points at nothing, and every file is as its manifest has it.",
      "Of a URI (s3://...) every file is copied into a temporary directory first, and deleted after."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice verify out/demo-1/datasets",
      "  sluice verify out/demo-1/datasets --covered 3h --engine mm-1",
      "  sluice verify s3://archive/datasets --since 2026-01-05T00:00:00Z --until 2026-01-06T00:00:00Z",
      "  sluice verify data/datasets --output json | jq '.checks[] | select(.result != \"PASS\")'"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:complete: every check passed",
      "2:not complete: a check failed or had no data; also wrong use, with a line on standard error"
          + " and nothing on standard output",
      "3:the surroundings failed (disk, object store)"
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "DIR|URI", description = "the datasets")
  private String where;

  @Option(names = "--since", description = "event time from which on, such as 2026-01-05T00:00:00Z")
  private Instant since;

  @Option(names = "--until", description = "event time before which; time must be covered up to it")
  private Instant until;

  @Option(names = "--engine", paramLabel = "ID", description = "of this engine only")
  private String engine;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "configuration with the section verify (default: config/sluice.yaml)")
  private Path config;

  @Option(
      names = "--covered",
      paramLabel = "DURATION",
      description = "time to be covered without a gap, such as 1h; instead of verify.covered")
  private String covered;

  @Option(
      names = "--count-delta",
      paramLabel = "N",
      description = "records per stream that may be missing; instead of verify.count_delta")
  private Long countDelta;

  @Override
  public Integer call() throws IOException {
    CompletenessSettings limits = limits();
    Span span = new Span(since, until, engine);
    Consumer<String> progress = progress(spec.commandLine().getErr());
    Verification found;
    try (DatasetLocation location = DatasetLocation.of(where)) {
      ManifestCheck.Result manifests = ManifestCheck.of(location.files(), progress);
      Path local = location.local(location.finished(file -> true), progress);
      found = Verifier.verify(local, where, span, limits, manifests, progress);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(output.json() ? VerificationText.json(found) + "\n" : VerificationText.text(found));
    out.flush();
    return found.complete() ? ExitCodes.OK : ExitCodes.NOT_COMPLETE;
  }

  private CompletenessSettings limits() {
    CompletenessSettings limits =
        SluiceConfig.load(config == null ? Home.config("sluice.yaml") : config, List.of()).verify();
    limits = covered == null ? limits : limits.covering(Durations.parseMs(covered));
    return countDelta == null ? limits : limits.lacking(countDelta);
  }

  /** A line per step, on standard error. */
  static Consumer<String> progress(PrintWriter err) {
    return line -> {
      err.println("sluice: " + line);
      err.flush();
    };
  }
}
