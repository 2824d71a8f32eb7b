// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.CriterionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The notation, its errors, and that a case that is wrong fails. */
class CasesTest {
  private static final Map<String, CriterionSpec> SPECS =
      ShippedCriteria.all().stream()
          .collect(Collectors.toMap(CriterionSpec::id, Function.identity()));

  @Test
  void aSeriesIsReadAtAGlance() {
    Series series = Series.parse("0+5x3 50-0.5x2 _ 7 _x2 stale");
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      values.add(series.at(i));
    }
    assertThat(values)
        .containsExactly(0.0, 5.0, 10.0, 50.0, 49.5, Double.NaN, 7.0, Double.NaN, Double.NaN);
    assertThat(series.stale()).isTrue();
    assertThat(Series.parse("-3").at(0)).isEqualTo(-3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5x | `5x` is no part of a series",
        "5 stale 6 | `stale` is the end; `6` comes after it",
        "1x200000 2x200000 | more than 259200 values at `2x200000`",
        "5+5 x3 | `x3` is no part of a series"
      })
  void aSeriesThatCannotBeReadIsNamed(String text, String message) {
    assertThatThrownBy(() -> Series.parse(text)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- nam: x | t.yaml:1: unknown key `nam`; did you mean 'name'?",
        "- {name: x, criterion: cache-hits} | unknown criterion `cache-hits`; did you mean 'cache-hit'?",
        "- {name: x, criterion: cache-hit} | `series` is mandatory",
        "- {name: x, criterion: cache-hit, series: {cache_hit: 1}} | unknown series `cache_hit`; did you mean 'cache_hits'?",
        "- {name: x, criterion: cache-hit, series: {}, expect: {}} | tests nothing",
        "- {name: x, criterion: cache-hit, series: {}, expect: {3m: BREACHED CLEAR}} | unknown outcome `BREACHED`; did you mean 'BREACH'?",
        "- {name: x, criterion: cache-hit, series: {}, expect: {3m: PASS}} | is not OUTCOME PHASE [ACTION]",
        "- {name: x, criterion: cache-hit, series: {}, expect: {soon: PASS CLEAR}} | soon",
        "- {name: x, criterion: cache-hit, series: {}, expect: {3m: PASS CLEAR}, decisions: {3m: STOP}} | unknown mode `STOP`"
      })
  void aFileThatIsWrongIsNamedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> CasesYaml.parse("t.yaml", text, SPECS))
        .isInstanceOf(CriteriaException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aCaseThatExpectsSomethingElseFailsAndSaysWhatCame() {
    assertThat(
            run(
                    "{cache_hits: \"18x12 9x190\"}",
                    "{32m50s: BREACH TRIPPED PAUSE, 33m: BREACH TRIPPED PAUSE}",
                    "{32m50s: PAUSE}")
                .mismatches())
        .containsExactly(
            "at 32m50s BREACH PENDING, expected BREACH TRIPPED PAUSE",
            "decided PAUSE at 33m, expected PAUSE at 32m50s");
  }

  @Test
  void theGateOfProductionDecidesAndLetsGoAgain() {
    assertThat(
            run(
                    "{cache_hits: \"18x12 9x190 18x200\"}",
                    "{33m: BREACH TRIPPED PAUSE}",
                    "{33m: PAUSE, 44m: RUN}")
                .mismatches())
        .isEmpty();
  }

  @Test
  void lateAndStaleAndDuplicatesAreWhatTheyAreInProduction() {
    assertThat(
            run("{late: \"0x12 15x60\"}", "{2m: PASS CLEAR, 3m: NO_DATA CLEAR}", null).mismatches())
        .as("thirty lookups a minute are fewer than min_samples")
        .isEmpty();
    assertThat(run("{cache_hits: \"18x12 stale\"}", "{3m: NO_DATA CLEAR}", null).mismatches())
        .isEmpty();
    assertThat(run("{duplicates: \"20x60\"}", "{9m: PASS CLEAR}", "{}").mismatches()).isEmpty();
  }

  private static CaseResult run(String series, String expect, String decisions) {
    String text =
        "- name: x\n  criterion: cache-hit\n  series: "
            + series
            + "\n  expect: "
            + expect
            + (decisions == null ? "" : "\n  decisions: " + decisions);
    CriterionCase one = CasesYaml.parse("t.yaml", text, SPECS).get(0);
    return CaseRun.of(one, SPECS.get("cache-hit"));
  }
}
