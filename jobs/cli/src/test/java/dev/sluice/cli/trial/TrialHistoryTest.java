// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import static dev.sluice.cli.trial.Words.TRIAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.Parquet;
import dev.sluice.schemas.DeltaRole;
import dev.sluice.schemas.TrialStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was said of trials, from topics and from datasets. */
class TrialHistoryTest {
  private static final TrialHistory.Key KEY = new TrialHistory.Key("mm-1", TRIAL);

  /** One word as the archive stores it: times are timestamps, differences a list of structs. */
  static final String STORED =
      """
      SELECT 'trial_status.v1' AS schema, 'mm-1' AS engine_id, 'wider' AS trial_id,
             'sha256:1' AS plan_hash, '10' AS stage, 0.1::DOUBLE AS treatment_share,
             make_timestamptz(1767571260000000 + 60000000 * i) AS event_time_us,
             'SIMULATED' AS source, make_timestamptz(1767571200000000) AS stage_since_us,
             60000 * i AS covered_ms, 7200000 AS dwell_ms, 9::BIGINT AS slots_a, 1::BIGINT AS slots_b,
             NULL::DOUBLE AS sample_ratio_p,
             [{metric: 'net_bps', unit: 'bps', role: 'GOAL', estimate: 0.41::DOUBLE,
               lower: NULL::DOUBLE, upper: NULL::DOUBLE, value_a: 1.0::DOUBLE, value_b: 1.5::DOUBLE,
               blocks: 1::BIGINT, block_slots: 10::BIGINT, autocorrelation: NULL::DOUBLE,
               samples_a: 31::BIGINT, samples_b: 4::BIGINT, outcome: 'BREACH', reason: 'too few'}]
               AS deltas,
             'HOLD' AS wish, 'BREACH' AS outcome, 'needs more' AS reason
      FROM generate_series(2) AS t(i)""";

  @Test
  void keepsEachTimeOnceAndInOrder() {
    TrialHistory history =
        new TrialHistory.Builder()
            .add(Words.at(2, 0.1, 0, "second"))
            .add(Words.at(1, 0.1, 0, "first"))
            .add(Words.at(2, 0.1, 0, "second again"))
            .build();
    assertThat(history.words(KEY))
        .extracting(TrialStatus::reason)
        .containsExactly("first", "second again");
    assertThat(history.last(KEY).reason()).isEqualTo("second again");
  }

  @Test
  void aStageEnteredAgainCountsAgain() {
    TrialHistory history =
        new TrialHistory.Builder()
            .add(Words.at(1, 0.1, 0))
            .add(Words.at(2, 0.1, 0))
            .add(Words.at(5, 0.5, 4))
            .add(Words.at(9, 0.1, 8))
            .build();
    assertThat(history.lastOfEachStage(KEY))
        .extracting(word -> word.stage() + "@" + word.eventTimeUs() % 600_000_000L / 60_000_000L)
        .containsExactly("10@2", "50@5", "10@9");
  }

  @Test
  void theNewestTrialOfThoseAskedFor() {
    TrialHistory history = new TrialHistory.Builder().add(Words.at(1, 0.1, 0)).build();
    assertThat(history.newest(null, null)).contains(KEY);
    assertThat(history.newest("mm-1", TRIAL)).contains(KEY);
    assertThat(history.newest("mm-2", null)).isEmpty();
    assertThat(history.newest(null, "other")).isEmpty();
  }

  @Test
  void readsTheDatasetAsItIsStored(@TempDir Path directory) {
    Parquet.write(directory, "trials", STORED);
    try (Datasets datasets = new Datasets(directory)) {
      TrialHistory history = TrialHistory.of(datasets);
      assertThat(history.words(KEY)).hasSize(3);
      TrialStatus last = history.last(KEY);
      assertThat(last.eventTimeUs()).isEqualTo(Words.START_US + 3 * Words.MINUTE_US);
      assertThat(last.stageSinceUs()).isEqualTo(Words.START_US);
      assertThat(last.deltas())
          .singleElement()
          .satisfies(
              delta -> {
                assertThat(delta.role()).isEqualTo(DeltaRole.GOAL);
                assertThat(delta.estimate()).isEqualTo(0.41);
                assertThat(delta.lower()).isNull();
              });
    }
  }

  @Test
  void withoutADatasetThereIsNothing(@TempDir Path directory) {
    try (Datasets datasets = new Datasets(directory)) {
      assertThat(TrialHistory.of(datasets).trials()).isEmpty();
    }
  }
}
