// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.bucket.BucketSettings;
import dev.sluice.flink.bucket.BucketTopology;
import dev.sluice.flink.gate.GateSettings;
import dev.sluice.flink.gate.GateTopology;
import dev.sluice.flink.stop.StopCriteriaTopology;
import dev.sluice.flink.stop.StopSettings;
import dev.sluice.rules.gate.RolloutPolicy;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The path from events to control as the jobs wire it: buckets, stop criteria, gate. */
final class JudgeGraph {
  static final List<String> ENGINES = List.of("mm-0", "mm-1");

  static final BucketSettings BUCKETS =
      BucketSettings.defaults().withRoster(ENGINES, Source.SIMULATED);

  static final List<CriterionSpec> CRITERIA =
      CriteriaYaml.parse(
          "simulation.yaml",
          """
          - {id: miss, metric: deadline_miss_ratio, over: 30s, breach: "> 0.4", recover: "< 0.3",
             hold: 20s, recover_hold: 20s, on_missing: {after: 1m, action: ALERT}, action: PAUSE,
             escalate: {to: HALT, after: 40s}}
          - {id: symbol-miss, metric: deadline_miss_ratio, over: 20s, breach: "> 0.6",
             scope: symbol, on_missing: {after: 1h, action: ALERT}, action: REDUCE_ONLY}
          - {id: capture, metric: capture_bps, over: 1m, breach: "< -20", min_samples: 2,
             on_missing: {after: 1h, action: ALERT}, action: PAUSE, mode: shadow}
          - {id: breaker, metric: breaker_open_s, instant: true, breach: "> 25",
             on_missing: {after: 5m, action: PAUSE}, action: HALT}
          - {id: alive, metric: event_age_s, instant: true, breach: "> 45",
             on_missing: {after: 5m, action: PAUSE}, action: HALT}
          """);

  static final GateSettings GATE = GateSettings.defaults().waitingFor("criteria");
  static final long REFRESH_MS = 60_000;

  private JudgeGraph() {}

  /** The graph, with sources and sinks that a simulation stands in for. */
  static Plan plan() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(2);
    DataStream<RawRecord> events = source(env, "events", RawRecord.class);
    DataStream<Ack> acks = source(env, "acks", Ack.class);
    DataStream<Command> commands = source(env, "commands", Command.class);
    var buckets = BucketTopology.build(events, BUCKETS);
    var verdicts =
        StopCriteriaTopology.build(
                buckets.buckets(),
                buckets.health(),
                commands,
                source(env, "criteria", RawRecord.class),
                new StopSettings(CRITERIA, BUCKETS.widthMs(), REFRESH_MS))
            .verdicts();
    var gate = GateTopology.build(verdicts, acks, commands, GATE, ENGINES, RolloutPolicy.NONE);
    sink(buckets.buckets(), "buckets", Bucket.class);
    sink(buckets.amendments(), "amendments", Bucket.class);
    sink(buckets.deadLetters(), "letters", DeadLetter.class);
    sink(verdicts, "verdicts", Verdict.class);
    sink(gate.control(), "control", Control.class);
    sink(gate.leases(), "leases", Lease.class);
    sink(gate.verdicts(), "gate-verdicts", Verdict.class);
    return Plan.of(env.getStreamGraph(false));
  }

  private static <T> DataStream<T> source(
      StreamExecutionEnvironment env, String name, Class<T> type) {
    return env.fromData(List.<T>of(), TypeInformation.of(type))
        .setParallelism(2)
        .uid(Plan.SOURCE + name);
  }

  private static <T> void sink(DataStream<T> stream, String name, Class<T> type) {
    stream
        .map(record -> record)
        .returns(TypeInformation.of(type))
        .uid(Plan.SINK + name)
        .sinkTo(new DiscardingSink<>())
        .uid("below-" + name);
  }
}
