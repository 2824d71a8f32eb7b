// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.criteria.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.live.LiveCriteria;
import dev.sluice.rules.live.LiveText;
import dev.sluice.schemas.CriterionAck;
import dev.sluice.schemas.CriterionAckStatus;
import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.LiveMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has confirmed what, whatever order the partitions are read in. */
class LiveStandingTest {
  private static final String TEXT =
      "- {id: miss, metric: deadline_miss_ratio, over: 1m, breach: \"> 0.1\", action: PAUSE,"
          + " on_missing: {after: 1h, action: ALERT}}";
  private static final String HASH = LiveText.read("test", TEXT).criteriaHash();

  private final LiveView view = new LiveView(LiveCriteria.of(List.of(), List.of()));

  @Test
  void wordsOfSubtasksThatAreNoMoreDoNotCount() {
    view.heard(promoted(3));
    view.heard(ack(0, 2, 3, 20));
    view.heard(ack(1, 2, 3, 21));
    view.heard(ack(3, 4, 3, 10)); // of before the job was scaled down, read last
    LiveStanding standing = LiveStanding.of("miss", null, view);
    assertThat(standing.parallelism()).isEqualTo(2);
    assertThat(standing.confirmed()).isEqualTo(2);
    assertThat(standing.everywhere()).isTrue();
    assertThat(standing.inForceHash()).isEqualTo(HASH);
    assertThat(standing.fileHash()).isNull();
  }

  @Test
  void aWordOnAnEarlierChangeIsNoConfirmation() {
    view.heard(promoted(3));
    view.heard(ack(0, 2, 3, 20));
    view.heard(ack(1, 2, 2, 15));
    LiveStanding standing = LiveStanding.of("miss", null, view);
    assertThat(standing.confirmed()).isEqualTo(1);
    assertThat(standing.everywhere()).isFalse();
  }

  @Test
  void withoutAWordNobodyHasConfirmed() {
    view.heard(promoted(1));
    LiveStanding standing = LiveStanding.of("miss", null, view);
    assertThat(standing.parallelism()).isZero();
    assertThat(standing.everywhere()).isFalse();
    assertThat(view.nextVersion("miss")).isEqualTo(2);
  }

  private static LiveCriterion promoted(long version) {
    return new LiveCriterion(
        LiveCriterion.SCHEMA,
        "miss",
        version,
        LiveMode.ENFORCE,
        TEXT,
        HASH,
        "ann",
        "a test",
        1,
        null,
        null,
        null);
  }

  private static CriterionAck ack(int subtask, int parallelism, long version, long atUs) {
    return new CriterionAck(
        CriterionAck.SCHEMA,
        "miss",
        version,
        LiveMode.ENFORCE,
        HASH,
        CriterionAckStatus.APPLIED,
        "in force",
        subtask,
        parallelism,
        version,
        HASH,
        null,
        atUs);
  }
}
