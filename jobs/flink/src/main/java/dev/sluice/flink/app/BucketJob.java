// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.bucket.BucketTopology;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Topics;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Raw events to buckets. */
public final class BucketJob {
  private BucketJob() {}

  public static void main(String[] arguments) throws Exception {
    JobMain.run("sluice-buckets", arguments, BucketJob::define);
  }

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    var kafka = new KafkaEdges(env, config, "buckets");
    var buckets = BucketTopology.build(kafka.source("events", Sources.JUDGED), config.buckets());
    kafka.sink(buckets.buckets(), Topics.BUCKETS, Bucket::engineId);
    kafka.sink(buckets.amendments(), Topics.AMENDMENTS, Bucket::engineId);
    kafka.sink(buckets.deadLetters(), Topics.DEADLETTERS, DeadLetter::topic);
  }
}
