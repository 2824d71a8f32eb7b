// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.bucket.BucketTopology;
import dev.sluice.flink.calibration.CalibrationTopology;
import dev.sluice.flink.command.CommandTopology;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.dataset.DatasetStreams;
import dev.sluice.flink.dataset.DatasetTopology;
import dev.sluice.flink.gate.GateTopology;
import dev.sluice.flink.integrity.IntegrityTopology;
import dev.sluice.flink.io.Messages;
import dev.sluice.flink.parity.ParityTopology;
import dev.sluice.flink.reconcile.ReconciliationTopology;
import dev.sluice.flink.risk.PortfolioRiskTopology;
import dev.sluice.flink.sequence.SequenceTopology;
import dev.sluice.flink.stop.StopCriteriaTopology;
import dev.sluice.flink.trial.TrialTopology;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Every job in one graph with shared sources: between the topologies nothing goes through Kafka.
 */
public final class AllJobs {
  private AllJobs() {}

  public static void main(String[] arguments) throws Exception {
    JobMain.run("sluice-all", arguments, AllJobs::define);
  }

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    var kafka = new KafkaEdges(env, config, "all");
    var events = kafka.source("events", Sources.EVENTS);
    var feedback = kafka.source("feedback", Sources.FEEDBACK);
    var acks = Messages.read(feedback, Topics.ACKS, Ack.class);
    var commands = Messages.read(feedback, Topics.COMMANDS, Command.class);
    var people = CommandTopology.build(commands.records(), config.gate().settleMs());
    var criteria = config.allCriteria();
    long refreshMs = config.criteria().refreshMs();

    var buckets = BucketTopology.build(events, config.buckets());
    var sequence = SequenceTopology.build(events, people, buckets.buckets(), config.sequence());
    var judged =
        StopCriteriaTopology.build(
            buckets.buckets(), buckets.health(), people, config.stopSettings());
    var integrity =
        IntegrityTopology.build(sequence.events(), config.integrity(), criteria, refreshMs);
    var books =
        ReconciliationTopology.build(
            sequence.events(), config.reconciliation(), criteria, refreshMs);
    var risk =
        PortfolioRiskTopology.build(
            buckets.risk(),
            buckets.buckets(),
            people,
            config.risk(),
            config.roster(),
            config.portfolioCriteria(),
            refreshMs);
    var trials = TrialTopology.build(buckets.buckets(), people, config.trialSettings());
    var parity = ParityTopology.build(sequence.events(), config.parity(), criteria, refreshMs);
    var calibrations =
        CalibrationTopology.build(buckets.buckets(), buckets.amendments(), config.calibration());
    var words =
        judged.union(
            integrity.verdicts(),
            books.verdicts(),
            risk.verdicts(),
            trials.verdicts(),
            parity.verdicts());
    var gate =
        GateTopology.build(
            words, acks.records(), people, config.gate(), config.roster(), config.rolloutPolicy());

    var verdicts = words.union(gate.verdicts());
    var findings = integrity.findings().union(books.findings());
    var letters =
        buckets
            .deadLetters()
            .union(sequence.deadLetters(), acks.deadLetters(), commands.deadLetters());
    if (config.datasets().enabled()) {
      var streams =
          new DatasetStreams(
              events,
              feedback.union(kafka.source("control", Topics.CONTROL)),
              buckets.buckets(),
              buckets.amendments(),
              verdicts,
              findings,
              books.drifts(),
              risk.audits(),
              trials.statuses(),
              parity.windows(),
              calibrations,
              letters);
      DatasetTopology.build(streams, ParquetDatasets.in(config), config.archive());
    }
    kafka.signedSink(gate.control(), Topics.CONTROL, Control::engineId);
    kafka.signedSink(gate.leases(), Topics.LEASES, Lease::engineId);
    kafka.sink(verdicts, Topics.VERDICTS, Verdict::engineId);
    kafka.sink(buckets.buckets(), Topics.BUCKETS, Bucket::engineId);
    kafka.sink(buckets.amendments(), Topics.AMENDMENTS, Bucket::engineId);
    kafka.sink(findings, Topics.FINDINGS, Finding::engineId);
    kafka.sink(books.drifts(), Topics.DRIFT, Drift::engineId);
    kafka.sink(risk.audits(), Topics.AUDIT, RiskAudit::criterionId);
    kafka.sink(trials.statuses(), Topics.TRIALS, TrialStatus::engineId);
    kafka.sink(parity.windows(), Topics.PARITY, Parity::engineId);
    kafka.sink(calibrations, Topics.CALIBRATION, Calibration::engineId);
    kafka.sink(letters, Topics.DEADLETTERS, DeadLetter::topic);
  }
}
