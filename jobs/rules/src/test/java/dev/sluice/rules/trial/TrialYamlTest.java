// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.Sha256;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialYamlTest {

  @Test
  void readsEveryKey() {
    TrialPlan plan = TrialYaml.parse("eta.yaml", Plans.ETA);

    assertThat(plan)
        .isEqualTo(
            new TrialPlan(
                "auto-spread-queue-eta",
                "Adaptive spread and queue-ETA nudge against the plain quotes.",
                TrialPlan.Kind.AB,
                "2026-01-a",
                60_000,
                10_000,
                List.of(0.1, 0.5, 1.0),
                Map.of("flags.adaptive_spread", "true", "flags.queue_eta", "true"),
                new Acceptance(
                    86_400_000,
                    0.95,
                    60,
                    100,
                    0.001,
                    new Goal(Metric.NET_BPS, 0.2),
                    Map.of(
                        Metric.SLIPPAGE_BPS,
                        0.5,
                        Metric.FILL_RATIO,
                        0.1,
                        Metric.TICK_TOTAL_P95_REGRESSION_RATIO,
                        0.1),
                    List.of(
                        Metric.CAPTURE_BPS,
                        Metric.MARKOUT_1S_BPS,
                        Metric.MARKOUT_5S_BPS,
                        Metric.MARKOUT_30S_BPS,
                        Metric.MARKOUT_60S_BPS)),
                Sha256.id(Plans.ETA)));
    assertThat(plan.stageNames()).containsExactly("10", "50", "100");
    assertThat(plan.blockMs(0.1)).isEqualTo(600_000);
    assertThat(plan.watches(Metric.NET_BPS)).isTrue();
    assertThat(plan.watches(Metric.FEE_BPS)).isFalse();
  }

  @Test
  void readsTwoArmsAlike() {
    TrialPlan plan = TrialYaml.parse("aa.yaml", Plans.AA);

    assertThat(plan.kind()).isEqualTo(TrialPlan.Kind.AA);
    assertThat(plan.armB()).isEmpty();
    assertThat(plan.acceptance().goal()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          salt: 2026-01-a             | sallt: 2026-01-a            | :4: unknown key `sallt` in a trial; did you mean 'salt'?
          salt: 2026-01-a             | ""                          | :1: `salt` is mandatory
          kind: AB                    | kind: BB                    | :3: `kind: BB` is unknown
          kind: AB                    | kind: AA                    | leave `arm_b` empty
          slot: 60s                   | slot: 65s                   | :5: `slot` is a multiple of 10s
          slot: 60s                   | slot: often                 | :5: `slot`: 'often' is no duration
          warmup: 10s                 | warmup: 60s                 | :6: `warmup` leaves nothing of the slot of 1m
          [0.1, 0.5, 1.0]             | [0.5, 0.1]                  | :7: `stages` ascend, above 0 and up to 1
          [0.1, 0.5, 1.0]             | [0.123]                     | :7: `stages`: share 0.123 is no fraction of at most 20 slots
          [0.1, 0.5, 1.0]             | 0.5                         | :7: `stages` is a list of shares
          dwell: 24h                  | dwel: 24h                   | :12: unknown key `dwel` in acceptance; did you mean 'dwell'?
          confidence: 0.95            | confidence: 95              | :13: `confidence: 95.0` is not within 0.5 and 0.9999
          min_blocks: 60              | min_blocks: some            | :14: `min_blocks`: `some` is no whole number
          metric: net_bps             | metric: net_bp              | :17: unknown metric `net_bp`; did you mean 'net_bps'?
          slippage_bps: 0.5           | rss_slope_mb_per_h: 0.5     | :19: a trial cannot compare `rss_slope_mb_per_h`
          slippage_bps: 0.5           | slippage_bps: -0.5          | :19: `slippage_bps: -0.5` is not within
          [capture_bps                | [net_bps                    | `net_bps` has two roles
          id: auto-spread-queue-eta   | id: Auto Spread             | :1: `id: Auto Spread` is not of small letters
          """)
  void saysWhereAndWhatIsWrong(String right, String wrong, String message) {
    assertThat(Plans.ETA).contains(right);

    assertThatThrownBy(() -> TrialYaml.parse("eta.yaml", Plans.ETA.replace(right, wrong)))
        .isInstanceOf(CriteriaException.class)
        .hasMessageStartingWith("eta.yaml:")
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNoMap() {
    assertThatThrownBy(() -> TrialYaml.parse("eta.yaml", "- id: eta"))
        .hasMessage("eta.yaml:1: a trial is a map of keys: `id: …`");
    assertThatThrownBy(() -> TrialYaml.parse("eta.yaml", ""))
        .hasMessage("eta.yaml:1: a trial is a map of keys: `id: …`");
  }
}
