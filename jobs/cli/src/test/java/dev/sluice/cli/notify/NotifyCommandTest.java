// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import dev.sluice.cli.broker.BrokerOptions;
import dev.sluice.cli.broker.EmbeddedBroker;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Notification;
import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.NotificationStatus;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real broker and a webhook. */
class NotifyCommandTest {
  @TempDir static Path directory;
  private static EmbeddedBroker broker;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(BrokerOptions.in(directory.resolve("broker")));
    assertThat(
            Main.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                "topics",
                "create",
                "--bootstrap",
                broker.bootstrapServers()))
        .isZero();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void eachEpisodeIsToldOnceOverRestartsAndEveryReceiptIsKept() throws Exception {
    try (Receiver people = new Receiver()) {
      Path config = config(people.url());
      // over before the first start: nobody is woken for it
      said(Words.verdict(Phase.TRIPPED, 5, 1), Words.verdict(Phase.CLEAR, 9, 0));
      said(Words.verdict(Phase.TRIPPED, 20, 10), Words.control(Mode.PAUSE, 1, 20, null));
      assertThat(notify(config, "--once")).as(err.toString()).isEqualTo(ExitCodes.OK);
      assertThat(people.taken())
          .extracting(one -> one.path("criterion_id").asText())
          .containsExactlyInAnyOrder("cache-hit", "sluice.mode");

      // a second life, without news
      assertThat(notify(config, "--once")).isEqualTo(ExitCodes.OK);
      assertThat(people.taken()).hasSize(2);

      // a refresh, the end, and an episode that begins and ends while nobody listens
      said(Words.verdict(Phase.TRIPPED, 30, 10), Words.verdict(Phase.CLEAR, 40, 0));
      said(Words.verdict(Phase.TRIPPED, 60, 50), Words.verdict(Phase.CLEAR, 70, 0));
      assertThat(notify(config, "--once", "--output", "json")).isEqualTo(ExitCodes.OK);
      assertThat(Json.mapper().readTree(out.toString()).path("standing").asInt()).isEqualTo(1);
      assertThat(people.taken("RESOLVED")).hasSize(2);
      assertThat(people.taken("FIRING")).hasSize(3);

      // another group that lost its position reads all again, and tells nothing twice
      assertThat(notify(config, "--once", "--history", "--group", "sluice-lost")).isZero();
      assertThat(people.taken())
          .extracting(one -> one.path("notification_id").asText())
          .as("only the episode that was skipped at the first start is new")
          .doesNotHaveDuplicates()
          .hasSize(7);
      List<Notification> rows = rows();
      assertThat(rows).hasSize(7).allMatch(row -> row.status() == NotificationStatus.RECEIVED);
      assertThat(rows.toString() + out + err).doesNotContain(Receiver.SECRET);
    }
  }

  @Test
  void aProbeWaitsForItsReceipt() throws Exception {
    try (Receiver people = new Receiver()) {
      Path config = config(people.url());
      assertThat(notify(config, "probe")).as(err.toString()).isEqualTo(ExitCodes.OK);
      assertThat(out.toString()).contains("people", "RECEIVED", "answered 204");
      people.always(500);
      assertThat(notify(config, "probe")).isEqualTo(ExitCodes.FAILED);
      assertThat(rows())
          .filteredOn(row -> row.kind() == NotificationKind.PROBE)
          .extracting(Notification::status)
          .containsExactly(NotificationStatus.RECEIVED, NotificationStatus.FAILED);
    }
  }

  @Test
  void aWebhookThatIsMissingIsAnErrorAndNoSuccess() throws Exception {
    Path config = config("http://127.0.0.1:1/" + Receiver.SECRET);
    assertThat(notify(config, "--once")).isEqualTo(ExitCodes.ENVIRONMENT);
    assertThat(err.toString()).contains("no channel can be reached");
    assertThat(notify(config, "--check")).isEqualTo(ExitCodes.FAILED);
    Files.writeString(config, "channels: [{name: people, type: webhook, url_file: missing}]");
    assertThat(notify(config, "--once")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("names a file that cannot be read");
    assertThat(out + err.toString()).doesNotContain(Receiver.SECRET);
  }

  private int notify(Path config, String... arguments) {
    out.getBuffer().setLength(0);
    List<String> line = new java.util.ArrayList<>(List.of("notify"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--config", config.toString(), "--bootstrap", broker.bootstrapServers()));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), line.toArray(String[]::new));
  }

  private static Path config(String url) throws Exception {
    return Files.writeString(
        Files.createTempFile(directory, "notify", ".yaml"),
        "retry: {timeout: 2s, first_delay: 10ms, max_delay: 20ms}\n"
            + "channels: [{name: people, type: webhook, url: '"
            + url
            + "'}]\n");
  }

  private static List<Notification> rows() {
    try (NotificationLog log = new NotificationLog(KafkaAccess.plain(broker.bootstrapServers()))) {
      return log.read();
    }
  }

  private static void said(Record... messages) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            KafkaAccess.plain(broker.bootstrapServers()).client(Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Record message : messages) {
        String topic =
            message instanceof dev.sluice.schemas.Verdict ? Topics.VERDICTS : Topics.CONTROL;
        byte[] key = "mm-1".getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, key, Json.write(message))).get();
      }
    }
  }
}
