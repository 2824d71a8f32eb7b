// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.trial.TrialTopology;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Buckets by arm and slot to what a trial has shown, its safety and its acceptance. */
public final class TrialJob {
  private TrialJob() {}

  public static void main(String[] arguments) throws Exception {
    JobMain.run("sluice-trial", arguments, TrialJob::define);
  }

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    var kafka = new KafkaEdges(env, config, "trial");
    var buckets = kafka.messages(Topics.BUCKETS, Bucket.class).records();
    var commands = kafka.commands().records();
    var trials = TrialTopology.build(buckets, commands, config.trialSettings());
    kafka.sink(trials.verdicts(), Topics.VERDICTS, Verdict::engineId);
    kafka.sink(trials.statuses(), Topics.TRIALS, TrialStatus::engineId);
    // unreadable buckets are published by the job of the criteria, commands by that of the gate
  }
}
