// SPDX-License-Identifier: Apache-2.0
package dev.sluice.peers;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.aggregate.AggregateOperation;
import com.hazelcast.jet.aggregate.AggregateOperation1;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.datamodel.KeyedWindowResult;
import com.hazelcast.jet.kafka.KafkaSources;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.jet.pipeline.WindowDefinition;
import dev.sluice.bench.peers.Answer;
import dev.sluice.bench.peers.Answers;
import dev.sluice.bench.peers.ClosedBucket;
import dev.sluice.bench.peers.OpenBucket;
import dev.sluice.bench.peers.Peer;
import dev.sluice.bench.peers.Question;
import dev.sluice.bench.peers.Task;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.MalformedException;
import dev.sluice.schemas.codec.TickReader;
import dev.sluice.schemas.codec.TickView;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Hazelcast Jet, one member of one cooperative thread, alone, at least once, a snapshot every ten
 * seconds as our checkpoints.
 *
 * <p>What was tuned: ticks are read into the few fields asked for in the source's own projection,
 * by our reader; ten-second tumbling windows are aggregated in place and the long windows are made
 * of their results, so that a tick is touched once; a parallelism of one everywhere, as there is
 * one partition; nothing is ever serialised but snapshots. Long sliding windows of its own would
 * combine thirty frames just so.
 */
public final class JetPeer implements Peer {
  private static final long SNAPSHOT_MS = 10_000;
  private static final long BUCKET_MS = Question.BUCKET_US / 1_000;

  private static volatile Answers current;

  /** What travels of a tick. */
  record Measured(
      String engineId,
      long eventTimeMs,
      double totalMs,
      boolean missed,
      boolean looked,
      boolean hit)
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
  }

  private record Reading(TickReader reader, TickView tick) {}

  private static final ThreadLocal<Reading> READING =
      ThreadLocal.withInitial(() -> new Reading(new TickReader(), new TickView()));

  private final HazelcastInstance member = Hazelcast.newHazelcastInstance(config());

  @Override
  public void pass(Task task, Answers answers) throws Exception {
    current = answers;
    Job job =
        member
            .getJet()
            .newJob(
                pipeline(task),
                new JobConfig()
                    .setProcessingGuarantee(ProcessingGuarantee.AT_LEAST_ONCE)
                    .setSnapshotIntervalMillis(SNAPSHOT_MS));
    try {
      answers.await();
    } finally {
      job.cancel();
      job.getFuture().handle((nothing, cancelled) -> null).get();
    }
  }

  private static Config config() {
    Config config = new Config();
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.getJetConfig().setEnabled(true).setCooperativeThreadCount(1);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().setPublicAddress("127.0.0.1");
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    return config;
  }

  private static Pipeline pipeline(Task task) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", task.bootstrap());
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("auto.offset.reset", "earliest");
    properties.put("max.poll.records", 2_000);
    StreamSource<Measured> ticks =
        KafkaSources.<byte[], byte[], Measured>kafka(properties, JetPeer::read, Topics.TICKS);
    Pipeline pipeline = Pipeline.create();
    pipeline
        .readFrom(ticks)
        .withTimestamps(Measured::eventTimeMs, Question.LATENESS_MS)
        .setLocalParallelism(1)
        .groupingKey(Measured::engineId)
        .window(WindowDefinition.tumbling(BUCKET_MS))
        .aggregate(buckets())
        .setLocalParallelism(1)
        .groupingKey(KeyedWindowResult::key)
        .flatMapStateful(
            ArrayList<ClosedBucket>::new,
            (closed, engine, window) ->
                Traversers.traverseIterable(answers(closed, engine, window)))
        .setLocalParallelism(1)
        .writeTo(Sinks.fromProcessor("answers", AnswerSink.supplier()))
        .setLocalParallelism(1);
    return pipeline;
  }

  private static Measured read(ConsumerRecord<byte[], byte[]> record) throws MalformedException {
    Reading reading = READING.get();
    TickView tick = reading.tick;
    reading.reader.read(record.value(), tick);
    return new Measured(
        tick.engineId,
        tick.eventTimeUs / 1_000,
        tick.totalMs,
        tick.totalMs > tick.deadlineMs,
        tick.cacheLookup,
        tick.cacheHit);
  }

  private static AggregateOperation1<Measured, OpenBucket, OpenBucket> buckets() {
    return AggregateOperation.withCreate(OpenBucket::new)
        .<Measured>andAccumulate(
            (bucket, tick) -> bucket.add(tick.totalMs, tick.missed, tick.looked, tick.hit))
        .andCombine(OpenBucket::add)
        .andExportFinish(bucket -> bucket);
  }

  private static List<Answer> answers(
      List<ClosedBucket> closed, String engine, KeyedWindowResult<String, OpenBucket> window) {
    ClosedBucket bucket = window.result().close(window.start() * 1_000);
    ClosedBucket.append(closed, bucket);
    return Question.answers(engine, bucket.endUs(), closed);
  }

  static Answers current() {
    return current;
  }
}
