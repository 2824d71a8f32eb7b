// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.bench.BenchJobs.Graph;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * What an event costs the buckets and the stop criteria, and what state they keep, as engines and
 * criteria grow; everything else stays the same. Whole starts are measured, from the first that is
 * closed for all engines to the last, so that each event counts with its share of closing and
 * judging.
 */
public final class ScaleBench {
  /** An engine's ticks in the ten seconds of a bucket, in the rows of engines. */
  private static final int TICKS_PER_START = 100;

  /** In the rows of criteria. */
  private static final int BUSY_TICKS_PER_START = 500;

  private static final int CRITERIA_OF_ENGINE_ROWS = 10;
  private static final int ENGINES_OF_CRITERIA_ROWS = 20;
  private static final int MIN_STARTS = 3;
  private static final long MIN_EVENTS = 50_000; // fewer end between two looks at the clock
  private static final int TOPIC_PARTITION = 0;
  private static final long SAMPLE_NANOS = 1_000_000;
  private static final long PASS_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);

  /**
   * What to measure.
   *
   * @param bootstrap a broker of its own
   * @param events ticks of each row, at the least; 50,000 and three starts of all engines are the
   *     minimum
   * @param engines numbers of engines, one row each
   * @param criteria numbers of criteria, one row each
   * @param passes measured of each row, after one that warms up
   * @param config the jobs' configuration file
   * @param directory for checkpoints
   */
  public record Options(
      String bootstrap,
      long events,
      List<Integer> engines,
      List<Integer> criteria,
      int passes,
      Path config,
      Path directory) {}

  /** Ticks in closed buckets so far, those that came too late left out; one job at a time. */
  private static final AtomicLong COUNTED = new AtomicLong();

  private final Options options;
  private final BenchCluster cluster;
  private final CpuClock cpu;
  private final Consumer<String> progress;

  private ScaleBench(
      Options options, BenchCluster cluster, CpuClock cpu, Consumer<String> progress) {
    this.options = options;
    this.cluster = cluster;
    this.cpu = cpu;
    this.progress = progress;
  }

  /**
   * Measures; some minutes.
   *
   * @param progress told of each row
   * @throws IllegalStateException when a pass does not end within five minutes, or a job fails
   */
  public static ScaleReport run(Options options, Consumer<String> progress) throws Exception {
    CpuClock cpu = new CpuClock(); // before the cluster, whose threads are the jobs' cost
    try (BenchCluster cluster = BenchCluster.start()) {
      ScaleBench bench = new ScaleBench(options, cluster, cpu, progress);
      List<ScaleReport.Row> engines = new ArrayList<>();
      for (int count : options.engines()) {
        engines.add(bench.row(count, CRITERIA_OF_ENGINE_ROWS, TICKS_PER_START));
      }
      List<ScaleReport.Row> criteria = new ArrayList<>();
      for (int count : options.criteria()) {
        criteria.add(bench.row(ENGINES_OF_CRITERIA_ROWS, count, BUSY_TICKS_PER_START));
      }
      return ScaleReport.of(engines, criteria);
    }
  }

  private ScaleReport.Row row(int engines, int criteria, int ticksPerStart) throws Exception {
    long perStart = (long) engines * ticksPerStart;
    long starts =
        Math.max(MIN_STARTS, (Math.max(MIN_EVENTS, options.events()) + perStart - 1) / perStart);
    empty();
    try (var feed = new HealthyEngines(options.bootstrap(), "scale-mm-", engines, ticksPerStart)) {
      for (long start = 0; start < starts; start++) {
        feed.start();
      }
      feed.end();
    }
    SluiceConfig config = config(engines);
    List<CriterionSpec> specs = ScaleCriteria.of(criteria);
    List<ScaleReport.Pass> passes = new ArrayList<>();
    for (int pass = 0; pass <= options.passes(); pass++) {
      passes.add(pass(config, specs, perStart, starts));
    }
    ScaleReport.Pass median =
        passes.stream()
            .skip(1) // the first one warms up
            .sorted(Comparator.comparingDouble(ScaleReport.Pass::usPerEvent))
            .toList()
            .get((options.passes() - 1) / 2);
    ScaleReport.Row row =
        new ScaleReport.Row(
            engines,
            criteria,
            ticksPerStart,
            starts * perStart,
            passes.stream().skip(1).map(ScaleReport.Pass::usPerEvent).toList(),
            median.usPerEvent(),
            median.lateRatio(),
            (double) median.checkpointBytes() / engines,
            median.checkpointBytes(),
            median.checkpointMs());
    progress.accept(
        String.format(
            "%,d engines, %d criteria: %.2f core µs an event",
            engines, criteria, row.usPerEvent()));
    return row;
  }

  private ScaleReport.Pass pass(
      SluiceConfig config, List<CriterionSpec> criteria, long perStart, long starts)
      throws Exception {
    CountingSink.EVENTS.set(0);
    COUNTED.set(0);
    long all = perStart * starts;
    ClosedStarts closed = new ClosedStarts(perStart / config.roster().size());
    try (BenchCluster.Job job =
        cluster.submit(
            "scale",
            config,
            env -> BenchJobs.criteria(env, options.bootstrap(), config, criteria, closed))) {
      await(job, perStart, all);
      long firstCount = CountingSink.EVENTS.get();
      long firstNanos = cpu.nanos();
      await(job, all, all);
      double nanos = cpu.nanos() - firstNanos;
      if (firstCount == all) {
        throw new IllegalStateException(
            "all " + all + " events were judged between two looks at the clock: give more");
      }
      BenchCluster.Checkpoint checkpoint = job.checkpoint();
      return new ScaleReport.Pass(
          nanos / 1e3 / (all - firstCount),
          1 - (double) COUNTED.get() / all,
          checkpoint.bytes(),
          checkpoint.durationMs());
    }
  }

  private static void await(BenchCluster.Job job, long events, long all) throws Exception {
    long deadline = System.nanoTime() + PASS_LIMIT_NANOS;
    while (CountingSink.EVENTS.get() < events) {
      if (System.nanoTime() > deadline) {
        job.requireAlive();
        throw new IllegalStateException(
            Graph.CRITERIA + " stopped at " + CountingSink.EVENTS.get() + " of " + all);
      }
      LockSupport.parkNanos(SAMPLE_NANOS);
    }
  }

  private SluiceConfig config(int engines) {
    return SluiceConfig.load(
        options.config(),
        List.of(
            "kafka.bootstrap=" + options.bootstrap(),
            "roster=" + HealthyEngines.names("scale-mm-", engines),
            "flink.parallelism=1",
            "flink.checkpoint.dir=" + options.directory().resolve("checkpoints")));
  }

  /**
   * A closed start stands for the ticks it was given, counted or late: late ones cost their share
   * too, and on a busy machine there are some.
   */
  private record ClosedStarts(long ticksPerStart) implements SerializableFunction<Bucket, Long> {
    @Override
    public Long apply(Bucket bucket) {
      if (!bucket.wholeEngine()) {
        return 0L;
      }
      COUNTED.addAndGet(bucket.ticks());
      return ticksPerStart;
    }
  }

  /** Forgets the records of the row before. */
  private void empty() throws Exception {
    TickFeed.createTopics(options.bootstrap());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", options.bootstrap()))) {
      List<TopicPartition> partitions =
          List.of(
              new TopicPartition(Topics.TICKS, TOPIC_PARTITION),
              new TopicPartition(Topics.HEALTH, TOPIC_PARTITION));
      var ends =
          admin
              .listOffsets(
                  partitions.stream()
                      .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
              .all()
              .get();
      admin
          .deleteRecords(
              ends.entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey,
                          end -> RecordsToDelete.beforeOffset(end.getValue().offset()))))
          .all()
          .get();
    }
  }
}
