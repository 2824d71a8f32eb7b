// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.metric.Metric;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.text.Durations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriteriaYamlTest {
  private static final String LEAST =
      """
      - id: miss
        metric: deadline_miss_ratio
        over: 1m
        breach: "> 0.05"
        on_missing: {after: 120s, action: PAUSE}
        action: PAUSE
      """;

  @Test
  void everyDefaultIsPinned() {
    CriterionSpec spec = one(LEAST);
    assertThat(spec)
        .isEqualTo(
            new CriterionSpec(
                "miss",
                "",
                Metric.DEADLINE_MISS_RATIO,
                false,
                60_000,
                10_000,
                new Limit(Operator.GREATER, 0.05),
                new Limit(Operator.LESS_OR_EQUAL, 0.05),
                0,
                0,
                0,
                0,
                GapPolicy.FREEZE,
                60_000,
                1,
                120_000,
                Action.PAUSE,
                Severity.CRITICAL,
                Action.PAUSE,
                null,
                null,
                0,
                false,
                3,
                3_600_000,
                Scope.ENGINE,
                Enforcement.ENFORCE,
                0,
                0,
                List.of()));
  }

  @Test
  void everyKeyIsRead() {
    CriterionSpec spec =
        one(
            """
            - id: all
              description: everything
              metric: cache_hit_ratio
              over: 2h
              every: 30s
              breach: "< 0.5"
              recover: ">= 0.6"
              hold: 9m50s
              recover_hold: 15m
              gap: {policy: count, max: 90s}
              min_samples: 60
              on_missing: {after: 1h, action: ALERT}
              severity: warning
              action: HOLD
              action_in_trial: ROLLBACK
              escalate: {to: PAUSE, after: 5m}
              latch: true
              flap: {trips: 5, within: 2h}
              scope: symbol
              mode: shadow
              warmup: 10m
            """);
    assertThat(spec)
        .isEqualTo(
            new CriterionSpec(
                "all",
                "everything",
                Metric.CACHE_HIT_RATIO,
                false,
                7_200_000,
                30_000,
                new Limit(Operator.LESS, 0.5),
                new Limit(Operator.GREATER_OR_EQUAL, 0.6),
                590_000,
                0,
                0,
                900_000,
                GapPolicy.COUNT,
                90_000,
                60,
                3_600_000,
                Action.ALERT,
                Severity.WARNING,
                Action.HOLD,
                Action.ROLLBACK,
                Action.PAUSE,
                300_000,
                true,
                5,
                7_200_000,
                Scope.SYMBOL,
                Enforcement.SHADOW,
                600_000,
                0,
                List.of()));
  }

  @Test
  void atLeastIsNotAHold() {
    CriterionSpec spec = one(LEAST + "  at_least: 5 of 10\n");
    assertThat(List.of(spec.atLeast(), spec.outOf())).containsExactly(5, 10);
    assertThat(spec.holdMs()).isZero();
  }

  @Test
  void windowsOfAnHourAreEvaluatedEachMinute() {
    assertThat(one(LEAST.replace("1m", "59m")).everyMs()).isEqualTo(10_000);
    assertThat(one(LEAST.replace("1m", "1h")).everyMs()).isEqualTo(60_000);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "holdd: 10m                      | :7: unknown key `holdd` in a criterion; did you mean 'hold'?",
        "recoverhold: 10m                | did you mean 'recover_hold'?",
        "gap: {polcy: reset}             | unknown key `polcy` in gap; did you mean 'policy'?",
        "hold: 10                        | `hold`: '10' is no duration; write it as 250ms, 90s, 9m50s or 72h",
        "hold: {for: 10m}                | `hold` needs a single value",
        "gap: reset                      | `gap` needs a map of keys",
        "severity: critcal               | `severity: critcal` is unknown; did you mean 'critical'?",
        "mode: on                        | known: off, shadow, enforce",
        "scope: account                  | `scope: account` is unknown; known: engine, symbol, arm, portfolio",
        "scope: portfolio                | scope portfolio is for the metrics of portfolio risk",
        "recover: '< 0.08'               | recover < 0.08 and breach > 0.05 can both hold",
        "recover: 'below 0.02'           | is no comparison",
        "at_least: 10 of 5               | at_least is n of m with 1 ≤ n ≤ m ≤ 63",
        "at_least: five                  | `at_least` is written as in `5 of 10`",
        "min_samples: many               | `many` is no whole number",
        "min_samples: 0                  | min_samples is at least 1",
        "escalate: {to: HALT}            | escalate needs both",
        "escalate: {to: ALERT, after: 1m} | escalate.to ALERT is not above action PAUSE",
        "flap: {trips: 1}                | one trip is no flapping",
        "warmup: 10m                     | on_missing.after must exceed warmup",
        "every: 15s                      | every must be a multiple of the bucket (10s)",
        "latch: maybe                    | `maybe` is neither true nor false",
        "instant: true                   | deadline_miss_ratio needs a window",
        "severity: info                  | severity info cannot stop an engine with PAUSE",
        "id: again                       | Duplicate field 'id'",
        "warn_at: 1                      | warn_at is a share of the limit above 0 and below 1",
        "warn_at: 0                      | `warn_at: 0` warns of nothing",
        "warn_at: most                   | `warn_at`: For input string",
        "engines: [mm-1]                 | engines is for scope portfolio",
        "engines: mm-1                   | `engines` is a list of engine ids",
        "engines: []                     | `engines` is a list of engine ids",
      })
  void saysWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> one(LEAST + "  " + line + "\n"))
        .isInstanceOf(CriteriaException.class)
        .hasMessageStartingWith("x.yaml:")
        .hasMessageContaining(message);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'over: 1m'      | 'over: 65s'       | over must be a multiple of the bucket (10s)",
        "'over: 1m'      | 'over: 25h'       | over is at most 24h",
        "'over: 1m'      | 'hold: 1m'        | `over` is mandatory",
        "'  action'      | '  severity'      | is unknown",
        "'id: miss'      | 'id: Miss'        | an id is lower case letters",
        "deadline_miss_ratio | deadline_mis_ratio | did you mean 'deadline_miss_ratio'?",
        "deadline_miss_ratio | restarts       | ok",
        "'> 0.05'        | '< 0.05'          | looks at the good end of deadline_miss_ratio",
        "'> 0.05'        | '> 5'             | ratios are 0..1, the limit is 5",
        "'action: PAUSE}' | 'action: ok}'    | silence is never good; the least is ALERT",
        "'on_missing: {after: 120s, action: PAUSE}' | 'hold: 1m' | on_missing is mandatory",
        "'on_missing: {after: 120s, action: PAUSE}' | 'on_missing: {after: 1m}' | on_missing is mandatory",
      })
  void saysWhatIsWrongInWhatIsThere(String there, String instead, String message) {
    String text = LEAST.replaceFirst(java.util.regex.Pattern.quote(there), instead);
    assertThat(text).isNotEqualTo(LEAST);
    if (message.equals("ok")) {
      assertThat(one(text)).isNotNull();
    } else {
      assertThatThrownBy(() -> one(text))
          .isInstanceOf(CriteriaException.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void metricsOfTheProcessAreJudgedPerEngineOnly() {
    assertThatThrownBy(
            () -> one(LEAST.replace("deadline_miss_ratio", "restarts") + "  scope: symbol\n"))
        .hasMessageContaining("restarts is of the whole engine");
  }

  @Test
  void metricsOfTheMarketAreJudgedPerSymbolOnly() {
    String wide = LEAST.replace("deadline_miss_ratio", "spread_bps").replace("0.05", "20");
    assertThat(one(wide + "  scope: symbol\n").metric()).isEqualTo(Metric.SPREAD_BPS);
    for (String scope : List.of("engine", "arm")) {
      assertThatThrownBy(() -> one(wide + "  scope: " + scope + "\n"))
          .hasMessageContaining("spread_bps is of one symbol's market; scope must be symbol");
    }
  }

  @Test
  void statesOfTheMomentAreInstant() {
    String breaker =
        """
        - id: breaker
          metric: breaker_open_s
          breach: "> 300"
          on_missing: {after: 5m, action: PAUSE}
          action: HALT
        """;
    assertThat(one(breaker + "  instant: true\n").instant()).isTrue();
    assertThatThrownBy(() -> one(breaker + "  over: 1m\n"))
        .hasMessageContaining("write `instant: true`");
    assertThatThrownBy(() -> one(breaker + "  over: 1m\n  instant: true\n"))
        .hasMessageContaining("an instant criterion has no over");
  }

  @Test
  void brokenYamlNamesItsLine() {
    assertThatThrownBy(() -> one("- id: [\n")).hasMessageStartingWith("x.yaml:");
    assertThatThrownBy(() -> one("id: x\n")).hasMessageContaining("is a list");
    assertThatThrownBy(() -> one("")).hasMessageContaining("is a list");
  }

  @Test
  void idsAreUniqueOverAllFiles() {
    assertThatThrownBy(() -> one(LEAST + LEAST)).hasMessageContaining("is there twice");
    Map<String, String> files = new LinkedHashMap<>();
    files.put("a.yaml", LEAST);
    files.put("b.yaml", LEAST);
    assertThatThrownBy(() -> CriteriaYaml.parseAll(files))
        .hasMessage("b.yaml: criterion `miss` is already in a.yaml");
  }

  @Test
  void theHashIsThatOfWhatIsJudgedNotOfItsWords() {
    String hash = one(LEAST).criteriaHash();
    assertThat(hash).matches("[0-9a-f]{64}");
    assertThat(one(LEAST + "  description: words # and a comment\n").criteriaHash())
        .isEqualTo(hash);
    assertThat(one(LEAST + "  recover: \"<= 0.05\"\n").criteriaHash()).isEqualTo(hash);
    assertThat(one(LEAST + "  hold: 1m\n").criteriaHash()).isNotEqualTo(hash);
    assertThat(one(LEAST + "  action_in_trial: ROLLBACK\n").criteriaHash()).isNotEqualTo(hash);
  }

  @Test
  void theCanonicalFormHoldsEveryComponentButTheDescription() {
    String canonical = one(LEAST).canonical();
    assertThat(canonical)
        .startsWith("id=miss\nmetric=deadline_miss_ratio\n")
        .contains("\nover_ms=60000\n", "\nbreach=> 0.05\n", "\non_missing=PAUSE 120000\n");
    assertThat(canonical.lines()).hasSize(22);
  }

  @Test
  void aWarningIsACriterionOfItsOwnBeforeTheLimit() {
    List<CriterionSpec> both =
        CriteriaYaml.parse(
            "x.yaml",
            """
            - id: crowd
              metric: concentration
              instant: true
              scope: portfolio
              breach: ">= 0.7"
              warn_at: 0.8
              recover: "< 0.65"
              on_missing: {after: 5m, action: PAUSE}
              action: PAUSE
              escalate: {to: HALT, after: 5m}
              latch: true
              engines: [mm-2, mm-1]
            """);
    assertThat(both).extracting(CriterionSpec::id).containsExactly("crowd", "crowd-warning");
    CriterionSpec warning = both.get(1);
    assertThat(List.of(warning.breach().toString(), warning.recover().toString()))
        .containsExactly(">= 0.56", "< 0.52");
    assertThat(warning.severity()).isEqualTo(Severity.WARNING);
    assertThat(List.of(warning.action(), warning.missingAction())).containsOnly(Action.ALERT);
    assertThat(warning.latch()).isFalse();
    assertThat(warning.flapTrips()).isZero();
    assertThat(warning.escalateTo()).isNull();
    assertThat(warning.engines()).containsExactly("mm-2", "mm-1");
    assertThat(warning.mode()).isEqualTo(both.get(0).mode());
  }

  @Test
  void aWarningTakesNobodysId() {
    String text = LEAST + "  warn_at: 0.5\n";
    assertThat(CriteriaYaml.parse("x.yaml", text)).hasSize(2);
    assertThatThrownBy(() -> one(text + LEAST.replace("id: miss", "id: miss-warning")))
        .hasMessageContaining("`miss-warning` is there twice");
    assertThatThrownBy(() -> one(text.replace("> 0.05", "!= 0.05")))
        .hasMessageContaining("warn_at needs a breach above a positive limit");
    assertThatThrownBy(() -> one(text.replace("id: miss", "id: " + "m".repeat(60))))
        .hasMessageContaining("must be an id too");
  }

  @Test
  void keysThatAreNotSetLeaveTheHashAsItWas() {
    assertThat(one(LEAST).canonical()).endsWith("\nwarmup_ms=0\n");
    assertThat(one(LEAST + "  warn_at: 0.5\n").canonical()).endsWith("\nwarn_at=0.5\n");
  }

  @Test
  void specificationsTravelToTheCluster() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(one(LEAST));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(one(LEAST));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "250ms,250",
    "90s,90000",
    "10m,600000",
    "9m50s,590000",
    "72h,259200000",
    "2d,172800000"
  })
  void durationsAreReadAndWritten(String text, long ms) {
    assertThat(Durations.parseMs(text)).isEqualTo(ms);
    assertThat(Durations.parseMs(Durations.format(ms))).isEqualTo(ms);
  }

  @ParameterizedTest
  @CsvSource({"> 1,2,1", ">= 1,1,0", "< 1,0,1", "<= 1,1,2", "== 1,1,2", "!= 1,2,1"})
  void limitsHoldOnOneSideOnly(String text, double inside, double outside) {
    Limit limit = Limit.parse(text);
    assertThat(limit.holds(inside)).isTrue();
    assertThat(limit.holds(outside)).isFalse();
    assertThat(limit.complement().holds(inside)).isFalse();
    assertThat(limit.complement().holds(outside)).isTrue();
    assertThat(limit.overlaps(limit.complement())).isFalse();
    assertThat(Limit.parse(limit.toString())).isEqualTo(limit);
  }

  private static CriterionSpec one(String text) {
    return CriteriaYaml.parse("x.yaml", text).get(0);
  }
}
