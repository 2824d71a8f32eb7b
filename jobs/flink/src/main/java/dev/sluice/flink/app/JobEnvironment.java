// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.config.CheckpointSettings;
import dev.sluice.flink.config.FlinkSettings;
import dev.sluice.flink.config.RestartSettings;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.io.Locations;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The Flink settings all jobs run with: records travel at once, every type and uid is known, state
 * survives a kill, and nothing gives up.
 */
public final class JobEnvironment {
  private JobEnvironment() {}

  /** Applies the settings to an environment, whoever made it. */
  public static void apply(StreamExecutionEnvironment env, SluiceConfig config) {
    env.configure(configuration(config));
    env.setParallelism(config.flink().parallelism());
  }

  /** The same as options, for who starts a cluster of their own. */
  public static Configuration configuration(SluiceConfig config) {
    FlinkSettings flink = config.flink();
    Configuration options = new Configuration();
    options.set(CoreOptions.DEFAULT_PARALLELISM, flink.parallelism());
    if (flink.maxParallelism() > 0) {
      options.set(PipelineOptions.MAX_PARALLELISM, flink.maxParallelism());
    }
    options.set(PipelineOptions.GENERIC_TYPES, false);
    options.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    options.set(PipelineOptions.OBJECT_REUSE, true);
    options.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
    options.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
    checkpoints(options, flink.checkpoint());
    restarts(options, flink.restart());
    return options;
  }

  private static void checkpoints(Configuration options, CheckpointSettings checkpoint) {
    options.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    options.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(checkpoint.intervalMs()));
    options.set(
        CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
        Duration.ofMillis(checkpoint.minPauseMs()));
    options.set(
        CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMillis(checkpoint.timeoutMs()));
    options.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, checkpoint.tolerableFailures());
    options.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    options.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    options.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    options.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, Locations.uri(checkpoint.dir()).toString());
    options.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, checkpoint.retained());
  }

  private static void restarts(Configuration options, RestartSettings restart) {
    options.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    options.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(restart.initialDelayMs()));
    options.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofMillis(restart.maxDelayMs()));
    options.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER,
        restart.multiplier());
    options.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        Duration.ofMillis(restart.resetAfterMs()));
    options.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR, 0.0);
    options.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, Integer.MAX_VALUE);
  }
}
