// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.TestPaths;
import dev.sluice.flink.calibration.CalibrationTopology;
import dev.sluice.flink.calibration.LateBuckets;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.dataset.DatasetTopology;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.flink.io.parquet.read.DatasetFile;
import dev.sluice.flink.io.parquet.read.DatasetReader;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The topology over what a live run archived gives the rows of that live run. */
class CalibrationBackfillTest {
  /** Three hours and a piece of one interval, over midnight of no day. */
  private static final int STARTS = 3 * 360 + 17;

  private static final int FURTHEST = 700;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path dir;

  @Test
  void theBackfillGivesTheRowsOfTheLiveRunBitForBit() throws Exception {
    List<Bucket> buckets = new ArrayList<>();
    List<Bucket> amendments = new ArrayList<>();
    List<LateBuckets> engines =
        List.of(
            new LateBuckets("mm-1", 1, STARTS, FURTHEST),
            new LateBuckets("mm-2", 2, STARTS, FURTHEST),
            new LateBuckets("mm/3", 3, STARTS, FURTHEST));
    engines.forEach(engine -> buckets.addAll(engine.buckets));
    engines.forEach(engine -> amendments.addAll(engine.amendments));
    Collections.shuffle(amendments, new Random(1));

    List<String> live = live(buckets, amendments);
    assertThat(live).hasSizeGreaterThan(3 * 36 * 4).doesNotHaveDuplicates();
    assertThat(live).anyMatch(row -> row.contains("\"version\":3"));
    assertThat(backfilled(null)).isEqualTo(live);
    assertThat(backfilled("mm/3"))
        .isEqualTo(live.stream().filter(row -> row.contains("\"mm/3\"")).toList())
        .isNotEmpty();
  }

  @Test
  void withoutBucketsThereIsNoJob() throws Exception {
    assertThat(CalibrationBackfill.of(dir.toString(), null).isEmpty()).isTrue();
  }

  private List<String> live(List<Bucket> buckets, List<Bucket> amendments) throws Exception {
    SluiceConfig config = config("live");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.apply(env, config);
    DataStream<Bucket> closed = source(env, buckets, "buckets");
    DataStream<Bucket> late = source(env, amendments, "amendments");
    ParquetDatasets datasets = ParquetDatasets.in(config);
    DataStream<Calibration> rows = CalibrationTopology.build(closed, late, config.calibration());
    DatasetTopology.rows(closed, Datasets.BUCKETS, datasets, 2);
    DatasetTopology.rows(late, Datasets.AMENDMENTS, datasets, 1);
    DatasetTopology.rows(rows, Datasets.CALIBRATION, datasets, 1);
    env.execute("live");
    return rows("live");
  }

  private static DataStream<Bucket> source(
      StreamExecutionEnvironment env, List<Bucket> values, String name) {
    return env.fromData(values, TypeInformation.of(Bucket.class)).uid(name);
  }

  private List<String> backfilled(String engineId) throws Exception {
    String out = "backfill-" + (engineId == null ? "all" : "one");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    CalibrationBackfill.of(dir.resolve("live").toString(), engineId).define(env, config(out));
    env.execute(out);
    return rows(out);
  }

  private SluiceConfig config(String out) {
    return SluiceConfig.load(
        TestPaths.repositoryRoot().resolve("config/sluice.yaml"),
        List.of(
            "flink.checkpoint.interval=500ms",
            "flink.checkpoint.min_pause=10ms",
            "flink.checkpoint.dir=" + dir.resolve("checkpoints"),
            "datasets.dir=" + dir.resolve(out)));
  }

  /** All columns of all rows and versions, sorted. */
  private List<String> rows(String out) throws Exception {
    DatasetReader<Calibration> reader = new DatasetReader<>(Calibration.class, "start_us", null);
    List<String> rows = new ArrayList<>();
    for (DatasetFile file : reader.files(dir.resolve(out).toUri(), "calibration")) {
      reader.readAll(file, row -> rows.add(new String(Json.write(row), StandardCharsets.UTF_8)));
    }
    Collections.sort(rows);
    return rows;
  }
}
