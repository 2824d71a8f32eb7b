// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.flink.app.AllJobs;
import dev.sluice.flink.config.SluiceConfig;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Whether the memory of all jobs stays flat under a steady load: engines publish in accelerated
 * event time, so that windows of hours are full within a minute, and from then on heap and resident
 * memory are sampled. Each sample is taken after a full collection. Broker, engines and jobs share
 * this JVM, so a leak of any of them shows. Event stores are left out: their files are on disk.
 */
public final class SoakBench {
  private static final String PREFIX = "soak-mm-";
  private static final int TICKS_PER_START = 50;

  /** The longest window that is shipped, and a margin. */
  private static final long WINDOWS_FULL_AFTER_S = 3 * 3_600;

  /**
   * What to measure.
   *
   * @param bootstrap a broker of its own
   * @param engines that publish five ticks a second of event time each
   * @param speed seconds of event time in one second
   * @param seconds sampled, after windows have filled
   * @param everySeconds between samples
   * @param config the jobs' configuration file
   * @param directory for checkpoints
   */
  public record Options(
      String bootstrap,
      int engines,
      int speed,
      long seconds,
      long everySeconds,
      Path config,
      Path directory) {}

  private SoakBench() {}

  /**
   * Loads and samples.
   *
   * @param progress told of each sample
   * @throws IllegalStateException when the job fails
   */
  public static SoakReport run(Options options, Consumer<String> progress) throws Exception {
    TickFeed.createTopics(options.bootstrap());
    SluiceConfig config =
        SluiceConfig.load(
            options.config(),
            List.of(
                "kafka.bootstrap=" + options.bootstrap(),
                "roster=" + HealthyEngines.names(PREFIX, options.engines()),
                "datasets.enabled=false",
                "flink.parallelism=1",
                "flink.checkpoint.dir=" + options.directory().resolve("checkpoints")));
    try (BenchCluster cluster = BenchCluster.start();
        BenchCluster.Job job = cluster.submit("soak", config, env -> AllJobs.define(env, config));
        Load load = new Load(options)) {
      progress.accept("filling the windows");
      load.await(WINDOWS_FULL_AFTER_S / HealthyEngines.BUCKET_S);
      List<SoakReport.Sample> samples = new ArrayList<>();
      long startNanos = System.nanoTime();
      long startTicks = load.ticks();
      long count = Math.max(2, options.seconds() / options.everySeconds() + 1);
      for (long i = 0; i < count; i++) {
        sleepUntil(startNanos + TimeUnit.SECONDS.toNanos(i * options.everySeconds()));
        job.requireAlive();
        SoakReport.Sample sample = sample(System.nanoTime() - startNanos);
        samples.add(sample);
        progress.accept(sample.text());
      }
      double wallS = (System.nanoTime() - startNanos) / 1e9;
      return SoakReport.of(
          options.engines(), wallS, (load.ticks() - startTicks) / wallS, job.checkpoint(), samples);
    }
  }

  private static SoakReport.Sample sample(long nanos) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return new SoakReport.Sample(
        nanos / 1e9, memory.getHeapMemoryUsage().getUsed(), ResidentMemory.anonymousBytes());
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    long left = nanos - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  /** The engines, in a thread of their own. */
  private static final class Load implements AutoCloseable {
    private final HealthyEngines feed;
    private final long startNanos;
    private final Thread thread = new Thread(this::publish, "soak-engines");
    private final AtomicLong starts = new AtomicLong();
    private volatile boolean stopped;

    Load(Options options) {
      feed = new HealthyEngines(options.bootstrap(), PREFIX, options.engines(), TICKS_PER_START);
      startNanos = TimeUnit.SECONDS.toNanos(HealthyEngines.BUCKET_S) / Math.max(1, options.speed());
      thread.start();
    }

    long ticks() {
      return starts.get() * feed.ticksPerStart();
    }

    void await(long wanted) throws InterruptedException {
      while (starts.get() < wanted) {
        TimeUnit.MILLISECONDS.sleep(10);
        if (!thread.isAlive()) {
          throw new IllegalStateException("the engines stopped after " + starts.get() + " starts");
        }
      }
    }

    private void publish() {
      long next = System.nanoTime();
      try {
        while (!stopped) {
          feed.start();
          starts.incrementAndGet();
          next += startNanos;
          sleepUntil(next);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() throws InterruptedException {
      stopped = true;
      thread.join();
      feed.close();
    }
  }
}
