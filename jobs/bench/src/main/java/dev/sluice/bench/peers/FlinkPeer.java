// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import dev.sluice.bench.BenchCluster;
import dev.sluice.flink.RawRecord;
import dev.sluice.flink.bucket.BucketStreams;
import dev.sluice.flink.bucket.BucketTopology;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.io.KafkaSources;
import dev.sluice.flink.stop.StopCriteriaTopology;
import dev.sluice.flink.stop.StopSettings;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * Ours: the topologies of BucketJob and StopCriteriaJob as they are, in a Flink of one TaskManager
 * in this process, with checkpoints. They do all of their work (identities, checks, seven
 * histograms, markouts, guards, evidence), of which the question needs a part; the criteria are the
 * question's, and an unchanged verdict is said with every bucket.
 */
public final class FlinkPeer implements Peer {
  private static final List<String> EVENTS =
      List.of(Topics.TICKS, Topics.ORDERS, Topics.FILLS, Topics.HEALTH, Topics.LEDGER);
  private static final long BUCKET_MS = Question.BUCKET_US / 1_000;

  private static volatile Answers current;

  private final BenchCluster cluster;

  /** Starts a Flink of its own in this process. */
  public FlinkPeer() throws Exception {
    cluster = BenchCluster.start();
  }

  @Override
  public void pass(Task task, Answers answers) throws Exception {
    current = answers;
    SluiceConfig config =
        SluiceConfig.load(
            task.config(),
            List.of(
                "kafka.bootstrap=" + task.bootstrap(),
                "roster=" + PeerFeed.names(),
                "flink.parallelism=1",
                "flink.checkpoint.dir=" + task.directory().resolve("checkpoints")));
    try (BenchCluster.Job job = cluster.submit("peer", config, env -> define(env, task, config))) {
      answers.await();
      job.requireAlive();
    }
  }

  private static void define(StreamExecutionEnvironment env, Task task, SluiceConfig config) {
    BucketStreams streams =
        BucketTopology.build(source(env, task, "events", EVENTS), config.buckets());
    StopSettings settings =
        new StopSettings(
            CriteriaYaml.parse("question.yaml", Question.yaml()), BUCKET_MS, BUCKET_MS);
    StopCriteriaTopology.build(
            streams.buckets(),
            streams.health(),
            noCommands(env, task),
            source(env, task, "criteria", List.of(Topics.CRITERIA)),
            settings)
        .verdicts()
        .sinkTo(new AnswerSink())
        .uid("peer-answers");
  }

  private static DataStream<Command> noCommands(StreamExecutionEnvironment env, Task task) {
    return source(env, task, "commands", List.of(Topics.COMMANDS))
        .flatMap(new Nothing())
        .returns(TypeInformation.of(Command.class))
        .uid("peer-no-commands");
  }

  private static DataStream<RawRecord> source(
      StreamExecutionEnvironment env, Task task, String name, List<String> topics) {
    String group = "peer-" + UUID.randomUUID();
    return env.fromSource(
            new KafkaSources(task.bootstrap(), group, Map.of()).raw(name, topics),
            WatermarkStrategy.noWatermarks(),
            name,
            TypeInformation.of(RawRecord.class))
        .uid("peer-source-" + name);
  }

  private static final class Nothing implements FlatMapFunction<RawRecord, Command> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(RawRecord raw, Collector<Command> out) {}
  }

  /** Verdicts to the answers of the pass that runs. */
  private static final class AnswerSink implements Sink<Verdict> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<Verdict> createWriter(WriterInitContext context) {
      return new AnswerWriter();
    }
  }

  private static final class AnswerWriter implements SinkWriter<Verdict> {
    @Override
    public void write(Verdict verdict, Context context) {
      if (!verdict.progressMarker()) {
        Double measured = verdict.evidence().measured();
        current.accept(
            List.of(
                new Answer(
                    verdict.engineId(),
                    verdict.eventTimeUs(),
                    verdict.criterionId(),
                    verdict.outcome().name(),
                    measured == null ? Double.NaN : measured)));
      }
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
