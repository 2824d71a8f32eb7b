// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.calibration.CalibrationTopology;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.Topics;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Buckets and amendments to intervals to calibrate with. */
public final class CalibrationJob {
  private CalibrationJob() {}

  public static void main(String[] arguments) throws Exception {
    JobMain.run("sluice-calibration", arguments, CalibrationJob::define);
  }

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    var kafka = new KafkaEdges(env, config, "calibration");
    var buckets = kafka.messages(Topics.BUCKETS, Bucket.class).records();
    var amendments = kafka.messages(Topics.AMENDMENTS, Bucket.class).records();
    kafka.sink(
        CalibrationTopology.build(buckets, amendments, config.calibration()),
        Topics.CALIBRATION,
        Calibration::engineId);
    // unreadable buckets are published by the job of the criteria, amendments by that of datasets
  }
}
