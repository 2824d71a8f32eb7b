// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole topology on a local cluster; a task that fails once fails the test. */
@Timeout(120)
class BucketTopologyTest {

  /** Absence is never evidence here, however slow the machine. */
  private static final BucketSettings PATIENT = BucketSettings.defaults().withWarmUpMs(3_600_000);

  private record Result(List<Bucket> buckets, List<DeadLetter> letters, List<Health> health) {}

  private static Result run(List<RawRecord> input, BucketSettings settings, int parallelism)
      throws Exception {
    StreamExecutionEnvironment env = environment(parallelism);
    DataStream<RawRecord> raw =
        env.fromData(input, TypeInformation.of(RawRecord.class)).uid("test-source");
    // As with Kafka: what a partition holds is read by one instance, in order.
    DataStream<RawRecord> partitioned = raw.keyBy(record -> record.topic() + record.partition());
    BucketStreams streams = BucketTopology.build(partitioned, settings);
    CollectingSink<Bucket> buckets = new CollectingSink<>();
    CollectingSink<DeadLetter> letters = new CollectingSink<>();
    CollectingSink<Health> health = new CollectingSink<>();
    streams.buckets().sinkTo(buckets).uid("test-buckets");
    streams.deadLetters().sinkTo(letters).uid("test-letters");
    streams.health().sinkTo(health).uid("test-health");
    env.execute("buckets");
    return new Result(buckets.collected(), letters.collected(), health.collected());
  }

  @Test
  void badInputRestartsNothingAndIsAllAccountedFor() throws Exception {
    BucketSettings settings =
        BucketSettings.defaults().withRoster(List.of("mm-1"), Source.SIMULATED);
    Result result = run(BadInput.withGood(), settings, 1);
    BadInput.check(result.letters, result.buckets.stream().filter(Bucket::wholeEngine).toList());
    assertThat(result.health).hasSize(6);
  }

  /** What the job of the stop criteria judges at once. */
  @Test
  void heartbeatsAloneAreHeldToTheSameChecks() throws Exception {
    EngineScript one = new EngineScript("mm-1", 1).health(us(0)).health(us(3_600)).health(us(10));
    one.repeatLast(EngineScript.Kind.HEALTH).health(us(20)).health(us(30));
    one.publish(EngineScript.Kind.HEALTH, "{}".getBytes(StandardCharsets.UTF_8));
    EngineScript live = new EngineScript("mm-2", 2).source(Source.LIVE);
    long appendedUs = us(0) + 1_000_000_000_000L;
    live.health(appendedUs - 1_000_000).health(appendedUs + 3_600_000_000L).health(appendedUs);
    EngineScript stranger = new EngineScript("stranger", 3).health(us(0));
    List<RawRecord> input = new ArrayList<>(one.asAppended());
    input.addAll(live.asAppended());
    input.addAll(stranger.asAppended());
    StreamExecutionEnvironment env = environment(1);
    CollectingSink<Health> health = new CollectingSink<>();
    BucketTopology.health(
            env.fromData(input, TypeInformation.of(RawRecord.class)).uid("test-source"),
            BucketSettings.defaults().withRoster(List.of("mm-1", "mm-2"), Source.SIMULATED))
        .sinkTo(health)
        .uid("test-health");
    env.execute("health");
    assertThat(health.collected())
        .extracting(Health::eventTimeUs)
        .containsExactly(us(0), us(10), us(20), us(30), appendedUs - 1_000_000, appendedUs);
  }

  @Test
  void theClusterComputesWhatThePureClassesDo() throws Exception {
    EngineScript one = new EngineScript("mm-1", 1).trade(0, 300).health(us(300));
    EngineScript two = new EngineScript("mm-2", 2).trade(0, 300).health(us(300));
    List<RawRecord> input = EngineScript.mixed(new Random(3), one, two);
    LocalBuckets local = new LocalBuckets(BucketSettings.defaults()).addAll(input).end();
    for (int parallelism = 1; parallelism <= 2; parallelism++) {
      Result result = run(input, PATIENT, parallelism);
      for (String engine : List.of("mm-1", "mm-2")) {
        assertThat(json(result.buckets, engine)).isEqualTo(json(local.buckets, engine));
      }
    }
  }

  private static StreamExecutionEnvironment environment(int parallelism) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    env.setBufferTimeout(0);
    return env;
  }

  private static long us(long second) {
    return EngineScript.START_US + second * 1_000_000;
  }

  private static List<String> json(List<Bucket> buckets, String engine) {
    return buckets.stream()
        .filter(bucket -> bucket.engineId().equals(engine))
        .map(bucket -> new String(Json.write(bucket), StandardCharsets.UTF_8))
        .toList();
  }
}
