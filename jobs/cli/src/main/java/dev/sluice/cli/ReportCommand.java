// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.report.GateSection;
import dev.sluice.cli.report.GivenSection;
import dev.sluice.cli.report.Report;
import dev.sluice.cli.report.ReportPage;
import dev.sluice.cli.report.ReportRun;
import dev.sluice.cli.report.ReportSpan;
import dev.sluice.cli.report.ReportText;
import dev.sluice.cli.verify.DatasetLocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice report}: a day, a run so far, a soak or a release, told from the datasets. */
@Command(
    name = "report",
    description = {
      "Tells a span of event time from the datasets, as JSON, Markdown and one HTML page.",
      "It sees nothing from after the span, so that a report of last week says what was known then."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice report daily --datasets out/demo-1/datasets --day 2026-01-05",
      "  sluice report midrun --datasets out/demo-1/datasets --as-of 2026-01-06T12:00:00Z",
      "  sluice report soak --datasets out/demo-1/datasets --engine mm-1 --out out/soak",
      "  sluice report release --datasets out/demo-1/datasets --gates gates.json",
      "  sluice report daily --datasets s3://archive/datasets --day 2026-01-05 --output json | jq .verdict"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the report was written, whatever it says",
      "2:wrong use, or nothing to tell",
      "3:the surroundings failed (disk, object store)"
    })
final class ReportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What all kinds of reports take. */
  static final class Common {
    @Option(
        names = "--datasets",
        required = true,
        paramLabel = "DIR|URI",
        description = "datasets to tell from")
    private String where;

    @Option(names = "--engine", paramLabel = "ID", description = "of this engine only")
    private String engine;

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "report.json, report.md and report.html go here (default: out/report-<time>)")
    private Path out;

    @Mixin private OutputOption output;
  }

  /** A span given by hand. */
  static final class SpanOption {
    @Option(names = "--since", description = "event time from which on (default: the first)")
    private Instant since;

    @Option(
        names = {"--until", "--as-of"},
        description = "event time before which, such as 2026-01-06T12:00:00Z (default: the last)")
    private Instant until;
  }

  @Command(
      name = "daily",
      description = "One day, midnight to midnight UTC.",
      mixinStandardHelpOptions = true)
  int daily(
      @Mixin Common common,
      @Option(
              names = "--day",
              paramLabel = "DATE",
              description = "such as 2026-01-05 (default: the last whole day there is)")
          LocalDate day)
      throws IOException {
    return write(
        common,
        (since, until) -> {
          LocalDate chosen =
              day != null ? day : LocalDate.ofInstant(until, ZoneOffset.UTC).minusDays(1);
          Instant from = chosen.atStartOfDay(ZoneOffset.UTC).toInstant();
          return new ReportSpan("daily", from, from.plus(Duration.ofDays(1)), common.engine);
        });
  }

  @Command(
      name = "midrun",
      description = "A run so far, from its begin to any moment.",
      mixinStandardHelpOptions = true)
  int midrun(@Mixin Common common, @ArgGroup(exclusive = false) SpanOption span)
      throws IOException {
    return write(common, (since, until) -> given("midrun", common, span, since, until));
  }

  @Command(
      name = "soak",
      description = "A soak from its begin to its end.",
      mixinStandardHelpOptions = true)
  int soak(@Mixin Common common, @ArgGroup(exclusive = false) SpanOption span) throws IOException {
    return write(common, (since, until) -> given("soak", common, span, since, until));
  }

  @Command(
      name = "release",
      description = "What a release is decided on.",
      mixinStandardHelpOptions = true)
  int release(
      @Mixin Common common,
      @ArgGroup(exclusive = false) SpanOption span,
      @Option(
              names = "--gates",
              paramLabel = "FILE",
              description = "what 'sluice gate run --output json' said (default: no such section)")
          Path gates)
      throws IOException {
    return write(common, (since, until) -> given("release", common, span, since, until), gates);
  }

  private static ReportSpan given(
      String kind, Common common, SpanOption span, Instant since, Instant until) {
    return new ReportSpan(
        kind,
        span == null || span.since == null ? since : span.since,
        span == null || span.until == null ? until : span.until,
        common.engine);
  }

  /** Makes the span, given the first and the last moment there is. */
  private interface Spans {
    ReportSpan of(Instant since, Instant until);
  }

  private int write(Common common, Spans spans) throws IOException {
    return write(common, spans, null);
  }

  private int write(Common common, Spans spans, Path gates) throws IOException {
    Consumer<String> progress = VerifyCommand.progress(spec.commandLine().getErr());
    Report report;
    try (DatasetLocation location = DatasetLocation.of(common.where)) {
      Path local = location.local(location.finished(file -> true), progress);
      try (Datasets datasets = new Datasets(local)) {
        ReportSpan span = span(common, datasets, spans);
        List<GivenSection> given =
            gates == null ? List.of() : List.of(GateSection.read(gates, span));
        report = new ReportRun(datasets).of(span, given, progress);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (common.output.json()) {
      out.print(ReportText.json(report));
    }
    if (!common.output.json() || common.out != null) {
      Path directory = OutDirectory.of(common.out, "report");
      Files.writeString(directory.resolve("report.json"), ReportText.json(report));
      Files.writeString(directory.resolve("report.md"), ReportText.markdown(report));
      Files.writeString(directory.resolve("report.html"), ReportPage.of(report));
      if (!common.output.json()) {
        out.println(report.verdict() + ": " + report.headline());
        out.println(directory.resolve("report.html"));
      }
    }
    out.flush();
    return ExitCodes.OK;
  }

  private static ReportSpan span(Common common, Datasets datasets, Spans spans) {
    if (!datasets.has("health")) {
      throw CliException.usage(
          "there is no dataset health", common.where, "give the datasets directory of a run");
    }
    Map<String, Object> ends =
        datasets
            .query(
                "SELECT epoch_us(min(event_time_us)) AS since_us, epoch_us(max(event_time_us)) AS until_us FROM health"
                    + (common.engine == null
                        ? ""
                        : " WHERE engine_id = " + Datasets.text(common.engine)))
            .maps()
            .get(0);
    if (ends.get("since_us") == null) {
      throw CliException.usage(
          "there is not one heartbeat", common.where, "check --engine, or give another directory");
    }
    return spans.of(moment(ends.get("since_us")), moment(ends.get("until_us")).plusSeconds(1));
  }

  private static Instant moment(Object us) {
    return Instant.EPOCH.plus(((Number) us).longValue(), ChronoUnit.MICROS);
  }
}
