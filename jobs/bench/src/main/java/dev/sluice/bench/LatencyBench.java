// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.flink.app.AllJobs;
import dev.sluice.flink.app.JobEnvironment;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.schemas.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * How long a halt takes: an event that breaches (see {@link LatencyPath}) is produced, all jobs
 * judge it in a local Flink, and an engine's gate client obeys. Beside each halt, in turn, one echo
 * between two topics of the same broker: the floor. One JVM, one clock.
 */
public final class LatencyBench {
  private static final String ENGINE = "bench-1";
  private static final short REPLICATION = 1;
  private static final long SETTLE_NANOS = 5_000_000;

  /**
   * What to measure.
   *
   * @param bootstrap a broker that has the topics of Sluice, empty of this engine's records
   * @param path what the halts are caused by
   * @param halts to measure
   * @param warmUpHalts before them, not counted
   * @param config the jobs' configuration file; its criteria are judged
   * @param directory for checkpoints and the engine's epoch
   * @param overrides settings of the jobs, {@code key=value}
   */
  public record Options(
      String bootstrap,
      LatencyPath path,
      int halts,
      int warmUpHalts,
      Path config,
      Path directory,
      List<String> overrides) {}

  private LatencyBench() {}

  /**
   * Measures; takes about 20 ms per halt and some seconds to start.
   *
   * @param progress told of each tenth of the way
   * @throws IllegalStateException when a halt or an echo does not come within its time
   */
  public static LatencyReport run(Options options, Consumer<String> progress) throws Exception {
    createEchoTopics(options.bootstrap());
    JobClient job = startJobs(options);
    try (HaltFeed feed = new HaltFeed(options.bootstrap(), ENGINE);
        EchoLoop echo = new EchoLoop(options.bootstrap());
        BenchEngine engine = new BenchEngine(options.bootstrap(), ENGINE, options.directory())) {
      Halts halts = new Halts(options.path(), feed, echo, engine);
      halts.run(options.warmUpHalts(), text -> progress.accept("warm-up " + text));
      return halts.run(options.halts(), progress);
    } finally {
      job.cancel().get();
    }
  }

  private record Halts(LatencyPath path, HaltFeed feed, EchoLoop echo, BenchEngine engine) {
    LatencyReport run(int count, Consumer<String> progress) throws InterruptedException {
      long[] applied = new long[count];
      long[] effective = new long[count];
      long[] echoes = new long[count];
      feed.sendHeartbeat(feed.heartbeat(false)); // of an engine not heard nothing is reckoned
      long startNanos = System.nanoTime();
      for (int i = 0; i < count; i++) {
        feed.sendTick();
        byte[] breach = path.breach(feed);
        long sentNanos = System.nanoTime();
        path.send(feed, breach);
        applied[i] = engine.await(Mode.HALT, false, Halts::goOn) - sentNanos;
        effective[i] = engine.await(Mode.HALT, true, Halts::goOn) - sentNanos;
        echoes[i] = echo.measure(breach);
        path.recover(feed);
        // The two travel by different topics: a RESUME that is read first is refused, and sent
        // again.
        LockSupport.parkNanos(SETTLE_NANOS);
        feed.sendResume();
        engine.await(Mode.RUN, true, feed::sendResume);
        if ((i + 1) % Math.max(1, count / 10) == 0) {
          progress.accept((i + 1) + " of " + count + " halts");
        }
      }
      double wallS = (System.nanoTime() - startNanos) / 1e9;
      return count == 0 ? null : LatencyReport.of(path, applied, effective, echoes, wallS);
    }

    private static void goOn() {}
  }

  private static JobClient startJobs(Options options) throws Exception {
    List<String> overrides = new ArrayList<>(options.overrides());
    overrides.add("kafka.bootstrap=" + options.bootstrap());
    overrides.add("roster=[" + ENGINE + "]");
    overrides.add("datasets.enabled=false");
    overrides.add("flink.checkpoint.dir=" + options.directory().resolve("checkpoints"));
    SluiceConfig config = SluiceConfig.load(options.config(), overrides);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(JobEnvironment.configuration(config));
    AllJobs.define(env, config);
    return env.executeAsync("sluice-latency");
  }

  private static void createEchoTopics(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      List<NewTopic> topics =
          List.of(
              new NewTopic(EchoLoop.THERE, 1, REPLICATION),
              new NewTopic(EchoLoop.BACK, 1, REPLICATION));
      for (var created : admin.createTopics(topics).values().values()) {
        try {
          created.get();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw e;
          }
        }
      }
    }
  }
}
