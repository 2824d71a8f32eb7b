// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.config.SluiceConfig;
import java.util.function.BiConsumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What every main does: read the configuration, define the job, execute it. */
final class JobMain {
  private JobMain() {}

  /**
   * Runs a job where the context says: on a cluster under {@code flink run}, else in this process.
   */
  static void run(
      String jobName,
      String[] arguments,
      BiConsumer<StreamExecutionEnvironment, SluiceConfig> define)
      throws Exception {
    SluiceConfig config = SluiceConfig.fromArguments(arguments);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.configuration(config));
    define.accept(env, config);
    env.execute(jobName);
  }
}
