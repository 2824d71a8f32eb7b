// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.calibrate.CalibrationRows;
import dev.sluice.cli.calibrate.ReadinessText;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.io.parquet.read.DatasetFile;
import dev.sluice.rules.calibration.CalibrationSet;
import dev.sluice.rules.calibration.CalibrationSettings;
import dev.sluice.rules.calibration.Readiness;
import dev.sluice.rules.calibration.ReadinessJudge;
import dev.sluice.rules.calibration.ReadinessReport;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.text.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code sluice calibrate DIR}: is there enough sane data to fit a model on, and what is missing.
 */
@Command(
    name = "calibrate",
    description = {
      "Says, per engine, symbol and arm, how much event time the intervals cover, how many are",
      "filtered and why, and whether that is enough. Reads the calibration dataset, or makes it",
      "anew from the archived buckets when there is none. Ends with 2 unless everything is ready."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice calibrate out/demo-1/datasets",
      "  sluice calibrate data/datasets --engine mm-1 --symbol BTCUSDT --output json",
      "  sluice calibrate s3://bucket/datasets --out data/calibration   rows of a backfill, kept"
    })
final class CalibrateCommand implements Callable<Integer> {
  /** Arms as they are asked for; a row outside a trial has none. */
  enum ArmOption {
    A,
    B,
    NONE
  }

  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "DIR", description = "directory or URI of the datasets")
  private String data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "makes the rows anew and keeps them here as dataset=calibration")
  private String out;

  @Option(
      names = "--backfill",
      description = "makes the rows anew even where there are some (default: only where not)")
  private boolean backfill;

  @Option(names = "--engine", paramLabel = "ID", description = "this engine alone")
  private String engine;

  @Option(names = "--symbol", paramLabel = "SYMBOL", description = "this symbol alone")
  private String symbol;

  @Option(
      names = "--arm",
      paramLabel = "A|B|none",
      description = "this arm alone; none: outside trials")
  private ArmOption arm;

  @Option(
      names = "--min-covered",
      paramLabel = "DURATION",
      description = "event time to cover (default: calibration.ready_after, 24h)")
  private String minCovered;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings of the jobs (default: config/sluice.yaml)")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "overrides one setting, such as calibration.min_ticks=20")
  private List<String> overrides = List.of();

  @Override
  public Integer call() throws IOException {
    SluiceConfig settings = load(List.of());
    CalibrationSettings calibration = settings.calibration();
    if (minCovered != null) {
      calibration = calibration.readyAfter(Durations.parseMs(minCovered));
    }
    CalibrationRows rows = new CalibrationRows(engine);
    List<DatasetFile> archived = rows.files(data);
    boolean anew = backfill || out != null || archived.isEmpty();
    CalibrationSet set = anew ? made(rows) : rows.read(archived, this::wanted);
    ReadinessReport report = new ReadinessJudge(calibration).judge(set);
    print(report);
    boolean ready =
        report.readiness() == Readiness.READY || report.readiness() == Readiness.READY_WITH_WARNING;
    return ready ? ExitCodes.OK : ExitCodes.USAGE;
  }

  private CalibrationSet made(CalibrationRows rows) throws IOException {
    if (out != null && !rows.files(out).isEmpty()) {
      throw CliException.usage(
          "there is a calibration dataset already", out, "give --out a directory without one");
    }
    Path scratch = Files.createTempDirectory("sluice-calibrate");
    try {
      String target = out == null ? scratch.resolve("datasets").toString() : out;
      List<String> ownSettings =
          List.of(
              "datasets.dir=" + target,
              "flink.checkpoint.dir=" + scratch.resolve("checkpoints"),
              "flink.checkpoint.interval=1s",
              "flink.checkpoint.min_pause=100ms");
      spec.commandLine().getErr().println("sluice: makes the intervals anew from " + data);
      if (!rows.backfill(data, load(ownSettings))) {
        spec.commandLine().getErr().println("sluice: there is not one bucket in " + data);
        return new CalibrationSet();
      }
      return rows.read(rows.files(target), this::wanted);
    } finally {
      Cleanup.delete(scratch);
    }
  }

  private SluiceConfig load(List<String> ownSettings) {
    Path file = config == null ? Home.config("sluice.yaml") : config;
    List<String> settings = new ArrayList<>(overrides);
    settings.addAll(ownSettings);
    return SluiceConfig.load(file, settings);
  }

  private boolean wanted(Calibration row) {
    boolean ofArm =
        arm == null
            || (row.arm() == null ? arm == ArmOption.NONE : row.arm().name().equals(arm.name()));
    return ofArm && (symbol == null || symbol.equals(row.symbol()));
  }

  private void print(ReadinessReport report) throws JsonProcessingException {
    PrintWriter result = spec.commandLine().getOut();
    if (output.json()) {
      result.println(Json.mapper().writeValueAsString(report));
    } else {
      result.print(ReadinessText.of(report));
    }
    result.flush();
  }
}
