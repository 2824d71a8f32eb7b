// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.bucket.BucketTopology;
import dev.sluice.flink.calibration.CalibrationTopology;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.integrity.IntegrityTopology;
import dev.sluice.flink.parity.ParityTopology;
import dev.sluice.flink.reconcile.ReconciliationTopology;
import dev.sluice.flink.risk.PortfolioRiskTopology;
import dev.sluice.flink.sequence.SequenceTopology;
import dev.sluice.flink.stop.StopCriteriaTopology;
import dev.sluice.flink.trial.TrialTopology;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CriterionAck;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * All judges over one stream of events: what is judged, wherever the events come from and whatever
 * becomes of the words.
 *
 * @param words of every judge, with the markers of their progress
 * @param criteriaAcks what the judge's subtasks made of changed criteria
 * @param deadLetters of the events and the changed criteria
 */
record Judges(
    DataStream<Verdict> words,
    DataStream<CriterionAck> criteriaAcks,
    DataStream<Bucket> buckets,
    DataStream<Bucket> amendments,
    DataStream<Finding> findings,
    DataStream<Drift> drifts,
    DataStream<RiskAudit> audits,
    DataStream<TrialStatus> trials,
    DataStream<Parity> parity,
    DataStream<Calibration> calibrations,
    DataStream<DeadLetter> deadLetters) {

  /**
   * Adds them to the graph.
   *
   * @param events raw records of ticks, orders, fills, health, ledger and drop copy
   * @param people what people ask, as the judges may hear it
   * @param changes raw records of changed criteria, read by one subtask
   */
  static Judges build(
      DataStream<RawRecord> events,
      DataStream<Command> people,
      DataStream<RawRecord> changes,
      SluiceConfig config) {
    var criteria = config.allCriteria();
    long refreshMs = config.criteria().refreshMs();

    var buckets = BucketTopology.build(events, config.buckets());
    var sequence = SequenceTopology.build(events, people, buckets.buckets(), config.sequence());
    var judged =
        StopCriteriaTopology.build(
            buckets.buckets(), buckets.health(), people, changes, config.stopSettings());
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
    DataStream<Verdict> words =
        judged
            .verdicts()
            .union(
                integrity.verdicts(),
                books.verdicts(),
                risk.verdicts(),
                trials.verdicts(),
                parity.verdicts());
    return new Judges(
        words,
        judged.acks(),
        buckets.buckets(),
        buckets.amendments(),
        integrity.findings().union(books.findings()),
        books.drifts(),
        risk.audits(),
        trials.statuses(),
        parity.windows(),
        calibrations,
        buckets.deadLetters().union(sequence.deadLetters(), judged.deadLetters()));
  }
}
