// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import static dev.sluice.cli.notify.Words.control;
import static dev.sluice.cli.notify.Words.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.NotificationStatus;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodeTrackerTest {
  private final EpisodeTracker tracker = new EpisodeTracker(false, Severity.INFO);

  @Test
  void anEpisodeWithItsRelapsesIsOneMessageAndOneWhenItIsOver() {
    List<Message> told = new ArrayList<>();
    for (var word :
        List.of(
            verdict(Phase.PENDING, 10, 10),
            verdict(Phase.TRIPPED, 20, 10),
            verdict(Phase.TRIPPED, 30, 10),
            verdict(Phase.RECOVERING, 40, 10),
            verdict(Phase.TRIPPED, 50, 10),
            verdict(Phase.LATCHED, 60, 10),
            verdict(Phase.CLEAR, 70, 0),
            verdict(Phase.CLEAR, 80, 0))) {
      told.addAll(tracker.verdict(word));
    }
    assertThat(told)
        .extracting(Message::kind)
        .containsExactly(NotificationKind.FIRING, NotificationKind.RESOLVED);
    assertThat(told.get(0).episodeId()).isEqualTo(told.get(1).episodeId());
    assertThat(told.get(0).notificationId()).isNotEqualTo(told.get(1).notificationId());
    assertThat(told.get(0).title()).isEqualTo("FIRING CRITICAL: cache-hit on mm-1, asks for PAUSE");
    assertThat(told.get(0).reason()).isEqualTo("BREACH: cache_hit_ratio is 0.1");
    assertThat(tracker.standing()).isEmpty();
  }

  @Test
  void whatNeverTrippedIsNotTold() {
    assertThat(tracker.verdict(verdict(Phase.PENDING, 10, 10))).isEmpty();
    assertThat(tracker.verdict(verdict(Phase.CLEAR, 20, 0))).isEmpty();
  }

  @Test
  void aSecondEpisodeEndsTheFirstWhoseEndWasNotSeen() {
    tracker.verdict(verdict(Phase.TRIPPED, 20, 10));
    assertThat(tracker.verdict(verdict(Phase.TRIPPED, 90, 80)))
        .extracting(Message::kind)
        .containsExactly(NotificationKind.RESOLVED, NotificationKind.FIRING);
  }

  @Test
  void aWordSaidAgainFromBeforeChangesNothing() {
    tracker.verdict(verdict(Phase.TRIPPED, 100, 90));
    assertThat(tracker.verdict(verdict(Phase.CLEAR, 50, 0))).isEmpty();
    assertThat(tracker.verdict(verdict(Phase.TRIPPED, 20, 10))).isEmpty();
    assertThat(tracker.standing()).hasSize(1);
  }

  @Test
  void shadowsAndTrifleAreToldOnlyWhereAskedFor() {
    var shadow = verdict(Phase.TRIPPED, 20, 10, Enforcement.SHADOW, Severity.CRITICAL);
    var trifle = verdict(Phase.TRIPPED, 20, 10, Enforcement.ENFORCE, Severity.INFO);
    assertThat(tracker.verdict(shadow)).isEmpty();
    assertThat(new EpisodeTracker(true, Severity.INFO).verdict(shadow))
        .singleElement()
        .satisfies(told -> assertThat(told.title()).endsWith("in shadow"));
    assertThat(new EpisodeTracker(false, Severity.WARNING).verdict(trifle)).isEmpty();
    assertThat(tracker.verdict(trifle)).hasSize(1);
  }

  @Test
  void aCriterionSwitchedOffIsOver() {
    tracker.verdict(verdict(Phase.TRIPPED, 20, 10));
    assertThat(tracker.verdict(verdict(Phase.TRIPPED, 30, 10, Enforcement.OFF, Severity.CRITICAL)))
        .extracting(Message::kind)
        .containsExactly(NotificationKind.RESOLVED);
  }

  @Test
  void eachModeAnEngineIsPutIntoIsAnEpisode() {
    assertThat(tracker.control(control(Mode.RUN, 1, 1, null))).isEmpty();
    List<Message> paused = tracker.control(control(Mode.PAUSE, 2, 10, null));
    assertThat(paused)
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.reason())
                  .isEqualTo("is told PAUSE because of cache-hit: cache_hit_ratio is 0.1");
              assertThat(told.severity()).isEqualTo(Severity.WARNING);
            });
    assertThat(tracker.control(control(Mode.PAUSE, 3, 20, null))).as("a new epoch").isEmpty();
    assertThat(tracker.control(control(Mode.HALT, 4, 30, "ana")))
        .extracting(Message::reason)
        .containsExactly("is told HALT by ana: a drill", "is told HALT by ana: a drill");
    assertThat(tracker.control(control(Mode.PAUSE, 2, 10, null))).as("read again").isEmpty();
    assertThat(tracker.control(control(Mode.RUN, 5, 40, "ana")))
        .extracting(Message::kind)
        .containsExactly(NotificationKind.RESOLVED);
    assertThat(tracker.standing()).isEmpty();
  }

  @Test
  void aHaltThatBecomesWhatIsNotToldIsOver() {
    EpisodeTracker critical = new EpisodeTracker(false, Severity.CRITICAL);
    assertThat(critical.control(control(Mode.HALT, 1, 10, null))).hasSize(1);
    assertThat(critical.control(control(Mode.PAUSE, 2, 20, null)))
        .extracting(Message::kind)
        .containsExactly(NotificationKind.RESOLVED);
    assertThat(critical.control(control(Mode.REDUCE_ONLY, 3, 30, null))).isEmpty();
    assertThat(critical.standing()).isEmpty();
  }

  @Test
  void whatWasToldIsTakenUpAndNamesTheSameEpisode() {
    Message told = tracker.verdict(verdict(Phase.TRIPPED, 20, 10)).get(0);
    var row = told.row("slack", NotificationStatus.RECEIVED, 1, 5, 6L, "204");
    EpisodeTracker next = new EpisodeTracker(false, Severity.INFO);
    next.restore(Message.of(row));
    assertThat(next.verdict(verdict(Phase.TRIPPED, 30, 10))).isEmpty();
    assertThat(next.verdict(verdict(Phase.CLEAR, 40, 0)))
        .singleElement()
        .satisfies(
            over -> {
              assertThat(over.episodeId()).isEqualTo(told.episodeId());
              assertThat(Alert.of(over, java.time.Instant.EPOCH, java.time.Instant.EPOCH).labels())
                  .as("labels are the alert's identity")
                  .isEqualTo(
                      Alert.of(told, java.time.Instant.EPOCH, java.time.Instant.EPOCH).labels());
            });
  }
}
