// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A few trials: the whole of it is {@code sluice bench trial}. */
class TrialBenchTest {
  private static final int TRIALS = 8;

  @Test
  void fewTrialsAlreadyShowWhatBlocksAreFor() {
    List<String> progress = new ArrayList<>();
    TrialReport report = TrialBench.run(TRIALS, progress::add);

    assertThat(progress).hasSize(12);
    assertThat(report.noEffect())
        .hasSize(6)
        .allSatisfy(
            row -> {
              // More than two of eight would be less likely than 1 in 100 at the 5 % promised.
              assertThat(row.promoted().share()).isLessThanOrEqualTo(2.0 / TRIALS);
              assertThat(row.rolledBack().share()).isLessThanOrEqualTo(2.0 / TRIALS);
            });
    TrialReport.NoEffect correlated = report.noEffect().get(3);
    assertThat(correlated.autocorrelation()).isEqualTo(0.9);
    assertThat(correlated.onTicks().share()).isGreaterThan(0.5);
    assertThat(report.effect())
        .hasSize(4)
        .allSatisfy(row -> assertThat(row.decidedAtHalf().happened()).isGreaterThan(0.5));
    assertThat(report.harm())
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.before().share()).isLessThanOrEqualTo(1.0 / TRIALS);
              assertThat(row.delay().happened()).isEqualTo(1);
            });
    assertThat(report.text()).contains("8 simulated trials of a week in each row");
    assertThat(report.json()).startsWith("{\"trials\":8,");
  }

  @Test
  void aShareOfFalseDecisionsSurelyAboveFivePercentIsAFailure() {
    TrialReport.Share kept = TrialReport.Share.of(60, 1_000); // 6.0 % [4.6, 7.7]
    TrialReport.Share broken = TrialReport.Share.of(80, 1_000); // 8.0 % [6.4, 9.9]
    TrialReport.Share none = TrialReport.Share.of(0, 1_000);

    assertThat(report(kept, kept, broken, kept).broken()).isEmpty();
    assertThat(report(kept, kept, broken, kept).text())
        .endsWith("no share of false decisions is surely above 5 %");
    assertThat(report(broken, none, none, none).broken())
        .containsExactly(
            "no effect, 10 % first, AR(1) 0.6, heavy tails, promoted: 8.0 % [ 6.4,  9.9]");
    assertThat(report(none, broken, none, none).broken())
        .containsExactly(
            "no effect, 10 % first, AR(1) 0.6, heavy tails, rolled back: 8.0 % [ 6.4,  9.9]");
    assertThat(report(none, none, none, broken).text())
        .contains("FAILED, surely above 5 %")
        .endsWith("  harm at 10 %, rolled back before: 8.0 % [ 6.4,  9.9]");
  }

  private static TrialReport report(
      TrialReport.Share promoted,
      TrialReport.Share rolledBack,
      TrialReport.Share onTicks,
      TrialReport.Share before) {
    return new TrialReport(
        1_000,
        1,
        List.of(new TrialReport.NoEffect("10 % first", 0.6, true, promoted, rolledBack, onTicks)),
        List.of(),
        List.of(
            new TrialReport.Harm(
                "10 %",
                before,
                TrialReport.Share.of(1_000, 1_000),
                TrialReport.Hours.of(new long[] {10}))));
  }

  @Test
  void aShareHasItsExactInterval() {
    TrialReport.Share none = TrialReport.Share.of(0, 10);
    TrialReport.Share some = TrialReport.Share.of(5, 10);

    assertThat(none.lower()).isZero();
    assertThat(none.upper()).isBetween(0.308, 0.309); // 1 − 0.025^(1/10)
    assertThat(some.lower()).isBetween(0.187, 0.188);
    assertThat(some.upper()).isBetween(0.812, 0.813);
  }

  @Test
  void hoursThatNeverCameAreNotAMedian() {
    TrialReport.Hours hours =
        TrialReport.Hours.of(new long[] {60, TrialRun.NEVER, 120, 180, TrialRun.NEVER});

    assertThat(hours.median()).isEqualTo(3);
    assertThat(hours.p90()).isEqualTo(-1);
    assertThat(hours.happened()).isEqualTo(0.6);
  }
}
