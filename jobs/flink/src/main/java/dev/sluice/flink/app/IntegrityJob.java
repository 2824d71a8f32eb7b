// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.integrity.IntegrityTopology;
import dev.sluice.flink.sequence.SequenceTopology;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The order streams of each engine against the five order safeguards: findings and verdicts. */
public final class IntegrityJob {
  private IntegrityJob() {}

  public static void main(String[] arguments) throws Exception {
    JobMain.run("sluice-integrity", arguments, IntegrityJob::define);
  }

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    var kafka = new KafkaEdges(env, config, "integrity");
    var buckets = kafka.messages(Topics.BUCKETS, Bucket.class).records();
    var commands = kafka.commands().records();
    var sequence =
        SequenceTopology.build(
            kafka.source("events", Sources.ORDERED), commands, buckets, config.sequence());
    var integrity =
        IntegrityTopology.build(
            sequence.events(),
            config.integrity(),
            config.allCriteria(),
            config.criteria().refreshMs());
    kafka.sink(integrity.verdicts(), Topics.VERDICTS, Verdict::engineId);
    kafka.sink(integrity.findings(), Topics.FINDINGS, Finding::engineId);
    // of what it reads, BucketJob, StopCriteriaJob and GateJob publish what is rejected elsewhere
    kafka.sink(sequence.deadLetters(), Topics.DEADLETTERS, DeadLetter::topic);
  }
}
