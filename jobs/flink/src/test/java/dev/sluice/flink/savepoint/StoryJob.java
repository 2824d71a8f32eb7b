// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.savepoint;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.bucket.BucketSettings;
import dev.sluice.flink.bucket.BucketTopology;
import dev.sluice.flink.gate.GateSettings;
import dev.sluice.flink.gate.GateTopology;
import dev.sluice.flink.integrity.IntegrityTopology;
import dev.sluice.flink.reconcile.ReconciliationSettings;
import dev.sluice.flink.reconcile.ReconciliationTopology;
import dev.sluice.flink.risk.PortfolioRiskTopology;
import dev.sluice.flink.sequence.SequenceSettings;
import dev.sluice.flink.sequence.SequenceTopology;
import dev.sluice.flink.stop.StopCriteriaTopology;
import dev.sluice.flink.stop.StopSettings;
import dev.sluice.rules.gate.RolloutPolicy;
import dev.sluice.rules.integrity.IntegritySettings;
import dev.sluice.rules.risk.RiskSettings;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The judges and the gate in one graph, between feeds and ears of this JVM. */
final class StoryJob {
  private static final List<String> ROSTER = List.of("mm-1", "mm-2");
  private static final int MAX_PARALLELISM = 8;

  final Feed<RawRecord> events = new Feed<>();
  final Feed<Command> commands = new Feed<>();
  final Heard<Verdict> verdicts = new Heard<>();
  final Heard<Verdict> riskVerdicts = new Heard<>();
  final Heard<Finding> findings = new Heard<>();
  final Heard<Control> control = new Heard<>();
  private final Feed<Ack> acks = new Feed<>();
  private final Feed<RawRecord> changes = new Feed<>();
  private final StreamExecutionEnvironment env;
  private JobClient client;

  /**
   * Wires the job.
   *
   * @param savepoint directory to restore all state from, null to start empty
   */
  StoryJob(Path savepoint) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
      configuration.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, false);
    }
    env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    if (savepoint == null) {
      env.setMaxParallelism(MAX_PARALLELISM); // few key groups, a small file
    }
    env.setBufferTimeout(0);
    wire();
  }

  StoryJob start() throws Exception {
    client = env.executeAsync("story");
    return this;
  }

  /** All feeds end; returns when the job has ended. */
  StoryJob end() throws Exception {
    events.end();
    commands.end();
    acks.end();
    changes.end();
    client.getJobExecutionResult().get();
    return this;
  }

  /** Stops the job; returns where its savepoint is. */
  Path stop(Path into) throws Exception {
    String where =
        client
            .stopWithSavepoint(false, into.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    return Path.of(java.net.URI.create(where));
  }

  private void wire() {
    List<CriterionSpec> criteria = CriteriaYaml.parse("story.yaml", Story.CRITERIA);
    var settings = BucketSettings.defaults().withRoster(ROSTER, Source.SIMULATED);
    DataStream<RawRecord> raw = source(events, "story-events-v1", RawRecord.class);
    DataStream<Command> people = source(commands, "story-commands-v1", Command.class);
    DataStream<Ack> answers = source(acks, "story-acks-v1", Ack.class);
    var buckets = BucketTopology.build(raw, settings);
    var judged =
        StopCriteriaTopology.build(
            buckets.buckets(),
            buckets.health(),
            people,
            source(changes, "story-criteria-v1", RawRecord.class),
            StopSettings.defaults().withCriteria(criteria));
    var sequence =
        SequenceTopology.build(
            raw, people, buckets.buckets(), SequenceSettings.defaults().withRoster(ROSTER));
    var integrity =
        IntegrityTopology.build(sequence.events(), IntegritySettings.defaults(), criteria, 60_000);
    var books =
        ReconciliationTopology.build(
            sequence.events(), ReconciliationSettings.defaults(), criteria, 60_000);
    var risk =
        PortfolioRiskTopology.build(
            buckets.risk(),
            buckets.buckets(),
            people,
            RiskSettings.defaults(),
            ROSTER,
            criteria,
            60_000);
    var words = judged.verdicts().union(integrity.verdicts(), books.verdicts());
    var gate =
        GateTopology.build(
            words, answers, people, GateSettings.defaults(), ROSTER, RolloutPolicy.NONE);
    words.sinkTo(verdicts).uid("story-verdicts-v1");
    risk.verdicts().sinkTo(riskVerdicts).uid("story-risk-v1");
    integrity.findings().sinkTo(findings).uid("story-findings-v1");
    gate.control().sinkTo(control).uid("story-control-v1");
  }

  @SuppressWarnings("deprecation") // see Feed
  private <T> DataStream<T> source(Feed<T> feed, String uid, Class<T> type) {
    return env.addSource(feed, TypeInformation.of(type)).uid(uid).name(uid);
  }
}
