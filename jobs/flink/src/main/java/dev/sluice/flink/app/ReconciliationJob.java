// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.reconcile.ReconciliationTopology;
import dev.sluice.flink.sequence.SequenceTopology;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The engine's book against the venue's: findings, drift and verdicts. */
public final class ReconciliationJob {
  private ReconciliationJob() {}

  public static void main(String[] arguments) throws Exception {
    JobMain.run("sluice-reconciliation", arguments, ReconciliationJob::define);
  }

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    var kafka = new KafkaEdges(env, config, "reconciliation");
    var buckets = kafka.messages(Topics.BUCKETS, Bucket.class).records();
    var commands = kafka.commands().records();
    var sequence =
        SequenceTopology.build(
            kafka.source("events", Sources.ORDERED), commands, buckets, config.sequence());
    var books =
        ReconciliationTopology.build(
            sequence.events(),
            config.reconciliation(),
            config.allCriteria(),
            config.criteria().refreshMs());
    kafka.sink(books.verdicts(), Topics.VERDICTS, Verdict::engineId);
    kafka.sink(books.findings(), Topics.FINDINGS, Finding::engineId);
    kafka.sink(books.drifts(), Topics.DRIFT, Drift::engineId);
    // what is rejected of the order streams is published by IntegrityJob and BucketJob
  }
}
