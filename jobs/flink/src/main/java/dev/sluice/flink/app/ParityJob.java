// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.parity.ParityTopology;
import dev.sluice.flink.sequence.SequenceTopology;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Engines against their shadows: windows and verdicts. */
public final class ParityJob {
  private ParityJob() {}

  public static void main(String[] arguments) throws Exception {
    JobMain.run("sluice-parity", arguments, ParityJob::define);
  }

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    var kafka = new KafkaEdges(env, config, "parity");
    var buckets = kafka.messages(Topics.BUCKETS, Bucket.class).records();
    var commands = kafka.commands().records();
    var sequence =
        SequenceTopology.build(
            kafka.source("events", Sources.ORDERED), commands, buckets, config.sequence());
    var parity =
        ParityTopology.build(
            sequence.events(),
            config.parity(),
            config.allCriteria(),
            config.criteria().refreshMs());
    kafka.sink(parity.verdicts(), Topics.VERDICTS, Verdict::engineId);
    kafka.sink(parity.windows(), Topics.PARITY, Parity::engineId);
    // what is rejected of the order streams is published by IntegrityJob and BucketJob
  }
}
