// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.bucket.BucketStreams;
import dev.sluice.flink.bucket.BucketTopology;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.integrity.IntegrityTopology;
import dev.sluice.flink.io.KafkaSources;
import dev.sluice.flink.reconcile.ReconciliationTopology;
import dev.sluice.flink.risk.PortfolioRiskTopology;
import dev.sluice.flink.sequence.SequenceTopology;
import dev.sluice.flink.stop.StopCriteriaTopology;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableFunction;

/** The graphs that are measured, each one step longer than the last. */
final class BenchJobs {
  private static final List<String> EVENTS =
      List.of(Topics.TICKS, Topics.ORDERS, Topics.FILLS, Topics.HEALTH, Topics.LEDGER);

  private static final SerializableFunction<Bucket, Long> TICKS =
      bucket -> bucket.wholeEngine() ? bucket.ticks() : 0L;

  private static final long NAIVE_WATERMARKS_MS = 200;

  /** One graph. */
  enum Graph {
    SOURCE,
    PARSE,
    BUCKETS,
    CRITERIA,
    INTEGRITY,
    RECONCILIATION,
    RISK,
    NAIVE
  }

  private BenchJobs() {}

  /** Adds the graph to an environment; progress is counted in {@link CountingSink#EVENTS}. */
  static void define(
      StreamExecutionEnvironment env, Graph graph, String bootstrap, SluiceConfig config) {
    switch (graph) {
      case SOURCE ->
          source(env, bootstrap, List.of(Topics.TICKS))
              .process(new Touch(false))
              .uid("bench-touch")
              .sinkTo(new CountingSink<>(count -> count))
              .uid("bench-sink");
      case PARSE ->
          source(env, bootstrap, List.of(Topics.TICKS))
              .process(new Touch(true))
              .uid("bench-touch")
              .sinkTo(new CountingSink<>(count -> count))
              .uid("bench-sink");
      case BUCKETS -> buckets(env, bootstrap, config, TICKS);
      case CRITERIA -> criteria(env, bootstrap, config, config.allCriteria(), TICKS);
      case INTEGRITY -> integrity(env, bootstrap, config);
      case RECONCILIATION -> reconciliation(env, bootstrap, config);
      case RISK -> risk(env, bootstrap, config);
      case NAIVE -> naive(env, bootstrap);
    }
  }

  private static BucketStreams buckets(
      StreamExecutionEnvironment env,
      String bootstrap,
      SluiceConfig config,
      SerializableFunction<Bucket, Long> weight) {
    BucketStreams streams = BucketTopology.build(source(env, bootstrap, EVENTS), config.buckets());
    streams.buckets().sinkTo(new CountingSink<>(weight)).uid("bench-buckets");
    return streams;
  }

  /**
   * Buckets and these stop criteria.
   *
   * @param weight events that a closed bucket stands for
   */
  static void criteria(
      StreamExecutionEnvironment env,
      String bootstrap,
      SluiceConfig config,
      List<CriterionSpec> specs,
      SerializableFunction<Bucket, Long> weight) {
    BucketStreams streams = buckets(env, bootstrap, config, weight);
    DataStream<Verdict> verdicts =
        StopCriteriaTopology.build(
                streams.buckets(),
                streams.health(),
                nothing(env, bootstrap, Command.class),
                nothing(env, bootstrap, RawRecord.class),
                config.stopSettings().withCriteria(specs))
            .verdicts();
    verdicts.sinkTo(new CountingSink<Verdict>(verdict -> 0L)).uid("bench-verdicts");
  }

  private static KeyedStream<EngineEvent, String> sequence(
      StreamExecutionEnvironment env, String bootstrap, SluiceConfig config) {
    return SequenceTopology.build(
            source(env, bootstrap, PlainBooks.TOPICS),
            nothing(env, bootstrap, Command.class),
            nothing(env, bootstrap, Bucket.class),
            config.sequence())
        .events();
  }

  private static void integrity(
      StreamExecutionEnvironment env, String bootstrap, SluiceConfig config) {
    IntegrityTopology.build(
            sequence(env, bootstrap, config),
            config.integrity(),
            config.allCriteria(),
            config.criteria().refreshMs())
        .verdicts()
        .sinkTo(new CountingSink<>(new PeriodWeight("integrity", OrderFeed.perPeriod())))
        .uid("bench-verdicts");
  }

  private static void reconciliation(
      StreamExecutionEnvironment env, String bootstrap, SluiceConfig config) {
    ReconciliationTopology.build(
            sequence(env, bootstrap, config),
            config.reconciliation(),
            config.allCriteria(),
            config.criteria().refreshMs())
        .verdicts()
        .sinkTo(new CountingSink<>(new PeriodWeight("reconciliation", OrderFeed.perPeriod())))
        .uid("bench-verdicts");
  }

  private static void risk(StreamExecutionEnvironment env, String bootstrap, SluiceConfig config) {
    BucketStreams streams =
        BucketTopology.build(source(env, bootstrap, PlainExposure.TOPICS), config.buckets());
    DataStream<Verdict> verdicts =
        PortfolioRiskTopology.build(
                streams.risk(),
                streams.buckets(),
                nothing(env, bootstrap, Command.class),
                config.risk(),
                config.roster(),
                config.allCriteria(),
                config.criteria().refreshMs())
            .verdicts();
    verdicts
        .sinkTo(new CountingSink<>(new PeriodWeight("risk", TickFeed.perPeriod())))
        .uid("bench-verdicts");
  }

  private static void naive(StreamExecutionEnvironment env, String bootstrap) {
    env.getConfig().setAutoWatermarkInterval(NAIVE_WATERMARKS_MS); // our own jobs have none
    source(env, bootstrap, List.of(Topics.TICKS))
        .process(new NaiveTick.Parse())
        .returns(TypeInformation.of(NaiveTick.class))
        .uid("naive-parse")
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<NaiveTick>forBoundedOutOfOrderness(Duration.ofSeconds(5))
                .withTimestampAssigner((tick, before) -> tick.eventTimeUs() / 1_000))
        .uid("naive-time")
        .keyBy(NaiveTick::engineId)
        .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
        .aggregate(
            new NaiveTick.Sum(),
            TypeInformation.of(NaiveTick.Total.class),
            TypeInformation.of(NaiveTick.Total.class))
        .uid("naive-window")
        .sinkTo(new CountingSink<NaiveTick.Total>(total -> total.ticks))
        .uid("bench-sink");
  }

  private static DataStream<RawRecord> source(
      StreamExecutionEnvironment env, String bootstrap, List<String> topics) {
    return env.fromSource(
            new KafkaSources(bootstrap, group(), Map.of()).raw("bench", topics),
            WatermarkStrategy.noWatermarks(),
            "events",
            TypeInformation.of(RawRecord.class))
        .uid("bench-source");
  }

  /** A stream on which nothing ever comes. */
  private static <T extends Record> DataStream<T> nothing(
      StreamExecutionEnvironment env, String bootstrap, Class<T> type) {
    String name = type.getSimpleName();
    return env.fromSource(
            new KafkaSources(bootstrap, group(), Map.of()).raw(name, List.of(Topics.COMMANDS)),
            WatermarkStrategy.noWatermarks(),
            name,
            TypeInformation.of(RawRecord.class))
        .uid("bench-source-" + name)
        .process(new Nothing<T>())
        .returns(TypeInformation.of(type))
        .uid("bench-no-" + name);
  }

  private static String group() {
    return "bench-" + UUID.randomUUID();
  }

  private static final class Nothing<T> extends ProcessFunction<RawRecord, T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(RawRecord raw, Context context, Collector<T> out) {}
  }
}
