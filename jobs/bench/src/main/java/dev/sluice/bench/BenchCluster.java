// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.flink.app.JobEnvironment;
import dev.sluice.flink.config.SluiceConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink in this JVM that outlives its jobs, as one in production does. A cluster for each pass
 * would load Flink's RPC anew and have it compiled again while the job is measured: a fifth of the
 * processor time of two million ticks. One thread.
 */
public final class BenchCluster implements AutoCloseable {
  private static final long ANSWER_S = 120;
  private static final int SLOTS = 2;
  private static final String LOOPBACK = "127.0.0.1";

  private final MiniCluster cluster;

  /**
   * What one checkpoint wrote, and how long it took from its trigger to the last acknowledgement.
   */
  record Checkpoint(long bytes, long durationMs) {}

  private BenchCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts it; loopback only. */
  public static BenchCluster start() throws Exception {
    Configuration loopback = new Configuration();
    loopback.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    loopback.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    loopback.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(loopback)
                .setCommonBindAddress(LOOPBACK)
                .withRandomPorts()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
    cluster.start();
    return new BenchCluster(cluster);
  }

  /** Submits what {@code define} builds in an environment with the settings of the jobs. */
  public Job submit(String name, SluiceConfig config, Consumer<StreamExecutionEnvironment> define)
      throws Exception {
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(JobEnvironment.configuration(config));
    define.accept(env);
    env.setParallelism(config.flink().parallelism());
    var graph = env.getStreamGraph();
    graph.setJobName(name);
    JobGraph job = graph.getJobGraph(BenchCluster.class.getClassLoader(), new JobID());
    answer(cluster.submitJob(job));
    return new Job(job.getJobID());
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }

  /** One job on it; closing cancels it and waits until it is gone. */
  public final class Job implements AutoCloseable {
    private final JobID id;

    private Job(JobID id) {
      this.id = id;
    }

    /**
     * Throws when the job failed for good.
     *
     * @throws IllegalStateException with its state
     */
    public void requireAlive() throws Exception {
      var status = answer(cluster.getJobStatus(id));
      if (status.isTerminalState()) {
        throw new IllegalStateException("the job ended by itself: " + status);
      }
    }

    /** Bytes of a canonical savepoint taken now. */
    long savepointBytes(Path directory) throws Exception {
      String savepoint =
          answer(
              cluster.triggerSavepoint(
                  id, directory.toUri().toString(), false, SavepointFormatType.CANONICAL));
      return sizeOf(Path.of(URI.create(savepoint)));
    }

    /** Takes a checkpoint now. */
    Checkpoint checkpoint() throws Exception {
      long number = answer(cluster.triggerCheckpoint(id, CheckpointType.FULL));
      CheckpointStatsSnapshot all =
          answer(cluster.getExecutionGraph(id)).getCheckpointStatsSnapshot();
      AbstractCheckpointStats taken = all.getHistory().getCheckpointById(number);
      return new Checkpoint(taken.getStateSize(), taken.getEndToEndDuration());
    }

    @Override
    public void close() throws Exception {
      answer(cluster.cancelJob(id));
      answer(cluster.requestJobResult(id));
    }
  }

  private static long sizeOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static <T> T answer(CompletableFuture<T> asked)
      throws InterruptedException, ExecutionException, TimeoutException {
    return asked.get(ANSWER_S, TimeUnit.SECONDS);
  }
}
