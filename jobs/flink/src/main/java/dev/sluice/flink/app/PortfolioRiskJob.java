// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.bucket.BucketTopology;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.risk.PortfolioRiskTopology;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Marks, fills, heartbeats and buckets of all engines to verdicts about them together. */
public final class PortfolioRiskJob {
  private PortfolioRiskJob() {}

  public static void main(String[] arguments) throws Exception {
    JobMain.run("sluice-risk", arguments, PortfolioRiskJob::define);
  }

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    var kafka = new KafkaEdges(env, config, "risk");
    var events =
        BucketTopology.risk(
            kafka.source("risk-events", Topics.TICKS, Topics.FILLS, Topics.HEALTH),
            config.buckets());
    var buckets = kafka.messages(Topics.BUCKETS, Bucket.class);
    var commands = kafka.commands().records();
    var risk =
        PortfolioRiskTopology.build(
            events,
            buckets.records(),
            commands,
            config.risk(),
            config.roster(),
            config.portfolioCriteria(),
            config.criteria().refreshMs());
    kafka.sink(risk.verdicts(), Topics.VERDICTS, Verdict::engineId);
    kafka.sink(risk.audits(), Topics.AUDIT, RiskAudit::criterionId);
    // unreadable buckets are published by the job of the criteria, events by that of the buckets
  }
}
