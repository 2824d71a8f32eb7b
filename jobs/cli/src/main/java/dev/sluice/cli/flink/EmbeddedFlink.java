// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.flink;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.prometheus.LoopbackPrometheusReporterFactory;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** One job on a Flink cluster inside this JVM. Start and close from one thread, ask from any. */
public final class EmbeddedFlink implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final MiniCluster cluster;
  private final JobID job;
  private final String webAddress;

  /**
   * How to start.
   *
   * @param jobName shown in the web UI
   * @param slots task slots; at least the job's parallelism
   * @param webPort of the web UI on loopback, 0 for any free one
   * @param resumeFrom directory of a checkpoint or savepoint, or empty to start anew
   * @param metricsPort of Prometheus' figures on loopback, or empty for none
   */
  public record Options(
      String jobName, int slots, int webPort, Optional<Path> resumeFrom, OptionalInt metricsPort) {

    /** Without figures for Prometheus. */
    public Options(String jobName, int slots, int webPort, Optional<Path> resumeFrom) {
      this(jobName, slots, webPort, resumeFrom, OptionalInt.empty());
    }
  }

  private EmbeddedFlink(MiniCluster cluster, JobID job, String webAddress) {
    this.cluster = cluster;
    this.job = job;
    this.webAddress = webAddress;
  }

  /**
   * Starts a cluster and submits what {@code define} builds.
   *
   * @throws IllegalStateException when the cluster or the job does not start
   */
  public static EmbeddedFlink start(Options options, Consumer<StreamExecutionEnvironment> define) {
    Configuration configuration = configuration(options);
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(configuration);
    define.accept(env);
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(options.jobName());
    options
        .resumeFrom()
        .ifPresent(
            path ->
                graph.setSavepointRestoreSettings(
                    SavepointRestoreSettings.forPath(path.toUri().toString(), false)));
    JobGraph jobGraph = graph.getJobGraph(EmbeddedFlink.class.getClassLoader(), new JobID());
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setCommonBindAddress("127.0.0.1")
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(options.slots())
                .build());
    try {
      cluster.start();
      cluster.submitJob(jobGraph).get(ANSWER.toSeconds() * 3, TimeUnit.SECONDS);
      String web = cluster.getRestAddress().get(ANSWER.toSeconds(), TimeUnit.SECONDS).toString();
      return new EmbeddedFlink(cluster, jobGraph.getJobID(), web);
    } catch (Exception e) {
      cluster.closeAsync();
      throw new IllegalStateException("the job did not start: " + rootMessage(e), e);
    }
  }

  private static Configuration configuration(Options options) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, Integer.toString(options.webPort()));
    // Whoever reaches the port may look, and must not run code of his own here.
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    configuration.set(JobManagerOptions.ADDRESS, "127.0.0.1");
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, options.slots());
    // What a killed process leaves is what the next one resumes from.
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    options
        .metricsPort()
        .ifPresent(port -> LoopbackPrometheusReporterFactory.on(configuration, port));
    return configuration;
  }

  /** Where the web UI is, when it is on the class path. */
  public String webAddress() {
    return webAddress;
  }

  /** State of the job now. */
  public JobStatus status() {
    return answer(cluster.getJobStatus(job));
  }

  /** Failures the job has had since it started; each one was a restart or its end. */
  public int failures() {
    int failures = 0;
    for (RootExceptionHistoryEntry ignored :
        answer(cluster.getExecutionGraphInfo(job)).getExceptionHistory()) {
      failures++;
    }
    return failures;
  }

  /** The first line of the newest failure. */
  public Optional<String> failure() {
    Optional<String> newest = Optional.empty();
    for (RootExceptionHistoryEntry entry :
        answer(cluster.getExecutionGraphInfo(job)).getExceptionHistory()) {
      newest = Optional.of(entry.getExceptionAsString().lines().findFirst().orElse("?"));
    }
    return newest;
  }

  /**
   * Takes a savepoint into {@code directory}, publishes what is complete and ends the job; returns
   * where the savepoint is.
   *
   * @throws IllegalStateException when it does not end within {@code timeout}
   */
  public String stopWithSavepoint(URI directory, Duration timeout) {
    try {
      String savepoint =
          cluster
              .stopWithSavepoint(job, directory.toString(), false, SavepointFormatType.CANONICAL)
              .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      cluster.requestJobResult(job).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return savepoint;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the job did not stop: " + rootMessage(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the job stopped", e);
    }
  }

  /** Blocks until the job has ended, however; returns how. */
  public JobStatus awaitEnd() {
    try {
      return cluster.requestJobResult(job).get().getJobStatus().orElse(JobStatus.FAILED);
    } catch (ExecutionException e) {
      throw new IllegalStateException(rootMessage(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the job ran", e);
    }
  }

  @Override
  public void close() {
    try {
      cluster.closeAsync().get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Flink did not close: " + rootMessage(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T answer(java.util.concurrent.CompletableFuture<T> future) {
    try {
      return future.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Flink does not answer: " + rootMessage(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Flink", e);
    }
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.lines().findFirst().orElse(root.toString());
  }
}
