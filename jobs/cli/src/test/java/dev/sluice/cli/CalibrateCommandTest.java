// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.flink.EmbeddedFlink;
import dev.sluice.flink.app.JobEnvironment;
import dev.sluice.flink.app.ParquetDatasets;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.dataset.DatasetTopology;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.rules.bucket.BucketAccumulator;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.TickView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice calibrate} over an archive of two hours of buckets. */
class CalibrateCommandTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final int HOURS = 2;

  @TempDir static Path dir;

  private record Ran(int exitCode, String out, String err) {
    JsonNode json() throws Exception {
      return Json.mapper().readTree(out);
    }
  }

  @BeforeAll
  static void archive() {
    SluiceConfig config =
        SluiceConfig.load(
            Home.config("sluice.yaml"),
            List.of(
                "flink.checkpoint.interval=500ms",
                "flink.checkpoint.dir=" + dir.resolve("checkpoints"),
                "datasets.dir=" + dir.resolve("archive")));
    List<Bucket> buckets = buckets();
    try (EmbeddedFlink flink =
        EmbeddedFlink.start(
            new EmbeddedFlink.Options("archive", 1, 0, Optional.empty()),
            env -> {
              JobEnvironment.apply(env, config);
              DatasetTopology.rows(
                  env.fromData(buckets, TypeInformation.of(Bucket.class)).uid("buckets"),
                  Datasets.BUCKETS,
                  ParquetDatasets.in(config),
                  1);
            })) {
      assertThat(flink.awaitEnd()).isEqualTo(JobStatus.FINISHED);
    }
  }

  /** Twelve ticks a bucket of one symbol; of another a tick now and then. */
  private static List<Bucket> buckets() {
    List<Bucket> buckets = new ArrayList<>();
    for (int index = 0; index < HOURS * 360; index++) {
      long startUs = START_US + index * 10_000_000L;
      buckets.add(bucket("BTCUSDT", startUs, 12));
      if (index % 30 == 0) {
        buckets.add(bucket("ETHUSDT", startUs, 1));
      }
      buckets.add(
          new BucketAccumulator()
              .toBucket("mm-1", null, null, startUs, 10_000, Source.SIMULATED, startUs, 0));
    }
    return buckets;
  }

  private static Bucket bucket(String symbol, long startUs, int ticks) {
    BucketAccumulator sums = new BucketAccumulator();
    TickView tick = new TickView();
    tick.source = Source.SIMULATED;
    tick.runId = "run-1";
    tick.symbol = symbol;
    tick.bid = 99.99;
    tick.ask = 100.01;
    tick.totalMs = 12;
    tick.deadlineMs = 150;
    for (int i = 0; i < ticks; i++) {
      tick.eventTimeUs = startUs + i * 500_000L;
      sums.addTick(tick);
    }
    return sums.toBucket("mm-1", null, symbol, startUs, 10_000);
  }

  @Test
  void aBackfillThatIsKeptIsJudgedTheSameAgain() throws Exception {
    String out = dir.resolve("kept").toString();
    Ran first =
        run(
            archiveDir(),
            "--out",
            out,
            "--symbol",
            "BTCUSDT",
            "--min-covered",
            "2h",
            "--output",
            "json");
    assertThat(first.exitCode).as(first.err).isZero();
    assertThat(first.json().get("readiness").asText()).isEqualTo("READY");
    JsonNode key = first.json().get("keys").get(0);
    assertThat(key.get("covered_hours").asDouble()).isEqualTo(2);
    assertThat(key.get("intervals").asLong()).isEqualTo(24);
    assertThat(key.get("filtered_intervals").asLong()).isZero();

    Ran second = run(out, "--symbol", "BTCUSDT", "--min-covered", "2h", "--output", "json");
    assertThat(second.out).isEqualTo(first.out);
    assertThat(second.err).isEmpty();

    Ran again = run(archiveDir(), "--out", out);
    assertThat(again.exitCode).isEqualTo(ExitCodes.USAGE);
    assertThat(again.err).contains("there is a calibration dataset already");

    Ran text = run(out, "--min-covered", "2h");
    assertThat(text.exitCode).isEqualTo(ExitCodes.USAGE);
    assertThat(text.out)
        .contains("few ticks 24")
        .contains("100.0 % of the intervals are filtered, less than 10.0 % are allowed")
        .contains("not ready: 48 intervals, sha256 ");
  }

  @Test
  void tooLittleSaysHowMuchIsMissing() throws Exception {
    Ran ran = run(archiveDir(), "--backfill", "--engine", "mm-1", "--symbol", "BTCUSDT");
    assertThat(ran.exitCode).isEqualTo(ExitCodes.USAGE);
    assertThat(ran.out)
        .contains("2.0 h covered: 10.0 h more for a warning, 22.0 h more to be ready");
    assertThat(ran.err).contains("makes the intervals anew");
  }

  @Test
  void noDataIsNeverReady() throws Exception {
    Ran nothing = run(dir.resolve("nothing").toString());
    assertThat(nothing.exitCode).isEqualTo(ExitCodes.USAGE);
    assertThat(nothing.out).contains("no data").contains("no data: 0 intervals");
    assertThat(nothing.err).contains("there is not one bucket in");

    Ran other = run(archiveDir(), "--engine", "mm-9", "--output", "json");
    assertThat(other.exitCode).isEqualTo(ExitCodes.USAGE);
    assertThat(other.json().get("readiness").asText()).isEqualTo("NO_DATA");
    assertThat(other.json().get("reasons").get(0).asText()).contains("no data");
  }

  private static String archiveDir() {
    return dir.resolve("archive").toString();
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("calibrate"));
    all.addAll(List.of(arguments));
    int exitCode =
        Main.run(
            new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(new String[0]));
    return new Ran(exitCode, out.toString(), err.toString());
  }
}
