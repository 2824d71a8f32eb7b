// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.flink.RawRecord;
import dev.sluice.flink.RecordGenerator;
import dev.sluice.flink.TestPaths;
import dev.sluice.flink.app.JobEnvironment;
import dev.sluice.flink.app.ParquetDatasets;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole archive on a small cluster, with a crash in the middle. */
class DatasetTopologyTest {
  private static final int RECORDS = 1_200;
  private static final int PER_CHECKPOINT = 300;
  private static final int CRASH_AT = 700;
  private static final int MALFORMED_EVERY = 97;
  private static final long MIDNIGHT_US = 1_767_225_600_000_000L;
  private static final List<String> ENGINES = List.of("mm-1", "../mm 2");
  private static final List<String> TOPICS = List.copyOf(Datasets.EVENTS_BY_TOPIC.keySet());

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final AtomicInteger CRASHES = new AtomicInteger();

  @TempDir static Path dir;

  @Test
  void aCrashLosesNoRowAndDoublesNone() throws Exception {
    assertThat(CRASHES).hasValue(1);
    for (String topic : TOPICS) {
      Dataset<?> dataset = Datasets.EVENTS_BY_TOPIC.get(topic);
      List<GenericRecord> rows = rows(dataset.name());
      assertThat(rows)
          .as(dataset.name())
          .extracting(row -> row.get("_offset"))
          .containsExactlyInAnyOrderElementsOf(offsets(topic, false));
      assertThat(rows)
          .allMatch(row -> row.get("_topic_partition").equals((long) TOPICS.indexOf(topic)));
    }
    assertThat(rows("buckets"))
        .extracting(row -> row.get("start_us"))
        .doesNotHaveDuplicates()
        .hasSize(RECORDS);
    for (String name :
        List.of(
            "amendments",
            "findings",
            "drift",
            "audit",
            "audit_log",
            "trials",
            "parity",
            "calibration")) {
      assertThat(rows(name)).as(name).doesNotHaveDuplicates().hasSize(RECORDS);
    }
  }

  @Test
  void whatCannotBeReadIsADeadLetterOnceAndProgressMarkersAreLeftOut() throws Exception {
    List<Object> unreadable = new ArrayList<>();
    TOPICS.forEach(topic -> unreadable.addAll(offsets(topic, true)));
    List<GenericRecord> letters = rows("deadletters");
    assertThat(letters)
        .filteredOn(row -> row.get("kind").toString().equals(DeadLetter.MALFORMED))
        .extracting(row -> row.get("offset"))
        .containsExactlyInAnyOrderElementsOf(unreadable);
    assertThat(letters)
        .filteredOn(row -> row.get("kind").toString().equals(DeadLetter.QUARANTINED))
        .hasSize(RECORDS / 2);
    assertThat(rows("verdicts"))
        .hasSize(RECORDS / 2)
        .noneMatch(row -> row.get("criterion_id").toString().equals(Verdict.PROGRESS));
  }

  @Test
  void rowsLieUnderTheirDayAndEngineAndNothingIsLeftUnfinished() throws Exception {
    assertThat(files("ticks")).hasSizeGreaterThanOrEqualTo(4);
    for (Path file : files("ticks")) {
      String engine = file.getParent().getFileName().toString();
      String day = file.getParent().getParent().getFileName().toString();
      for (GenericRecord row : read(file)) {
        long us = (Long) row.get("event_time_us");
        Instant at = Instant.EPOCH.plus(Duration.ofNanos(us * 1_000));
        assertThat(day).isEqualTo("date=" + at.atZone(ZoneOffset.UTC).toLocalDate());
        assertThat(engine)
            .isEqualTo(
                "engine="
                    + row.get("engine_id").toString().replace("/", "%2F").replace(" ", "%20"));
      }
    }
    try (Stream<Path> all = Files.walk(dir.resolve("datasets"))) {
      assertThat(all.filter(Files::isRegularFile))
          .extracting(f -> f.getFileName().toString())
          .allMatch(name -> name.matches("part-.*\\.parquet"));
    }
  }

  @BeforeAll
  static void run() throws Exception {
    SluiceConfig config =
        SluiceConfig.load(
            TestPaths.repositoryRoot().resolve("config/sluice.yaml"),
            List.of(
                "flink.checkpoint.interval=200ms",
                "flink.checkpoint.min_pause=10ms",
                "flink.checkpoint.dir=" + dir.resolve("checkpoints"),
                "flink.restart.initial_delay=10ms",
                "datasets.dir=" + dir.resolve("datasets")));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.apply(env, config);
    DataStream<RawRecord> raw =
        source(env, "raw", DatasetTopologyTest::raw, RawRecord.class)
            .map(new CrashOnce())
            .uid("crash");
    DataStream<RawRecord> events = raw.filter(r -> !feedback(r)).uid("events");
    DataStream<RawRecord> feedback = raw.filter(DatasetTopologyTest::feedback).uid("feedback");
    DatasetStreams streams =
        new DatasetStreams(
            events,
            feedback,
            source(env, "buckets", n -> random(n, Bucket.class), Bucket.class),
            source(env, "amendments", n -> random(n, Bucket.class), Bucket.class),
            source(env, "verdicts", DatasetTopologyTest::verdict, Verdict.class),
            source(env, "findings", n -> random(n, Finding.class), Finding.class),
            source(env, "drift", n -> random(n, Drift.class), Drift.class),
            source(env, "audit", n -> random(n, RiskAudit.class), RiskAudit.class),
            source(env, "audit_log", n -> random(n, AuditEntry.class), AuditEntry.class),
            source(env, "trials", n -> random(n, TrialStatus.class), TrialStatus.class),
            source(env, "parity", n -> random(n, Parity.class), Parity.class),
            source(env, "calibration", n -> random(n, Calibration.class), Calibration.class),
            source(env, "letters", DatasetTopologyTest::letter, DeadLetter.class));
    DatasetTopology.build(streams, ParquetDatasets.in(config), config.archive());
    env.execute();
  }

  private static <T> DataStream<T> source(
      StreamExecutionEnvironment env, String name, GeneratorFunction<Long, T> of, Class<T> type) {
    return env.fromSource(
            new DataGeneratorSource<>(
                of,
                RECORDS,
                RateLimiterStrategy.perCheckpoint(PER_CHECKPOINT),
                TypeInformation.of(type)),
            WatermarkStrategy.noWatermarks(),
            name)
        .uid(name);
  }

  private static String topicOf(long n) {
    return TOPICS.get((int) (n % TOPICS.size()));
  }

  private static RawRecord raw(long n) {
    String topic = topicOf(n);
    byte[] value =
        n % MALFORMED_EVERY == 0
            ? "{\"schema\":".getBytes(java.nio.charset.StandardCharsets.UTF_8)
            : Json.write(random(n, Datasets.EVENTS_BY_TOPIC.get(topic).type()));
    return new RawRecord(topic, TOPICS.indexOf(topic), n, MIDNIGHT_US + n, value);
  }

  private static boolean feedback(RawRecord raw) {
    return raw.topic().equals(Topics.ACKS) || raw.topic().equals(Topics.COMMANDS);
  }

  /** Random but for its time and engine: two days and two engines. */
  private static <T extends Record> T random(long n, Class<T> type) {
    ObjectNode tree = Json.mapper().valueToTree(new RecordGenerator(n).next(type));
    for (String time : List.of("event_time_us", "start_us", "issued_at_us")) {
      if (tree.has(time)) {
        tree.put(time, MIDNIGHT_US + (n - RECORDS / 2) * 1_000_000);
      }
    }
    if (tree.has("engine_id")) {
      tree.put("engine_id", ENGINES.get((int) (n / TOPICS.size() % ENGINES.size())));
    }
    try {
      return Json.read(Json.mapper().writeValueAsBytes(tree), type);
    } catch (IOException | MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Verdict verdict(long n) throws Exception {
    Verdict random = random(n, Verdict.class);
    var tree = Json.mapper().valueToTree(random);
    ((ObjectNode) tree).put("criterion_id", n % 2 == 0 ? Verdict.PROGRESS : "deadline-miss");
    return Json.read(Json.mapper().writeValueAsBytes(tree), Verdict.class);
  }

  /** What judges say of the same topics: half of it is known from the raw stream already. */
  private static DeadLetter letter(long n) {
    String kind = n % 2 == 0 ? DeadLetter.MALFORMED : DeadLetter.QUARANTINED;
    return new DeadLetter(
        DeadLetter.SCHEMA, topicOf(n), 0, n, null, kind, "r", MIDNIGHT_US, 0, new byte[0]);
  }

  private static List<Object> offsets(String topic, boolean malformed) {
    return LongStream.range(0, RECORDS)
        .filter(n -> topicOf(n).equals(topic) && (n % MALFORMED_EVERY == 0) == malformed)
        .<Object>mapToObj(n -> n)
        .toList();
  }

  private static List<GenericRecord> rows(String dataset) throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    for (Path file : files(dataset)) {
      rows.addAll(read(file));
    }
    return rows;
  }

  private static List<Path> files(String dataset) throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve("datasets/dataset=" + dataset))) {
      return files.filter(f -> f.toString().endsWith(".parquet")).toList();
    }
  }

  private static List<GenericRecord> read(Path file) throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(
                new LocalInputFile(file), new PlainParquetConfiguration())
            .withDataModel(GenericData.get())
            .build()) {
      for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static final class CrashOnce extends RichMapFunction<RawRecord, RawRecord> {
    @Override
    public RawRecord map(RawRecord raw) {
      if (raw.offset() == CRASH_AT && CRASHES.compareAndSet(0, 1)) {
        throw new IllegalStateException("a crash, as planned");
      }
      return raw;
    }
  }
}
