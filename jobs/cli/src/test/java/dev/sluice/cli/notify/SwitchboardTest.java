// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.schemas.Notification;
import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.NotificationStatus;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks on loopback, good and bad ones. */
class SwitchboardTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path directory;

  private final List<Notification> rows = new CopyOnWriteArrayList<>();
  private final List<String> loud = new CopyOnWriteArrayList<>();
  private final EpisodeTracker tracker = new EpisodeTracker(false, Severity.INFO);
  private final Message begun = tracker.verdict(Words.verdict(Phase.TRIPPED, 20, 10)).get(0);
  private final Message over = tracker.verdict(Words.verdict(Phase.CLEAR, 40, 0)).get(0);
  private Receiver first;
  private Receiver second;

  @BeforeEach
  void open() throws Exception {
    first = new Receiver();
    second = new Receiver();
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void aMessageIsTriedUntilItArrivesAndTheReceiptIsKept() throws Exception {
    Files.writeString(directory.resolve("key"), "k3y\n");
    first.first(500, 503);
    try (Switchboard board = board(true, "hmac_key_file: key", "")) {
      board.tell(begun);
      board.tell(begun);
      board.tell(over);
      await().atMost(SOON).until(() -> board.waiting() == 0);
    }
    assertThat(first.taken("FIRING")).as("exactly one").hasSize(1);
    assertThat(first.taken("RESOLVED")).as("exactly one").hasSize(1);
    assertThat(rows)
        .filteredOn(row -> row.channel().equals("one"))
        .extracting(Notification::kind, Notification::status, Notification::attempts)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                NotificationKind.FIRING, NotificationStatus.RECEIVED, 3L),
            org.assertj.core.groups.Tuple.tuple(
                NotificationKind.RESOLVED, NotificationStatus.RECEIVED, 1L));
    assertThat(rows).allMatch(row -> row.receivedAtUs() >= row.sentAtUs());
    assertThat(loud).isEmpty();
    Receiver.Got got = first.all().get(2);
    assertThat(got.headers().get("X-sluice-signature"))
        .containsExactly(
            "sha256="
                + WebhookChannel.signature("k3y".getBytes(StandardCharsets.UTF_8), got.body()));
    assertThat(got.headers().get("Idempotency-key")).containsExactly(begun.notificationId());
    assertThat(got.json().path("text").asText())
        .isEqualTo(
            "FIRING CRITICAL: cache-hit on mm-1, asks for PAUSE. BREACH: cache_hit_ratio is 0.1");
  }

  @Test
  void theSignatureIsThatOfRfc4231() {
    // test case 2 of RFC 4231
    assertThat(
            WebhookChannel.signature(
                "Jefe".getBytes(StandardCharsets.UTF_8),
                "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void threeFailuresInARowAreToldToTheOthersAndLoudly() {
    first.always(500);
    try (Switchboard board = board(true, "", "fallback: true")) {
      board.tell(begun);
      await().atMost(SOON).until(() -> second.taken("FIRING").size() == 2);
      assertThat(board.failingNow()).isTrue();
      board.tell(over);
      await().atMost(SOON).until(() -> second.taken("RESOLVED").size() == 1);

      first.always(204);
      await().atMost(SOON).until(() -> second.taken("RESOLVED").size() == 2);
      await().atMost(SOON).until(() -> board.waiting() == 0);
      assertThat(board.failingNow()).isFalse();
    }
    assertThat(second.taken("FIRING"))
        .extracting(one -> one.path("criterion_id").asText())
        .containsExactlyInAnyOrder(Switchboard.CHANNEL_FAILS, "cache-hit");
    assertThat(first.taken())
        .as("what waited has arrived, in order")
        .extracting(one -> one.path("kind").asText())
        .containsExactly("FIRING", "RESOLVED");
    assertThat(loud).hasSize(2);
    assertThat(loud.get(0)).contains("channel one has failed 3 times in a row", "answers 500");
    assertThat(rows)
        .extracting(Notification::status)
        .contains(NotificationStatus.FAILED, NotificationStatus.RECEIVED);
    assertThat(loud + rows.toString()).doesNotContain(Receiver.SECRET);
  }

  @Test
  void aFallbackHearsNothingWhileAllIsWell() {
    try (Switchboard board = board(true, "", "fallback: true")) {
      board.tell(begun);
      board.tell(over);
      await().atMost(SOON).until(() -> first.taken().size() == 2);
    }
    assertThat(second.all()).isEmpty();
  }

  @Test
  void whatIsRefusedForItsContentHoldsUpNothing() {
    first.first(400, 400, 400);
    try (Switchboard board = board(true, "", "")) {
      board.tell(begun);
      board.tell(over);
      await().atMost(SOON).until(() -> board.waiting() == 0);
      assertThat(board.troubled()).isTrue();
    }
    assertThat(first.taken()).hasSize(1);
    assertThat(second.taken("FIRING")).as("the other one, and that one fails").hasSize(2);
  }

  @Test
  void oneThatIsNotThereIsAFailureWithoutItsAddress() {
    first.close();
    try (Switchboard board = board(false, "", "")) {
      board.tell(begun);
      await().atMost(SOON).until(() -> board.waiting() == 0);
      assertThat(board.troubled()).isTrue();
    }
    assertThat(rows)
        .filteredOn(row -> row.status() == NotificationStatus.FAILED)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.reason()).contains("127.0.0.1").doesNotContain(Receiver.SECRET);
              assertThat(row.receivedAtUs()).isNull();
            });
  }

  private Switchboard board(boolean patient, String ofFirst, String ofSecond) {
    NotifyConfig config = config(ofFirst, ofSecond);
    Switchboard board = new Switchboard(config, patient, Clock.systemUTC(), rows::add, loud::add);
    board.start();
    return board;
  }

  private NotifyConfig config(String ofFirst, String ofSecond) {
    try {
      Path file =
          Files.writeString(
              directory.resolve("notify.yaml"),
              "retry: {timeout: 2s, first_delay: 10ms, max_delay: 20ms}\n"
                  + "channels:\n"
                  + channel("one", first, ofFirst)
                  + channel("two", second, ofSecond));
      return new NotifyYaml(file).read();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String channel(String name, Receiver receiver, String more) {
    return "  - name: "
        + name
        + "\n    type: webhook\n    url: "
        + receiver.url()
        + "\n"
        + (more.isEmpty() ? "" : "    " + more + "\n");
  }
}
