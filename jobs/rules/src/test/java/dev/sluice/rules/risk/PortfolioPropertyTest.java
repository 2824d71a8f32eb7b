// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded histories of small portfolios. */
class PortfolioPropertyTest {
  private static final List<String> ENGINES = List.of("mm-1", "mm-2", "mm-3");
  private static final List<String> SYMBOLS = List.of("AAA", "BBB");

  private interface Step {
    void on(RiskRun run);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSumsAreThoseOfTheParts(long seed) {
    Random random = new Random(seed);
    double[][] qty = new double[3][2];
    double[][] cash = new double[3][2];
    double[][] price = new double[3][2];
    RiskRun run = new RiskRun(RiskRun.shipped("net-exposure"), ENGINES.toArray(String[]::new));
    ENGINES.forEach(engine -> run.health(engine, 0, 100_000));
    for (int i = 1; i < 2_000; i++) {
      int engine = random.nextInt(3);
      int symbol = random.nextInt(2);
      if (price[engine][symbol] == 0 || random.nextInt(4) == 0) {
        double traded = (random.nextInt(200) - 99.5) / 10;
        double at = price[engine][symbol] == 0 ? 100 : price[engine][symbol];
        price[engine][symbol] = at;
        double paid = at * (1 + (random.nextDouble() - 0.5) / 1_000);
        qty[engine][symbol] += traded;
        cash[engine][symbol] -= traded * paid + 0.01;
        run.fill(ENGINES.get(engine), SYMBOLS.get(symbol), i, traded, paid, 0.01);
        run.mark(ENGINES.get(engine), SYMBOLS.get(symbol), i, at);
      } else {
        price[engine][symbol] *= 1 + (random.nextDouble() - 0.5) / 50;
        run.mark(ENGINES.get(engine), SYMBOLS.get(symbol), i, price[engine][symbol]);
      }
    }
    double net = 0;
    double gross = 0;
    PortfolioState state = run.judge.snapshot();
    for (int engine = 0; engine < 3; engine++) {
      double pnl = 0;
      for (int symbol = 0; symbol < 2; symbol++) {
        double exposure = qty[engine][symbol] * price[engine][symbol];
        net += exposure;
        gross += Math.abs(exposure);
        pnl += cash[engine][symbol] + exposure;
      }
      assertThat(state.engines.get(engine).equity).isEqualTo(100_000 + pnl, offset(1e-6));
    }
    RiskScope whole = new RiskScope(state.engines, RiskSettings.defaults(), state.prices);
    whole.reckon(0);
    assertThat(whole.value(dev.sluice.rules.metric.Metric.NET_EXPOSURE))
        .isEqualTo(Math.abs(net), offset(1e-6));
    assertThat(whole.value(dev.sluice.rules.metric.Metric.GROSS_EXPOSURE))
        .isEqualTo(gross, offset(1e-6));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void neitherTheRostersOrderNorWhoIsCalledWhatMatters(long seed) {
    List<Verdict> said = play(seed, ENGINES, ENGINES, false);
    List<String> shuffled = new ArrayList<>(ENGINES);
    Collections.reverse(shuffled);
    assertThat(play(seed, shuffled, ENGINES, false)).isEqualTo(said);
    assertThat(play(seed, ENGINES, List.of("mm-3", "mm-1", "mm-2"), false))
        .extracting(Verdict::criterionId, Verdict::eventTimeUs, Verdict::outcome, Verdict::phase)
        .isEqualTo(
            said.stream()
                .map(
                    v ->
                        org.assertj.core.groups.Tuple.tuple(
                            v.criterionId(), v.eventTimeUs(), v.outcome(), v.phase()))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void aRestartBetweenAnyTwoMessagesChangesNoWord(long seed) {
    List<Verdict> said = play(seed, ENGINES, ENGINES, false);
    assertThat(said).extracting(v -> v.outcome().name()).contains("BREACH", "PASS", "NO_DATA");
    assertThat(play(seed, ENGINES, ENGINES, true)).isEqualTo(said);
  }

  private static List<Verdict> play(
      long seed, List<String> roster, List<String> names, boolean restarts) {
    RiskRun run = new RiskRun(ShippedCriteria.all(), roster.toArray(String[]::new));
    for (Step step : history(seed, names)) {
      step.on(run);
      if (restarts) {
        run.restored();
      }
    }
    return run.verdicts;
  }

  private static List<Step> history(long seed, List<String> names) {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      String engine = names.get(random.nextInt(3));
      String symbol = SYMBOLS.get(random.nextInt(2));
      double second = i * 0.25;
      double mid = 100 * (1 + (random.nextDouble() - 0.5) / (random.nextInt(50) == 0 ? 2 : 100));
      double qty = random.nextInt(60) - 29.5;
      switch (random.nextInt(6)) {
        case 0 -> steps.add(run -> run.fill(engine, symbol, second, qty, mid, 0.1));
        case 1 -> steps.add(run -> run.health(engine, second, 100_000 + qty));
        case 2 -> steps.add(run -> run.bucket(engine, Math.floor(second / 10) * 10));
        default -> steps.add(run -> run.mark(engine, symbol, second, mid));
      }
    }
    return steps;
  }
}
