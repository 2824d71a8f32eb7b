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
import dev.sluice.rules.cases.EngineTape;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code sluice replay} over an archive of three hours with a storm of late ticks in the second.
 */
class ReplayCommandTest {
  private static final long MINUTE = 6;
  private static final long HOUR = 360;

  @TempDir static Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void archive() {
    SluiceConfig config =
        SluiceConfig.load(
            Home.config("sluice.yaml"),
            List.of(
                "flink.checkpoint.interval=500ms",
                "flink.checkpoint.dir=" + dir.resolve("checkpoints"),
                "datasets.dir=" + dir.resolve("archive")));
    EngineTape tape = new EngineTape().with("deadline_misses", HOUR, HOUR + 30 * MINUTE, 10);
    List<Bucket> buckets = LongStream.range(0, 3 * HOUR).mapToObj(tape::bucket).toList();
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

  @Test
  void saysWhenItWouldHaveTrippedAndBeenDecided() throws Exception {
    assertThat(run()).as(err.toString()).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .contains("deadline-miss", "2026-01-05T01:10:10Z", "PAUSE", "HALT", "How near each");
    assertThat(err.toString()).contains("left out: concentration", "1 of 1 engines: mm-1");

    assertThat(run("--only", "deadline-miss", "--output", "json")).isEqualTo(ExitCodes.OK);
    JsonNode engine = Json.mapper().readTree(out.toString()).path("engines").get(0);
    assertThat(engine.path("buckets").asLong()).isEqualTo(3 * HOUR);
    assertThat(engine.path("episodes").size()).isEqualTo(1);
    assertThat(engine.path("episodes").get(0).path("worst").asDouble()).isEqualTo(0.5);
    assertThat(engine.path("decisions").get(0).path("mode").asText()).isEqualTo("PAUSE");
  }

  @Test
  void aSpanOfTimeIsJudgedAlone() throws Exception {
    assertThat(run("--until", "2026-01-05T01:00:00Z", "--output", "json")).isEqualTo(ExitCodes.OK);
    JsonNode engine = Json.mapper().readTree(out.toString()).path("engines").get(0);
    assertThat(engine.path("buckets").asLong()).isEqualTo(HOUR);
    assertThat(engine.path("episodes")).isEmpty();
  }

  @Test
  void aValueInMindIsComparedAndExitsOneWhereItDiffers() {
    assertThat(run("--what-if", "deadline-miss.hold=5m")).isEqualTo(ExitCodes.FAILED);
    assertThat(out.toString()).contains("Trips of both, at another time", "-5m");
    assertThat(run("--what-if", "deadline-miss.hold=10m")).isEqualTo(ExitCodes.OK);
    assertThat(run("--what-if", "deadline-mis.hold=5m")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("did you mean 'deadline-miss'?");
  }

  @Test
  void twoDirectoriesAreCompared() throws IOException {
    Path changed = Files.createDirectory(dir.resolve("changed-" + System.nanoTime()));
    try (Stream<Path> files = Files.list(Home.config("criteria"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        String text = Files.readString(file);
        Files.writeString(
            changed.resolve(file.getFileName()),
            text.replace("breach: \"> 0.05\"", "breach: \"> 0.6\""));
      }
    }
    assertThat(run("--diff", Home.config("criteria").toString(), changed.toString()))
        .isEqualTo(ExitCodes.FAILED);
    assertThat(out.toString()).contains("Trips of the old version alone", "deadline-miss");
    assertThat(run("--diff", "a", "b", "--what-if", "x.hold=1m")).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void incidentsAreScored() throws IOException {
    Path incidents = dir.resolve("incidents.yaml");
    Files.writeString(
        incidents,
        "- {name: storm, engine: mm-1, from: 2026-01-05T01:00:00Z, until: 2026-01-05T02:00:00Z}\n");
    assertThat(run("--only", "deadline-miss", "--incidents", incidents.toString()))
        .isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("storm", "10m10s", "0 stops outside every incident");
    Files.writeString(
        incidents,
        "- {name: x, engine: mm-1, from: 2026-01-05T02:30:00Z, until: 2026-01-05T02:40:00Z}\n");
    assertThat(run("--incidents", incidents.toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(out.toString()).contains("NOT SEEN");
    Files.writeString(incidents, "- {name: x, engin: mm-1}\n");
    assertThat(run("--incidents", incidents.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("did you mean 'engine'?");
  }

  @Test
  void nothingToReplayIsNoSuccess() {
    out.getBuffer().setLength(0);
    assertThat(
            Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                "replay",
                dir.resolve("checkpoints").toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("there is not one bucket");
  }

  private int run(String... more) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("replay", dir.resolve("archive").toString()));
    all.addAll(List.of(more));
    return Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }
}
