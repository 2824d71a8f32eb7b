// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.bucket.BucketTopology;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.stop.StopCriteriaTopology;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.CriterionAck;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Buckets and heartbeats to verdicts. */
public final class StopCriteriaJob {
  private StopCriteriaJob() {}

  public static void main(String[] arguments) throws Exception {
    JobMain.run("sluice-criteria", arguments, StopCriteriaJob::define);
  }

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    var kafka = new KafkaEdges(env, config, "criteria");
    var buckets = kafka.messages(Topics.BUCKETS, Bucket.class);
    var health = BucketTopology.health(kafka.source("health", Topics.HEALTH), config.buckets());
    var commands = kafka.commands().records();
    var judged =
        StopCriteriaTopology.build(
            buckets.records(), health, commands, kafka.criteria(), config.stopSettings());
    kafka.sink(judged.verdicts(), Topics.VERDICTS, Verdict::engineId);
    kafka.sink(judged.acks(), Topics.CRITERIA_ACKS, CriterionAck::key);
    // of what it reads, others publish what is rejected elsewhere: health BucketJob, commands
    // GateJob
    kafka.sink(
        buckets.deadLetters().union(judged.deadLetters()), Topics.DEADLETTERS, DeadLetter::topic);
  }
}
