// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import dev.sluice.flink.TestPaths;
import dev.sluice.flink.app.JobEnvironment;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.io.DatasetFiles;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Source;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/** A job that writes numbered acks of three engines into a store, and what is seen of them. */
final class StoreJob {
  private static final int PER_SECOND = 1_500;
  private static final int ENGINES = 3;
  private static final Set<String> CRASHED = ConcurrentHashMap.newKeySet();

  private final URI store;
  private final Path dir;

  /**
   * A job.
   *
   * @param store where it writes
   * @param dir for its checkpoints and for copies of what is read
   */
  StoreJob(URI store, Path dir) {
    this.store = store;
    this.dir = dir;
  }

  Path checkpoints() {
    return dir.resolve("checkpoints");
  }

  /**
   * Starts it.
   *
   * @param resumeFrom a checkpoint or savepoint, or null
   * @param rows it ends after so many, numbered from 0
   * @param crashAt it crashes once before each of these
   */
  JobClient start(String resumeFrom, long rows, Set<Long> crashAt) throws Exception {
    SluiceConfig config =
        SluiceConfig.load(
            TestPaths.repositoryRoot().resolve("config/sluice.yaml"),
            List.of(
                "flink.checkpoint.interval=100ms",
                "flink.checkpoint.min_pause=10ms",
                "flink.checkpoint.dir=" + checkpoints(),
                "flink.restart.initial_delay=10ms"));
    Configuration resume = new Configuration();
    if (resumeFrom != null) {
      resume.set(StateRecoveryOptions.SAVEPOINT_PATH, resumeFrom);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(resume);
    JobEnvironment.apply(env, config);
    StoreSettings settings = new StoreSettings(store, 1 << 20, 1 << 27, 700, 3);
    env.fromSource(
            new DataGeneratorSource<Ack>(
                StoreJob::ack,
                rows,
                RateLimiterStrategy.perSecond(PER_SECOND),
                TypeInformation.of(Ack.class)),
            WatermarkStrategy.noWatermarks(),
            "acks")
        .uid("acks")
        .map(new CrashAt(dir.toString(), Set.copyOf(crashAt)))
        .uid("crash")
        .rebalance()
        .transform(
            "store",
            Types.VOID,
            new ParquetSinks(settings).rows("acks", Ack.class, Ack::eventTimeUs, Ack::engineId))
        .uid("store")
        .setParallelism(1);
    return env.executeAsync();
  }

  private static Ack ack(long n) {
    return new Ack(
        Ack.SCHEMA,
        "mm/" + n % ENGINES,
        "run",
        n,
        1_767_225_600_000_000L + n * 1_000,
        Source.values()[0],
        "decision-" + n,
        n,
        Mode.values()[0],
        AckStatus.values()[0],
        0,
        List.of(),
        1,
        null,
        null,
        null);
  }

  /** The numbers of all rows in finished files. */
  List<Long> rows() throws IOException {
    List<Long> rows = new ArrayList<>();
    for (DatasetFiles.Found file : files()) {
      Path copy = Files.createTempFile(dir, "copy", ".parquet");
      try (InputStream in = DatasetFiles.below(store).open(file.path())) {
        Files.write(copy, in.readAllBytes());
      }
      try (ParquetReader<GenericRecord> reader =
          AvroParquetReader.<GenericRecord>builder(
                  new LocalInputFile(copy), new PlainParquetConfiguration())
              .withDataModel(GenericData.get())
              .build()) {
        for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
          rows.add((Long) row.get("seq"));
        }
      }
    }
    return rows;
  }

  List<DatasetFiles.Found> files() throws IOException {
    return DatasetFiles.below(store).parquet();
  }

  private static final class CrashAt extends RichMapFunction<Ack, Ack> {
    private static final long serialVersionUID = 1L;
    private final String job;
    private final Set<Long> rows;

    CrashAt(String job, Set<Long> rows) {
      this.job = job;
      this.rows = rows;
    }

    @Override
    public Ack map(Ack ack) {
      if (rows.contains(ack.seq()) && CRASHED.add(job + ack.seq())) {
        throw new IllegalStateException("a crash, as planned");
      }
      return ack;
    }
  }
}
