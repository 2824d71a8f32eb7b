// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.calibration.CalibrationTopology;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.dataset.DatasetTopology;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.flink.io.Locations;
import dev.sluice.flink.io.parquet.read.DatasetReader;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The topology of {@link CalibrationJob} over the archived buckets and amendments: the same rows,
 * into the configured datasets. A bounded job.
 */
public final class CalibrationBackfill {
  /** What is sorted in memory at once: for ten keys and 10 s, some 4,000 buckets. */
  private static final long SPAN_US = 3_600_000_000L;

  private final String engineId;
  private final List<BackfillSpan> spans;

  private CalibrationBackfill(String engineId, List<BackfillSpan> spans) {
    this.engineId = engineId;
    this.spans = spans;
  }

  /**
   * A backfill of what is there now.
   *
   * @param archive the directory of the datasets, a path or a URI
   * @param engineId this engine alone; null for all
   * @throws IOException when a file cannot be read
   */
  public static CalibrationBackfill of(String archive, String engineId) throws IOException {
    URI from = Locations.uri(archive);
    return new CalibrationBackfill(
        engineId,
        BackfillSpan.of(
            new DatasetReader<>(Bucket.class, "start_us", engineId)
                .files(from, Datasets.BUCKETS.name()),
            new DatasetReader<>(Bucket.class, "amended_at_us", engineId)
                .files(from, Datasets.AMENDMENTS.name()),
            SPAN_US));
  }

  /** True when there is no bucket at all, and hence nothing to run. */
  public boolean isEmpty() {
    return spans.isEmpty();
  }

  /**
   * Adds the job to an environment. It fails at once when a file cannot be read.
   *
   * @param config where the rows go is {@code datasets.dir}
   */
  public void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    env.configure(new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
    env.setParallelism(1);
    DataStream<Bucket> archived =
        env.fromData(spans, TypeInformation.of(BackfillSpan.class))
            .name("spans of the archive")
            .uid("backfill-spans-v1")
            .flatMap(new ReadBuckets(engineId))
            .returns(TypeInformation.of(Bucket.class))
            .name("read buckets and amendments")
            .uid("backfill-read-v1");
    DataStream<Bucket> closed =
        archived
            .filter(bucket -> bucket.amendedAtUs() == null)
            .name("buckets")
            .uid("backfill-buckets-v1");
    DataStream<Bucket> amendments =
        archived
            .filter(bucket -> bucket.amendedAtUs() != null)
            .name("amendments")
            .uid("backfill-amendments-v1");
    DataStream<Calibration> rows =
        CalibrationTopology.build(closed, amendments, config.calibration());
    DatasetTopology.rows(rows, Datasets.CALIBRATION, ParquetDatasets.in(config), 1);
  }
}
