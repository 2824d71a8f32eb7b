// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.bench.BenchJobs.Graph;
import dev.sluice.bench.PlainConsumer.Depth;
import dev.sluice.flink.config.SluiceConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * How many events a second of one core carries through each job, from pre-filled topics, beside a
 * plain consumer of the same topics: same run, same broker, same readers. Processor time counts all
 * threads of the measured side with garbage collection and compilation, the broker's own not (see
 * {@link CpuClock}); the best of some passes of each side counts, after warm-up passes. All jobs
 * run, one after the other, on one cluster.
 */
public final class ThroughputBench {
  private static final long SAMPLE_NANOS = 1_000_000;
  private static final long PASS_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);

  /**
   * What to measure.
   *
   * @param bootstrap a broker of its own: its event topics must be empty
   * @param events ticks to fill the topic with
   * @param orderEvents records of the order streams to fill their topics with
   * @param warmUpEvents ticks each side reads before it is measured
   * @param passes measured of each side, of which the best counts
   * @param config the jobs' configuration file; its criteria are judged
   * @param directory for checkpoints
   */
  public record Options(
      String bootstrap,
      long events,
      long orderEvents,
      long warmUpEvents,
      int passes,
      Path config,
      Path directory) {}

  private ThroughputBench() {}

  /**
   * Fills the topic and measures; some minutes.
   *
   * @param progress told of each step
   * @throws IllegalStateException when a pass does not end within five minutes
   */
  public static ThroughputReport run(Options options, Consumer<String> progress) throws Exception {
    CpuClock cpu = new CpuClock(); // before the cluster, whose threads are the jobs' cost
    try (BenchCluster cluster = BenchCluster.start()) {
      return run(options, new Flink(cluster, cpu), progress);
    }
  }

  private static ThroughputReport run(Options options, Flink flink, Consumer<String> progress)
      throws Exception {
    progress.accept("filling the topic");
    long ticks = TickFeed.fill(options.bootstrap(), options.events());
    Bench bench = new Bench(options, flink, config(options, TickFeed.names()), ticks, progress);
    Rate plainFetch = bench.plain(Depth.FETCH);
    Rate plainParse = bench.plain(Depth.PARSE);
    Rate plain = bench.plain(Depth.BUCKETS);
    Rate source = bench.flink(Graph.SOURCE);
    Rate parse = bench.flink(Graph.PARSE);
    Rate buckets = bench.flink(Graph.BUCKETS);
    JobLine.Measured jobs = bench.measured(Graph.CRITERIA);
    Rate naive = bench.flink(Graph.NAIVE);
    List<JobLine> lines = new ArrayList<>();
    lines.add(JobLine.of("buckets and criteria", "ticks", ticks, plain, jobs, TickFeed.ENGINES));
    progress.accept("filling the order topics");
    long records = OrderFeed.fill(options.bootstrap(), options.orderEvents());
    List<String> everybody = new ArrayList<>(TickFeed.names());
    everybody.addAll(OrderFeed.names());
    lines.addAll(orders(new Bench(options, flink, config(options, everybody), records, progress)));
    lines.add(risk(new Bench(options, flink, config(options, everybody), ticks, progress)));
    return new ThroughputReport(
        ticks,
        bench.warmUpPasses * ticks,
        jobs.rate().eventsPerCoreS() / plain.eventsPerCoreS(),
        naive.eventsPerCoreS() / plain.eventsPerCoreS(),
        plain,
        plainFetch,
        plainParse,
        jobs.rate(),
        source,
        parse,
        buckets,
        naive,
        lines);
  }

  private static SluiceConfig config(Options options, List<String> roster) {
    return SluiceConfig.load(
        options.config(),
        List.of(
            "kafka.bootstrap=" + options.bootstrap(),
            "roster=" + roster,
            "flink.parallelism=1",
            "flink.checkpoint.dir=" + options.directory().resolve("checkpoints")));
  }

  private static List<JobLine> orders(Bench bench) throws Exception {
    String what = "orders, fills, drop copy, ledgers, heartbeats";
    Rate plain = bench.plain("books", PlainBooks::run);
    return List.of(
        JobLine.of(
            "sequence and integrity",
            what,
            bench.events,
            plain,
            bench.measured(Graph.INTEGRITY),
            OrderFeed.ENGINES),
        JobLine.of(
            "sequence and reconciliation",
            what,
            bench.events,
            plain,
            bench.measured(Graph.RECONCILIATION),
            OrderFeed.ENGINES));
  }

  private static JobLine risk(Bench bench) throws Exception {
    return JobLine.of(
        "buckets and portfolio risk",
        "ticks; fills and heartbeats along",
        bench.events,
        bench.plain("exposure", PlainExposure::run),
        bench.measured(Graph.RISK),
        TickFeed.ENGINES + OrderFeed.ENGINES);
  }

  private record Flink(BenchCluster cluster, CpuClock cpu) {}

  private static final class Bench {
    private final Options options;
    private final Flink flink;
    private final SluiceConfig config;
    private final long events;
    private final long warmUpPasses;
    private final Consumer<String> progress;

    Bench(
        Options options, Flink flink, SluiceConfig config, long events, Consumer<String> progress) {
      this.options = options;
      this.flink = flink;
      this.config = config;
      this.events = events;
      this.warmUpPasses = (options.warmUpEvents() + events - 1) / events;
      this.progress = progress;
    }

    Rate plain(Depth depth) throws Exception {
      return plain(depth.toString(), (servers, ticks) -> PlainConsumer.run(servers, ticks, depth));
    }

    Rate plain(String name, Plain plain) throws Exception {
      return best("plain " + name, () -> measured(plain.run(options.bootstrap(), events))).rate();
    }

    Rate flink(Graph graph) throws Exception {
      return best("Flink " + graph, () -> pass(graph, false)).rate();
    }

    /** With the size of the state. */
    JobLine.Measured measured(Graph graph) throws Exception {
      return best("Flink " + graph, () -> pass(graph, true));
    }

    private static JobLine.Measured measured(Rate rate) {
      return new JobLine.Measured(rate, 0);
    }

    private JobLine.Measured best(String name, Pass pass) throws Exception {
      for (long i = 0; i < warmUpPasses; i++) {
        pass.run();
      }
      JobLine.Measured best = null;
      for (int i = 0; i < options.passes(); i++) {
        JobLine.Measured now = pass.run();
        if (best == null || now.rate().eventsPerCoreS() > best.rate().eventsPerCoreS()) {
          best = now;
        }
      }
      progress.accept(
          String.format("%s: %,.0f events per core-second", name, best.rate().eventsPerCoreS()));
      return best;
    }

    private JobLine.Measured pass(Graph graph, boolean withState) throws Exception {
      CountingSink.EVENTS.set(0);
      RateMeter meter = new RateMeter(events, flink.cpu());
      try (BenchCluster.Job job =
          flink
              .cluster()
              .submit(
                  "bench " + graph,
                  config,
                  env -> BenchJobs.define(env, graph, options.bootstrap(), config))) {
        long deadline = System.nanoTime() + PASS_LIMIT_NANOS;
        while (!meter.at(CountingSink.EVENTS.get())) {
          if (System.nanoTime() > deadline) {
            throw new IllegalStateException(
                graph + " stopped at " + CountingSink.EVENTS.get() + " of " + events);
          }
          LockSupport.parkNanos(SAMPLE_NANOS);
        }
        Path savepoints = options.directory().resolve("checkpoints").resolve("savepoints");
        return new JobLine.Measured(meter.rate(), withState ? job.savepointBytes(savepoints) : 0);
      }
    }
  }

  @FunctionalInterface
  private interface Pass {
    JobLine.Measured run() throws Exception;
  }

  @FunctionalInterface
  private interface Plain {
    Rate run(String bootstrap, long events) throws Exception;
  }
}
