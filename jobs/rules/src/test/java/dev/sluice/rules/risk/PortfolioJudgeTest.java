// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import static dev.sluice.rules.risk.RiskRun.BTC;
import static dev.sluice.rules.risk.RiskRun.ETH;
import static dev.sluice.rules.risk.RiskRun.shipped;
import static dev.sluice.rules.risk.RiskRun.us;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.RiskInput;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortfolioJudgeTest {
  private static final String A = "mm-1";
  private static final String B = "mm-2";

  // ---- exposure ----

  @Test
  void twoEnginesThatNetBelowTheCapStayQuietAndAboveItHalt() {
    RiskRun hedged = two("net-exposure").fill(A, BTC, 1, 190, 100).fill(B, BTC, 1, -190, 100);
    for (int leg = 0; leg < 5; leg++) {
      hedged.fill(A, BTC, 2 + leg, 150, 100).fill(B, BTC, 2 + leg, -150, 100);
    }
    assertThat(hedged.of("net-exposure"))
        .extracting(Verdict::outcome)
        .doesNotContain(VerdictOutcome.BREACH);
    hedged.fill(A, BTC, 8, 249.9, 100);
    assertThat(hedged.word("net-exposure", A)).isEqualTo("PASS CLEAR");
    hedged.fill(B, BTC, 9, 0.1, 100);
    assertThat(hedged.word("net-exposure", A)).isEqualTo("BREACH LATCHED HALT");
    assertThat(hedged.word("net-exposure", B)).isEqualTo("BREACH LATCHED HALT");
    assertThat(hedged.last("net-exposure", B).evidence().measured())
        .isEqualTo(25_000, within(1e-6));
  }

  @Test
  void aMarkAloneBreachesAndItsOwnMessageSaysSo() {
    RiskRun run = two("net-exposure").fill(A, BTC, 1, 240, 100).mark(A, BTC, 2, 104);
    assertThat(run.word("net-exposure", A)).isEqualTo("PASS CLEAR");
    run.mark(A, BTC, 2.5, 104.2);
    Verdict verdict = run.last("net-exposure", A);
    assertThat(verdict.outcome()).isEqualTo(VerdictOutcome.BREACH);
    assertThat(verdict.eventTimeUs()).isEqualTo(us(2.5));
    assertThat(verdict.scopeKey()).isEqualTo("portfolio");
    assertThat(verdict.evidence().decidedIngestUs()).isEqualTo(us(2.5) + 3_000);
  }

  @Test
  void warnsAtFourFifthsOfTheLimitOncePerEpisode() {
    RiskRun run = two("net-exposure").fill(A, BTC, 1, 200, 100);
    assertThat(run.word("net-exposure-warning", A)).isEqualTo("BREACH TRIPPED ALERT");
    assertThat(run.word("net-exposure", A)).isEqualTo("PASS CLEAR");
    int said = run.of("net-exposure-warning").size();
    for (int i = 0; i < 40; i++) {
      run.mark(A, BTC, 2 + i * 0.5, i % 2 == 0 ? 99.9 : 100.1);
    }
    assertThat(run.of("net-exposure-warning").subList(said, run.of("net-exposure-warning").size()))
        .extracting(Verdict::episodeStartUs)
        .containsOnly(us(1));
    assertThat(run.audits).filteredOn(a -> a.criterionId().equals("net-exposure")).hasSize(2);
  }

  @Test
  void onlyTheEnginesNamedAreSummedAndTold() {
    var criteria =
        CriteriaYaml.parse(
            "x.yaml",
            """
            - {id: pair, metric: net_exposure, instant: true, scope: portfolio, breach: ">= 1000",
               on_missing: {after: 1m, action: ALERT}, action: PAUSE, engines: [mm-3, mm-1]}
            """);
    RiskRun run = new RiskRun(criteria, A, B, "mm-3");
    for (String engine : List.of(A, B, "mm-3")) {
      run.health(engine, 0, 100_000);
    }
    run.fill(B, BTC, 1, 100, 100);
    assertThat(run.verdicts).extracting(Verdict::outcome).doesNotContain(VerdictOutcome.BREACH);
    run.fill("mm-3", BTC, 2, 10, 100);
    assertThat(run.word("pair", A)).isEqualTo("BREACH TRIPPED PAUSE");
    assertThat(run.word("pair", "mm-3")).isEqualTo("BREACH TRIPPED PAUSE");
    assertThat(run.verdicts).extracting(Verdict::engineId).doesNotContain(B);
    assertThat(run.audits.get(run.audits.size() - 1).engines()).containsExactly(A, "mm-3");
  }

  // ---- loss ----

  @Test
  void theDaysLossIsNettedOverTheEnginesAndMarkedFromTicks() {
    RiskRun run = two("daily-loss").fill(A, BTC, 1, 400, 100).fill(B, BTC, 1, -200, 100);
    run.mark(B, BTC, 2, 92).mark(A, BTC, 2, 92);
    // -3,200 and +1,600 of 200,000
    assertThat(run.word("daily-loss", A)).isEqualTo("PASS CLEAR");
    run.fill(B, BTC, 3, 200, 92).fill(A, BTC, 4, -400, 92).fill(A, ETH, 5, 1_000, 50);
    run.mark(A, ETH, 6, 46.5);
    assertThat(run.word("daily-loss-warning", B)).isEqualTo("BREACH TRIPPED ALERT");
    run.mark(A, ETH, 7, 45.7);
    assertThat(run.word("daily-loss", A)).isEqualTo("PASS CLEAR");
    run.mark(A, ETH, 8, 45.6);
    assertThat(run.word("daily-loss", A)).isEqualTo("BREACH LATCHED HALT");
    assertThat(run.last("daily-loss", A).evidence().measured()).isEqualTo(0.03, within(1e-9));
  }

  @Test
  void feesAreLosses() {
    RiskRun run = new RiskRun(shipped("daily-loss"), A).health(A, 0, 100_000);
    for (int i = 0; i < 30; i++) {
      run.fill(A, BTC, 1 + i, i % 2 == 0 ? 1 : -1, 100, 99.9);
    }
    assertThat(run.word("daily-loss", A)).isEqualTo("PASS CLEAR");
    run.fill(A, BTC, 40, 1, 100, 3);
    assertThat(run.word("daily-loss", A)).isEqualTo("BREACH LATCHED HALT");
  }

  @Test
  void anEngineThatMisreckonsItselfIsHeldToItsTrades() {
    RiskRun run = new RiskRun(shipped("daily-loss"), A).health(A, 0, 100_000);
    run.fill(A, BTC, 1, 1_000, 100);
    run.mark(A, BTC, 2, 98).health(A, 3, 100_000).mark(A, BTC, 4, 97).health(A, 5, 100_000);
    assertThat(run.word("daily-loss", A)).isEqualTo("BREACH LATCHED HALT");
  }

  @Test
  void aLossThatOnlyTheEngineKnowsOfCounts() {
    RiskRun run = new RiskRun(shipped("daily-loss"), A).health(A, 0, 100_000);
    run.health(A, 10, 97_000);
    assertThat(run.word("daily-loss", A)).isEqualTo("BREACH LATCHED HALT");
  }

  @Test
  void theDayStartsAnewAtMidnightUtc() {
    RiskRun run = new RiskRun(shipped("daily-loss"), A).health(A, 3_600, 100_000);
    run.fill(A, BTC, 3_601, 1_000, 100).mark(A, BTC, 3_602, 97.5);
    assertThat(run.word("daily-loss", A)).isEqualTo("PASS CLEAR");
    run.health(A, 86_395, 97_500).dayStart(A, 97_500).health(A, 86_400, 97_500);
    run.mark(A, BTC, 86_401, 95);
    assertThat(run.word("daily-loss", A))
        .as("2,500 of 97,500, not 5,000 of 100,000")
        .isEqualTo("PASS CLEAR");
    run.mark(A, BTC, 86_402, 94.5);
    assertThat(run.word("daily-loss", A)).isEqualTo("BREACH LATCHED HALT");
  }

  @Test
  void aRestartWithinTheDayForgivesNoLossAndCountsNoneTwice() {
    RiskRun run = new RiskRun(shipped("daily-loss"), A).health(A, 10, 100_000);
    run.fill(A, BTC, 11, 1_000, 100).mark(A, BTC, 12, 98).health(A, 13, 98_000);
    run.restart(A, "run-2").dayStart(A, 98_000).health(A, 60, 98_000);
    run.mark(A, BTC, 61, 98);
    assertThat(run.last("daily-loss", A).outcome()).isEqualTo(VerdictOutcome.PASS);
    // the new process is flat, which its first fill tells: the old position's 500 never were
    run.mark(A, BTC, 62, 97.5).fill(A, BTC, 63, 1, 97.5);
    run.mark(A, BTC, 64, 90);
    assertThat(run.word("daily-loss", A)).isEqualTo("PASS CLEAR");
    assertThat(run.counted(RiskOutput.Count.POSITION_CORRECTIONS)).isEqualTo(1);
    run.fill(A, BTC, 65, 999, 90).mark(A, BTC, 66, 89);
    assertThat(run.word("daily-loss", A)).isEqualTo("BREACH LATCHED HALT");
    assertThat(run.last("daily-loss", A).evidence().measured())
        .isEqualTo((2_000 + 7.5 + 1_000) / 100_000, within(1e-6));
  }

  @Test
  void drawdownIsFromTheRunningPeakAndOnlySpeaks() {
    RiskRun run = new RiskRun(shipped("drawdown"), A).health(A, 0, 100_000);
    run.fill(A, BTC, 1, 2_000, 100).mark(A, BTC, 2, 105).mark(A, BTC, 3, 99.6);
    assertThat(run.word("drawdown", A)).isEqualTo("PASS CLEAR");
    run.mark(A, BTC, 4, 99.4);
    assertThat(run.word("drawdown", A)).isEqualTo("BREACH TRIPPED HALT");
    assertThat(run.last("drawdown", A).mode().name()).isEqualTo("SHADOW");
  }

  // ---- concentration ----

  @Test
  void concentrationPausesAndIsLeftWhenItHasRecovered() {
    RiskRun run = two("concentration").fill(A, BTC, 1, 60, 100).fill(B, BTC, 2, 60, 100);
    assertThat(run.word("concentration", A)).isEqualTo("PASS CLEAR");
    run.fill(A, BTC, 3, 90, 100);
    assertThat(run.word("concentration", A)).isEqualTo("BREACH TRIPPED PAUSE");
    assertThat(run.word("concentration", B)).isEqualTo("BREACH TRIPPED PAUSE");
    run.fill(A, BTC, 4, -90, 100);
    for (int second = 5; second <= 70; second++) {
      run.mark(A, BTC, second, 100 + second * 0.001);
    }
    assertThat(run.word("concentration", A)).isEqualTo("PASS CLEAR");
  }

  @Test
  void oneSymbolOfTwoCanBeTooMuch() {
    RiskRun run = two("concentration").fill(A, BTC, 1, 60, 100).fill(B, BTC, 2, 60, 100);
    assertThat(run.word("concentration", A)).as("one symbol is no choice").isEqualTo("PASS CLEAR");
    run.fill(A, ETH, 3, 40, 50).fill(B, ETH, 4, 40, 50);
    assertThat(run.word("concentration", A)).isEqualTo("BREACH TRIPPED PAUSE");
  }

  @Test
  void theFirstSmallPositionIsNoConcentration() {
    RiskRun run = two("concentration").fill(A, BTC, 1, 5, 100);
    assertThat(run.verdicts).extracting(Verdict::outcome).doesNotContain(VerdictOutcome.BREACH);
    assertThat(run.word("concentration", A)).isEqualTo("PASS CLEAR");
  }

  @Test
  void concentrationNeedsTwoEnginesWithMoney() {
    RiskRun run = new RiskRun(shipped("concentration"), A, B).health(A, 0, 100_000);
    run.dayStart(B, 900).health(B, 0, 900).fill(A, BTC, 1, 200, 100);
    assertThat(run.word("concentration", A)).isEqualTo("NO_DATA CLEAR");
    for (int second = 10; second <= 1_200; second += 10) {
      run.health(A, second, 100_000).health(B, second, 900);
    }
    assertThat(run.word("concentration", A)).isEqualTo("NO_DATA TRIPPED ALERT");
    assertThat(run.last("concentration", A).action().mode().name()).isEqualTo("RUN");
  }

  @Test
  void aRosterOfOneIsLeftAlone() {
    RiskRun run = new RiskRun(ShippedCriteria.all(), A);
    double equity = 100_000;
    for (int second = 0; second < 7_200; second += 10) {
      run.health(A, second, equity + second % 70);
      run.fill(A, BTC, second + 1, second % 20 == 0 ? 20 : -20, 100 + second % 3);
      run.mark(A, BTC, second + 2, 100 + second % 5).bucket(A, second + 10);
    }
    assertThat(run.of("concentration")).isEmpty();
    assertThat(run.verdicts).extracting(Verdict::outcome).doesNotContain(VerdictOutcome.BREACH);
    assertThat(run.verdicts.stream().filter(v -> v.action() != null))
        .allMatch(v -> v.mode().name().equals("SHADOW") && v.criterionId().equals("var"));
  }

  // ---- missing ----

  @Test
  void aSilentEngineKeepsItsExposureAndIsNoData() {
    RiskRun run = two("net-exposure").fill(A, BTC, 1, 150, 100).fill(B, BTC, 1, 60, 100);
    for (int second = 10; second <= 40; second += 10) {
      run.health(A, second, 100_000).bucket(A, second);
    }
    assertThat(run.word("net-exposure", A)).isEqualTo("NO_DATA CLEAR");
    assertThat(run.last("net-exposure", A).evidence().reason())
        .contains("mm-2 is silent for 39s, its last exposure counts");
    assertThat(run.last("net-exposure", A).evidence().measured()).isNull();
    run.fill(A, BTC, 41, 50, 100);
    assertThat(run.word("net-exposure", A))
        .as("15,000 + 5,000 + 6,000 of one that is silent")
        .isEqualTo("BREACH LATCHED HALT");
    assertThat(run.last("net-exposure", B).evidence().measured()).isEqualTo(26_000);
    // it is not forgotten when it comes back either
    run.health(B, 42, 100_000).fill(B, BTC, 43, -60, 100);
    assertThat(run.last("net-exposure", B).outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(run.last("net-exposure", B).phase()).isEqualTo(Phase.LATCHED);
  }

  @Test
  void silenceIsThirtySecondsBehindTheClockAndNotOneLess() {
    RiskRun run = two("net-exposure").health(B, 10, 100_000).health(A, 40, 100_000);
    run.bucket(A, 40);
    assertThat(run.word("net-exposure", A)).isEqualTo("PASS CLEAR");
    run.health(A, 40.1, 100_000).bucket(A, 40.1);
    assertThat(run.word("net-exposure", A)).isEqualTo("NO_DATA CLEAR");
  }

  @Test
  void anEngineThatNeverSpokeIsMissing() {
    RiskRun run = new RiskRun(shipped("net-exposure", "daily-loss", "drawdown"), A, B);
    run.health(A, 0, 100_000).fill(A, BTC, 1, 100, 100);
    assertThat(run.word("net-exposure", A)).isEqualTo("NO_DATA CLEAR");
    assertThat(run.word("daily-loss", B)).isEqualTo("NO_DATA CLEAR");
    assertThat(run.word("drawdown", B)).isEqualTo("NO_DATA CLEAR");
    assertThat(run.last("daily-loss", A).evidence().reason()).contains("mm-2 has never spoken");
    for (int second = 10; second <= 910; second += 10) {
      run.health(A, second, 100_000).bucket(A, second);
    }
    assertThat(run.word("net-exposure", A)).isEqualTo("NO_DATA LATCHED ALERT");
    run.fill(A, BTC, 911, 150, 100);
    assertThat(run.word("net-exposure", A)).isEqualTo("BREACH LATCHED HALT");
  }

  // ---- jumps ----

  @Test
  void oneWrongMarkIsNotBelieved() {
    RiskRun run = two("net-exposure").fill(A, BTC, 1, 200, 100).mark(A, BTC, 2, 100);
    run.mark(A, BTC, 3, 1_000).mark(A, BTC, 4, 100.1);
    assertThat(run.of("net-exposure"))
        .extracting(Verdict::outcome)
        .doesNotContain(VerdictOutcome.BREACH);
    assertThat(run.counted(RiskOutput.Count.IMPLAUSIBLE_JUMPS)).isEqualTo(1);
  }

  @Test
  void aRealCrashIsBelievedAtItsSecondMessage() {
    RiskRun run = new RiskRun(shipped("daily-loss"), A).health(A, 0, 100_000);
    run.fill(A, BTC, 1, 200, 100).mark(A, BTC, 2, 80);
    assertThat(run.word("daily-loss", A)).isEqualTo("PASS CLEAR");
    run.mark(A, BTC, 2.5, 79);
    assertThat(run.word("daily-loss", A)).isEqualTo("BREACH LATCHED HALT");
    assertThat(run.last("daily-loss", A).evidence().reason())
        .contains("mm-1 BTCUSDT at 79.0 is believed: two of three readings agree");
  }

  @Test
  void anUnbelievedReadingIsInTheReason() {
    RiskRun run = two("net-exposure").fill(A, BTC, 1, 100, 100).mark(A, BTC, 2, 300);
    run.fill(B, BTC, 3, 150, 100);
    assertThat(run.last("net-exposure", A).evidence().reason())
        .contains("mm-1 BTCUSDT at 300.0 is not believed yet")
        .contains("100.0 counts");
  }

  @Test
  void anEquityThatJumpsNeedsASecondHeartbeat() {
    RiskRun run = new RiskRun(shipped("daily-loss"), A).health(A, 0, 100_000).health(A, 10, 50_000);
    assertThat(run.word("daily-loss", A)).isEqualTo("PASS CLEAR");
    run.health(A, 20, 50_100);
    assertThat(run.word("daily-loss", A)).isEqualTo("BREACH LATCHED HALT");
  }

  // ---- people, progress, audit, restart ----

  @Test
  void resumeIsRefusedInBreachAndConcernsOneEngine() {
    RiskRun run = two("net-exposure").fill(A, BTC, 1, 260, 100);
    run.command(A, CommandAction.RESUME);
    assertThat(run.word("net-exposure", A)).isEqualTo("BREACH LATCHED HALT");
    run.fill(A, BTC, 2, -200, 100).command(A, CommandAction.RESUME);
    assertThat(run.word("net-exposure", A)).isEqualTo("PASS CLEAR");
    assertThat(run.word("net-exposure", B)).isEqualTo("PASS LATCHED HALT");
    assertThat(run.audits.get(run.audits.size() - 1).reason()).contains("ann: checked");
  }

  @Test
  void progressFollowsTheVerdictsAndWaitsForTheHeartbeatTheBucketSpeaksOf() {
    RiskRun run = new RiskRun(shipped("net-exposure"), A).health(A, 0, 100_000);
    run.bucket(A, 10, us(12));
    assertThat(run.verdicts).noneMatch(Verdict::progressMarker);
    run.fill(A, BTC, 9, 300, 100).health(A, 12, 100_000);
    Verdict last = run.verdicts.get(run.verdicts.size() - 1);
    assertThat(last.progressMarker()).isTrue();
    assertThat(last.progressOf()).isEqualTo("risk");
    assertThat(last.eventTimeUs()).isEqualTo(us(10));
    assertThat(run.word("net-exposure", A)).isEqualTo("BREACH LATCHED HALT");
    run.bucket(A, 10).bucket(A, 20, us(12));
    assertThat(run.verdicts.stream().filter(Verdict::progressMarker)).hasSize(2);
  }

  @Test
  void eachChangeOfAWordIsAuditedWithItsInputs() {
    RiskRun run = two("net-exposure").fill(A, BTC, 1, 190, 100).fill(B, ETH, 1, 100, 60);
    RiskAudit audit =
        run.audits.stream()
            .filter(a -> a.criterionId().equals("net-exposure"))
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(audit.outcome()).isEqualTo(VerdictOutcome.BREACH);
    assertThat(audit.engines()).containsExactly(A, B);
    assertThat(audit.measured()).isEqualTo(25_000);
    assertThat(audit.inputs())
        .extracting(RiskInput::engineId, RiskInput::symbol, RiskInput::qty, RiskInput::mark)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(A, BTC, 190.0, 100.0),
            org.assertj.core.groups.Tuple.tuple(B, ETH, 100.0, 60.0));
    assertThat(audit.auditId()).isEqualTo(run.last("net-exposure", A).verdictId());
    int audits = run.audits.size();
    for (int second = 2; second < 200; second++) {
      run.mark(A, BTC, second, 100 + second * 0.001);
    }
    assertThat(run.audits).as("a refresh is no change").hasSize(audits);
  }

  @Test
  void anEngineThatIsNotOnTheRosterIsCountedAndDropped() {
    RiskRun run = two("net-exposure").fill("mm-9", BTC, 1, 1_000, 100).health("mm-9", 2, 1);
    assertThat(run.of("net-exposure")).extracting(Verdict::engineId).containsOnly(A, B);
    assertThat(run.counted(RiskOutput.Count.UNKNOWN_ENGINES)).isEqualTo(2);
  }

  @Test
  void aCriterionMayOnlyNameWhoIsOnTheRoster() {
    var criteria =
        CriteriaYaml.parse(
            "x.yaml",
            """
            - {id: pair, metric: net_exposure, instant: true, scope: portfolio, breach: ">= 1000",
               on_missing: {after: 1m, action: ALERT}, action: PAUSE, engines: [mm-7]}
            """);
    assertThatThrownBy(() -> new RiskRun(criteria, A))
        .hasMessage("criterion pair names engine mm-7, not on the roster");
    assertThatThrownBy(() -> new RiskRun(criteria)).hasMessageContaining("needs a roster");
  }

  @Test
  void symbolsBeyondTheLimitAreDroppedAndCounted() {
    RiskRun run = new RiskRun(shipped("net-exposure"), A).health(A, 0, 100_000);
    for (int symbol = 0; symbol < 300; symbol++) {
      run.mark(A, "S" + symbol, 1, 100);
    }
    assertThat(run.counted(RiskOutput.Count.DROPPED_SYMBOLS)).isEqualTo(300 - 256);
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  private static RiskRun two(String... criteria) {
    return new RiskRun(shipped(criteria), A, B).health(A, 0, 100_000).health(B, 0, 100_000);
  }
}
