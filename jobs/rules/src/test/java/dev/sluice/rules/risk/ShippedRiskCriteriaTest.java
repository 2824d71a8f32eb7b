// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import static dev.sluice.rules.risk.RiskRun.BTC;
import static dev.sluice.rules.risk.RiskRun.shipped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shipped criteria of portfolio risk: figures, and that each can breach, pass and miss. */
class ShippedRiskCriteriaTest {
  private static final String A = "mm-1";
  private static final String B = "mm-2";
  private static final int HOUR = 3_600;

  /** What makes each of them breach; what comes before must not. */
  enum Mutation {
    DAILY_LOSS(
        "daily-loss",
        run -> run.mark(A, BTC, 11, 98),
        run -> run.mark(A, BTC, 12, 93).mark(A, BTC, 13, 90)),
    NET_EXPOSURE(
        "net-exposure",
        run -> run.fill(B, BTC, 11, -50, 100),
        run -> run.fill(B, BTC, 12, 100, 100).fill(A, BTC, 12, 150, 100)),
    CONCENTRATION(
        "concentration",
        run -> run.fill(B, BTC, 11, 100, 100),
        run -> run.fill(A, BTC, 12, 200, 100)),
    DRAWDOWN(
        "drawdown",
        run -> run.mark(A, BTC, 11, 105),
        run -> run.mark(A, BTC, 12, 95).fill(A, BTC, 13, 9_900, 95).mark(A, BTC, 14, 92.5)),
    GROSS_EXPOSURE(
        "gross-exposure",
        run -> run.fill(A, BTC, 11, 300, 100).fill(B, BTC, 11, -500, 100),
        run -> run.fill(B, BTC, 12, -200, 100)),
    VAR(
        "var",
        run -> hours(run, 110, 0.001),
        run -> run.fill(A, BTC, 110 * HOUR + 2, 30_000, 100).bucket(A, 110 * HOUR + 20));

    final String id;

    @SuppressWarnings("ImmutableEnumChecker") // they hold nothing
    final Consumer<RiskRun> harmless;

    @SuppressWarnings("ImmutableEnumChecker")
    final Consumer<RiskRun> breaching;

    Mutation(String id, Consumer<RiskRun> harmless, Consumer<RiskRun> breaching) {
      this.id = id;
      this.harmless = harmless;
      this.breaching = breaching;
    }
  }

  @ParameterizedTest
  @EnumSource(Mutation.class)
  void missesPassesAndBreaches(Mutation mutation) {
    RiskRun run = new RiskRun(shipped(mutation.id), A, B).health(A, 0, 100_000);
    assertThat(run.last(mutation.id, A).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    run.health(B, 1, 100_000).fill(A, BTC, 10, 50, 100);
    if (mutation == Mutation.DAILY_LOSS || mutation == Mutation.DRAWDOWN) {
      run.fill(A, BTC, 10.5, 950, 100);
    }
    mutation.harmless.accept(run);
    assertThat(run.last(mutation.id, A).outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(run.of(mutation.id))
        .extracting(verdict -> verdict.outcome())
        .doesNotContain(VerdictOutcome.BREACH);
    mutation.breaching.accept(run);
    assertThat(run.last(mutation.id, A).outcome()).isEqualTo(VerdictOutcome.BREACH);
    assertThat(run.last(mutation.id, A).action()).isNotNull();
  }

  @Test
  void theTableIsShippedWithItsFigures() {
    Map<String, List<String>> table =
        Map.of(
            "daily-loss", List.of(">= 0.03", "HALT", "ENFORCE"),
            "daily-loss-warning", List.of(">= 0.024", "ALERT", "ENFORCE"),
            "net-exposure", List.of(">= 25000", "HALT", "ENFORCE"),
            "net-exposure-warning", List.of(">= 20000", "ALERT", "ENFORCE"),
            "concentration", List.of(">= 0.7", "PAUSE", "ENFORCE"),
            "concentration-warning", List.of(">= 0.56", "ALERT", "ENFORCE"),
            "drawdown", List.of(">= 0.1", "HALT", "SHADOW"),
            "gross-exposure", List.of(">= 100000", "PAUSE", "SHADOW"),
            "var", List.of(">= 0.05", "PAUSE", "SHADOW"));
    assertThat(
            ShippedCriteria.all().stream()
                .filter(spec -> spec.metric().family() == Family.PORTFOLIO)
                .collect(
                    Collectors.toMap(
                        CriterionSpec::id,
                        spec ->
                            List.of(
                                spec.breach().toString(),
                                spec.action().name(),
                                spec.mode().name()))))
        .isEqualTo(table);
  }

  /** Hours of prices that go up and down by a ratio, both engines alive. */
  private static void hours(RiskRun run, int hours, double ratio) {
    for (int hour = 0; hour <= hours; hour++) {
      double second = Math.max(20, hour * (double) HOUR);
      run.health(A, second, 100_000).health(B, second, 100_000);
      run.mark(A, BTC, second + 1, hour % 2 == 0 ? 100 : 100 * (1 + ratio));
      run.bucket(A, second + 10);
    }
  }
}
