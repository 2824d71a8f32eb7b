// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.broker.BrokerOptions;
import dev.sluice.cli.broker.EmbeddedBroker;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.cli.flink.EmbeddedFlink;
import dev.sluice.cli.kafka.RecordSender;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.flink.app.StopCriteriaJob;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person changes criteria of a job of two subtasks that runs, over a real broker. */
class CriteriaLiveCommandTest {
  private static final String EAGER =
      """
      - id: cache-hit
        description: The cache misses more than it should.
        metric: cache_hit_ratio
        over: 5m
        breach: "< 0.65"
        recover_hold: 5m
        hold: 1m
        min_samples: 60
        on_missing: {after: 2m, action: PAUSE}
        action: PAUSE
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path directory;
  private String bootstrap;

  @Test
  void stagedPromotedAndRevertedWithTheWordOfEverySubtask() throws Exception {
    Path file = Files.writeString(directory.resolve("cache-hit.yaml"), EAGER);
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerOptions.in(directory.resolve("broker")))) {
      bootstrap = broker.bootstrapServers();
      try (TopicsAdmin topics = new TopicsAdmin(bootstrap)) {
        topics.create(2, (short) 1);
      }
      assertThat(change(ExitCodes.FAILED, "stage", file.toString(), "--timeout", "1"))
          .contains("no judge answered within 1 s", "heard when they run");

      try (EmbeddedFlink flink = job()) {
        JsonNode staged = json(change(ExitCodes.OK, "stage", file.toString(), "--output", "json"));
        assertThat(staged.path("version").asInt()).as("the first one is heard too").isEqualTo(2);
        assertThat(staged.path("parallelism").asInt()).isEqualTo(2);
        assertThat(staged.path("subtasks")).hasSize(2);
        assertThat(err.toString()).contains("confirmed by 2 of 2 subtasks");

        JsonNode standing = live(ExitCodes.OK).get(0);
        assertThat(standing.path("mode").asText()).isEqualTo("SHADOW");
        assertThat(standing.path("in_force_version").asInt()).isZero();
        assertThat(standing.path("in_force_hash")).isEqualTo(standing.path("file_hash"));
        assertThat(standing.path("staged_hash").isTextual()).isTrue();

        assertThat(change(ExitCodes.OK, "promote", "cache-hit"))
            .contains("version 3: in force, confirmed by all 2 subtasks");
        assertThat(live(ExitCodes.OK).get(0).path("in_force_hash"))
            .isEqualTo(staged.path("criteria_hash"));

        malformed();
        assertThat(change(ExitCodes.OK, "revert", "cache-hit")).contains("as the files say");
        assertThat(live(ExitCodes.OK).get(0).path("in_force_version").asInt()).isZero();
        assertThat(deadLetter().kind()).isEqualTo(DeadLetter.MALFORMED);
        assertThat(flink.failures()).isZero();
      }
      refusals(file);
    }
  }

  /** None of these sends anything, so they need no job. */
  private void refusals(Path file) throws Exception {
    change(ExitCodes.USAGE, "promote", "cache-hit");
    assertThat(err.toString()).contains("nothing is staged for `cache-hit`");
    change(ExitCodes.USAGE, "revert", "cache-hit");
    assertThat(err.toString()).contains("as the files say already");
    Files.writeString(file, EAGER.replace("metric:", "metrik:"));
    change(ExitCodes.USAGE, "stage", file.toString());
    assertThat(err.toString()).contains("unknown key `metrik`", "did you mean 'metric'");
    Files.copy(Home.config("criteria").resolve("daily-loss.yaml"), directory.resolve("cap.yaml"));
    change(ExitCodes.USAGE, "stage", directory.resolve("cap.yaml").toString());
    assertThat(err.toString()).contains("`daily-loss` is a hard cap (gate.hard_caps)");
    Files.writeString(
        directory.resolve("portfolio.yaml"),
        "- {id: mine, metric: var_ratio, instant: true, scope: portfolio, breach: \"> 0.1\","
            + " description: d, action: PAUSE, hold: 1m, on_missing: {after: 1m, action: PAUSE}}");
    change(ExitCodes.USAGE, "stage", directory.resolve("portfolio.yaml").toString());
    assertThat(err.toString()).contains("change its file and restart the jobs");
  }

  private EmbeddedFlink job() {
    SluiceConfig config =
        SluiceConfig.load(
            Home.config("sluice.yaml"),
            List.of(
                "kafka.bootstrap=" + bootstrap,
                "flink.parallelism=2",
                "flink.checkpoint.dir=" + directory.resolve("checkpoints")));
    return EmbeddedFlink.start(
        new EmbeddedFlink.Options("live", 2, 0, Optional.empty()),
        env -> StopCriteriaJob.define(env, config));
  }

  private void malformed() {
    try (RecordSender sender = new RecordSender(KafkaAccess.plain(bootstrap))) {
      sender.send("a broken record", Topics.CRITERIA, "cache-hit", new byte[] {'{'});
    }
  }

  private DeadLetter deadLetter() {
    List<DeadLetter> letters = new ArrayList<>();
    try (RecordTail tail =
        new RecordTail(bootstrap, List.of(Topics.DEADLETTERS), RecordTail.From.BEGINNING)) {
      long untilNanos = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (letters.isEmpty() && System.nanoTime() < untilNanos) {
        tail.poll(Duration.ofMillis(100), record -> letters.add(read(record.value())));
      }
    }
    assertThat(letters).hasSize(1);
    return letters.get(0);
  }

  private static DeadLetter read(byte[] value) {
    try {
      return Json.read(value, DeadLetter.class);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode live(int expected) throws Exception {
    return json(sluice(expected, "criteria", "live", "--bootstrap", bootstrap, "--output", "json"));
  }

  private String change(int expected, String... line) {
    List<String> all = new ArrayList<>(List.of("criteria"));
    all.addAll(List.of(line));
    all.addAll(List.of("--bootstrap", bootstrap, "--who", "ana", "--why", "a test"));
    return sluice(expected, all.toArray(String[]::new));
  }

  private String sluice(int expected, String... line) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), line);
    assertThat(code).as("%s%n%s", err, out).isEqualTo(expected);
    return out.toString();
  }

  private static JsonNode json(String text) throws Exception {
    return Json.mapper().readTree(text);
  }
}
