// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.Home;
import dev.sluice.cli.broker.BrokerOptions;
import dev.sluice.cli.broker.EmbeddedBroker;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.cli.flink.EmbeddedFlink;
import dev.sluice.cli.kafka.CommandSender;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.cli.metrics.PrometheusFiles;
import dev.sluice.flink.app.AllJobs;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Stages;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes in, the jobs go on, and every rejected record can be looked at. */
class BadInputTest {
  private static final int TEN_MEGABYTES = 10_000_000;
  private static final long HOUR_US = 3_600_000_000L;

  private final int metricsPort = freePort();

  @Test
  void nothingThatComesInRestartsTheJobsAndEverythingRejectedIsADeadLetter(@TempDir Path directory)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory.resolve("b")))) {
      try (TopicsAdmin topics = new TopicsAdmin(broker.bootstrapServers())) {
        topics.create(1, (short) 1);
      }
      try (EmbeddedFlink flink = judge(broker, directory)) {
        List<Long> bad = sendAll(broker.bootstrapServers());
        List<DeadLetter> letters = deadLetters(broker.bootstrapServers(), bad.size());
        assertThat(letters).extracting(DeadLetter::offset).containsExactlyInAnyOrderElementsOf(bad);
        assertThat(letters)
            .allSatisfy(
                letter -> {
                  assertThat(letter.topic()).isEqualTo(Topics.TICKS);
                  assertThat(letter.reason()).isNotBlank();
                  assertThat(letter.bytes().length).isLessThanOrEqualTo(DeadLetter.MAX_BYTES);
                });
        assertThat(letters)
            .extracting(DeadLetter::kind)
            .contains(DeadLetter.MALFORMED, DeadLetter.QUARANTINED, DeadLetter.UNKNOWN_ENGINE);
        assertThat(letters).anyMatch(letter -> letter.sizeBytes() >= TEN_MEGABYTES);
        assertThat(flink.failures()).isZero();
        assertThat(flink.status()).isEqualTo(JobStatus.RUNNING);
        everyFigureOfRulesAndDashboardIsExported();
      }
    }
  }

  /** The names in config/prometheus are those of Flink's reporter. */
  private void everyFigureOfRulesAndDashboardIsExported() {
    String url = "http://127.0.0.1:" + metricsPort + "/metrics";
    await("figures of Flink")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              String scraped = PrometheusFiles.scrape(url);
              assertThat(PrometheusFiles.missing("flink_", scraped)).isEmpty();
              assertThat(scraped).contains("engine=\"mm-1\"");
            });
  }

  private EmbeddedFlink judge(EmbeddedBroker broker, Path directory) {
    SluiceConfig config =
        SluiceConfig.load(
            Home.find().resolve("config").resolve("sluice.yaml"),
            List.of(
                "kafka.bootstrap=" + broker.bootstrapServers(),
                "flink.checkpoint.dir=" + directory.resolve("c"),
                "flink.checkpoint.interval=500ms",
                "flink.checkpoint.min_pause=100ms",
                "datasets.dir=" + directory.resolve("d")));
    return EmbeddedFlink.start(
        new EmbeddedFlink.Options("bad input", 1, 0, Optional.empty(), OptionalInt.of(metricsPort)),
        env -> AllJobs.define(env, config));
  }

  /** Good and bad in turns; returns the offsets of the bad ones. */
  private static List<Long> sendAll(String bootstrap) throws Exception {
    List<Long> bad = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "max.request.size",
                TEN_MEGABYTES + 1_000_000,
                "buffer.memory",
                64_000_000L),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      send(producer, Topics.HEALTH, Json.write(health()));
      send(producer, Topics.COMMANDS, Json.write(halt()));
      send(producer, Topics.TICKS, Json.write(tick("mm-1", 1, 0, 100.0)));
      bad.add(send(producer, Topics.TICKS, bytes("{\"schema\":\"tick.v1\", oops")));
      bad.add(send(producer, Topics.TICKS, bytes("")));
      bad.add(
          send(producer, Topics.TICKS, bytes("{\"schema\":\"tick.v1\",\"engine_id\":\"mm-1\"}")));
      bad.add(send(producer, Topics.TICKS, Json.write(tick("mm-1", 2, 0, Double.NaN))));
      bad.add(send(producer, Topics.TICKS, Json.write(tick("mm-1", 3, HOUR_US, 100.0))));
      bad.add(send(producer, Topics.TICKS, new byte[TEN_MEGABYTES]));
      bad.add(send(producer, Topics.TICKS, Json.write(tick("nobody", 1, 0, 100.0))));
      send(producer, Topics.TICKS, Json.write(tick("mm-1", 4, 0, 100.0)));
    }
    return bad;
  }

  private static long send(KafkaProducer<byte[], byte[]> producer, String topic, byte[] value)
      throws Exception {
    return producer
        .send(new ProducerRecord<>(topic, bytes("mm-1"), value))
        .get(20, TimeUnit.SECONDS)
        .offset();
  }

  private static List<DeadLetter> deadLetters(String bootstrap, int wanted) {
    List<DeadLetter> letters = new CopyOnWriteArrayList<>();
    try (RecordTail tail =
        new RecordTail(bootstrap, List.of(Topics.DEADLETTERS), RecordTail.From.BEGINNING)) {
      await("dead letters")
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                tail.poll(
                    Duration.ofMillis(100),
                    record -> {
                      try {
                        letters.add(Json.read(record.value(), DeadLetter.class));
                      } catch (MalformedException e) {
                        throw new AssertionError(e);
                      }
                    });
                return letters.size() >= wanted;
              });
    }
    return letters;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Something for the gate to decide. */
  private static Command halt() {
    return CommandSender.of("mm-1", CommandAction.HALT, null, null, "ana", "a test");
  }

  private static long nowUs() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private static Tick tick(String engine, long seq, long aheadUs, double bid) {
    return new Tick(
        Tick.SCHEMA,
        engine,
        "r1",
        seq,
        nowUs() + aheadUs,
        Source.LIVE,
        "SIMUSDT",
        null,
        null,
        bid,
        100.1,
        1,
        1,
        new Stages(1, 1, 1, 1, 1, 1),
        6,
        150,
        true,
        1.0,
        false,
        null,
        null,
        null,
        null);
  }

  private static Health health() {
    long nowUs = nowUs();
    return new Health(
        Health.SCHEMA,
        "mm-1",
        "r1",
        1,
        nowUs,
        Source.LIVE,
        "b",
        "c",
        nowUs,
        1,
        1,
        0,
        BreakerState.CLOSED,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        1,
        Mode.RUN,
        0,
        1,
        0,
        new SentCounts(0, 0, 0, null),
        null,
        null);
  }
}
