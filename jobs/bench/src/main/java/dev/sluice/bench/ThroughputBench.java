// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.bench.BenchJobs.Graph;
import dev.sluice.bench.PlainConsumer.Depth;
import dev.sluice.flink.app.JobEnvironment;
import dev.sluice.flink.config.SluiceConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How many ticks a second of one core carries through buckets and stop criteria, from a pre-filled
 * topic, beside a plain consumer that fills the same buckets: same run, same broker, same reader.
 * Processor time counts all threads of the measured side with garbage collection and compilation,
 * the broker's own not (see {@link CpuClock}); the best of three passes of each side counts, after
 * warm-up passes.
 */
public final class ThroughputBench {
  private static final int PASSES = 3;
  private static final long SAMPLE_NANOS = 1_000_000;
  private static final long PASS_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);

  /**
   * What to measure.
   *
   * @param bootstrap a broker of its own: its event topics must be empty
   * @param events ticks to fill the topic with
   * @param warmUpEvents ticks each side reads before it is measured
   * @param config the jobs' configuration file; its criteria are judged
   * @param directory for checkpoints
   */
  public record Options(
      String bootstrap, long events, long warmUpEvents, Path config, Path directory) {}

  private ThroughputBench() {}

  /**
   * Fills the topic and measures; some minutes.
   *
   * @param progress told of each step
   * @throws IllegalStateException when a pass does not end within five minutes
   */
  public static ThroughputReport run(Options options, Consumer<String> progress) throws Exception {
    progress.accept("filling the topic");
    long ticks = TickFeed.fill(options.bootstrap(), options.events());
    SluiceConfig config =
        SluiceConfig.load(
            options.config(),
            List.of(
                "kafka.bootstrap=" + options.bootstrap(),
                "roster=" + TickFeed.names(),
                "flink.parallelism=1",
                "flink.checkpoint.dir=" + options.directory().resolve("checkpoints")));
    Bench bench = new Bench(options, config, ticks, progress);
    Rate plainFetch = bench.plain(Depth.FETCH);
    Rate plainParse = bench.plain(Depth.PARSE);
    Rate plain = bench.plain(Depth.BUCKETS);
    Rate source = bench.flink(Graph.SOURCE);
    Rate parse = bench.flink(Graph.PARSE);
    Rate buckets = bench.flink(Graph.BUCKETS);
    Rate jobs = bench.flink(Graph.CRITERIA);
    Rate naive = bench.flink(Graph.NAIVE);
    return new ThroughputReport(
        ticks,
        bench.warmUpPasses * ticks,
        jobs.eventsPerCoreS() / plain.eventsPerCoreS(),
        naive.eventsPerCoreS() / plain.eventsPerCoreS(),
        plain,
        plainFetch,
        plainParse,
        jobs,
        source,
        parse,
        buckets,
        naive);
  }

  private static final class Bench {
    private final Options options;
    private final SluiceConfig config;
    private final long ticks;
    private final long warmUpPasses;
    private final Consumer<String> progress;

    Bench(Options options, SluiceConfig config, long ticks, Consumer<String> progress) {
      this.options = options;
      this.config = config;
      this.ticks = ticks;
      this.warmUpPasses = (options.warmUpEvents() + ticks - 1) / ticks;
      this.progress = progress;
    }

    Rate plain(Depth depth) throws Exception {
      return best("plain " + depth, () -> PlainConsumer.run(options.bootstrap(), ticks, depth));
    }

    Rate flink(Graph graph) throws Exception {
      return best("Flink " + graph, () -> pass(graph));
    }

    private Rate best(String name, Pass pass) throws Exception {
      for (long i = 0; i < warmUpPasses; i++) {
        pass.run();
      }
      Rate best = null;
      for (int i = 0; i < PASSES; i++) {
        Rate rate = pass.run();
        if (best == null || rate.eventsPerCoreS() > best.eventsPerCoreS()) {
          best = rate;
        }
      }
      progress.accept(
          String.format("%s: %,.0f events per core-second", name, best.eventsPerCoreS()));
      return best;
    }

    private Rate pass(Graph graph) throws Exception {
      CountingSink.EVENTS.set(0);
      RateMeter meter = new RateMeter(ticks);
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.createLocalEnvironment(JobEnvironment.configuration(config));
      BenchJobs.define(env, graph, options.bootstrap(), config);
      JobClient job = env.executeAsync("bench " + graph);
      long deadline = System.nanoTime() + PASS_LIMIT_NANOS;
      try {
        while (!meter.at(CountingSink.EVENTS.get())) {
          if (System.nanoTime() > deadline) {
            throw new IllegalStateException(
                graph + " stopped at " + CountingSink.EVENTS.get() + " of " + ticks);
          }
          LockSupport.parkNanos(SAMPLE_NANOS);
        }
      } finally {
        job.cancel().get();
      }
      return meter.rate();
    }
  }

  @FunctionalInterface
  private interface Pass {
    Rate run() throws Exception;
  }
}
