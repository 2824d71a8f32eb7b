// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.command.CommandTopology;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.dataset.DatasetStreams;
import dev.sluice.flink.dataset.DatasetTopology;
import dev.sluice.flink.gate.GateTopology;
import dev.sluice.flink.io.Messages;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.CriterionAck;
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
    Judges judges = Judges.build(events, people, kafka.criteria(), config);
    var words = judges.words();
    var gate =
        GateTopology.build(
            words, acks.records(), people, config.gate(), config.roster(), config.rolloutPolicy());

    var verdicts = words.union(gate.verdicts());
    var letters = judges.deadLetters().union(acks.deadLetters(), commands.deadLetters());
    if (config.datasets().enabled()) {
      var streams =
          new DatasetStreams(
              events,
              feedback.union(kafka.source("control", Sources.PUBLISHED)),
              judges.buckets(),
              judges.amendments(),
              verdicts,
              judges.findings(),
              judges.drifts(),
              judges.audits(),
              gate.audits(),
              judges.trials(),
              judges.parity(),
              judges.calibrations(),
              letters);
      DatasetTopology.build(streams, ParquetDatasets.in(config), config.archive());
    }
    kafka.signedSink(gate.control(), Topics.CONTROL, Control::engineId);
    kafka.signedSink(gate.leases(), Topics.LEASES, Lease::engineId);
    kafka.sink(verdicts, Topics.VERDICTS, Verdict::engineId);
    kafka.sink(judges.criteriaAcks(), Topics.CRITERIA_ACKS, CriterionAck::key);
    kafka.sink(judges.buckets(), Topics.BUCKETS, Bucket::engineId);
    kafka.sink(judges.amendments(), Topics.AMENDMENTS, Bucket::engineId);
    kafka.sink(judges.findings(), Topics.FINDINGS, Finding::engineId);
    kafka.sink(judges.drifts(), Topics.DRIFT, Drift::engineId);
    kafka.sink(judges.audits(), Topics.AUDIT, RiskAudit::criterionId);
    kafka.sink(gate.audits(), Topics.AUDIT_LOG, AuditEntry::engineId);
    kafka.sink(judges.trials(), Topics.TRIALS, TrialStatus::engineId);
    kafka.sink(judges.parity(), Topics.PARITY, Parity::engineId);
    kafka.sink(judges.calibrations(), Topics.CALIBRATION, Calibration::engineId);
    kafka.sink(letters, Topics.DEADLETTERS, DeadLetter::topic);
  }
}
