// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.dataset.DatasetStreams;
import dev.sluice.flink.dataset.DatasetTopology;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Everything in Kafka to Parquet datasets; what it cannot read, the judges publish. */
public final class DatasetJob {
  private DatasetJob() {}

  public static void main(String[] arguments) throws Exception {
    JobMain.run("sluice-datasets", arguments, DatasetJob::define);
  }

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    var kafka = new KafkaEdges(env, config, "datasets");
    var amendments = kafka.messages(Topics.AMENDMENTS, Bucket.class);
    var findings = kafka.messages(Topics.FINDINGS, Finding.class);
    var drift = kafka.messages(Topics.DRIFT, Drift.class);
    var audit = kafka.messages(Topics.AUDIT, RiskAudit.class);
    var log = kafka.messages(Topics.AUDIT_LOG, AuditEntry.class);
    var trials = kafka.messages(Topics.TRIALS, TrialStatus.class);
    var parity = kafka.messages(Topics.PARITY, Parity.class);
    var calibrations = kafka.messages(Topics.CALIBRATION, Calibration.class);
    var letters = kafka.messages(Topics.DEADLETTERS, DeadLetter.class);
    var streams =
        new DatasetStreams(
            kafka.source("events", Sources.EVENTS),
            kafka
                .source("feedback", Sources.FEEDBACK)
                .union(kafka.source("control", Sources.PUBLISHED)),
            kafka.messages(Topics.BUCKETS, Bucket.class).records(),
            amendments.records(),
            kafka.messages(Topics.VERDICTS, Verdict.class).records(),
            findings.records(),
            drift.records(),
            audit.records(),
            log.records(),
            trials.records(),
            parity.records(),
            calibrations.records(),
            letters
                .records()
                .union(
                    letters.deadLetters(),
                    amendments.deadLetters(),
                    findings.deadLetters(),
                    drift.deadLetters(),
                    audit.deadLetters(),
                    log.deadLetters(),
                    trials.deadLetters(),
                    parity.deadLetters(),
                    calibrations.deadLetters()));
    DatasetTopology.build(streams, ParquetDatasets.in(config), config.archive());
  }
}
