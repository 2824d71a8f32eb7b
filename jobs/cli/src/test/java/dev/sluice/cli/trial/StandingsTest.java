// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.DeltaRole;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Evidence;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Person;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where trials stand, out of what the topics say; and how a person is told. */
class StandingsTest {
  private final Standings standings = new Standings();

  @Test
  void anEngineWithoutATrialIsNotListed() {
    standings.control(control(1, RolloutState.NONE, null));
    assertThat(standings.all()).isEmpty();
    assertThat(TrialText.status(standings.all())).contains("no engine has a trial");
  }

  @Test
  void tellsStageCoverageGoalAndWhatHoldsIt() {
    standings.control(control(1, RolloutState.running(Words.TRIAL, 0.1), person()));
    standings.status(
        Words.at(
            30,
            0.1,
            1,
            "net_bps +0.41 bps in [-1.30, 2.12]: lower bound not above 0",
            Words.delta("net_bps", DeltaRole.GOAL, 0.41, -1.3, 2.12)));
    String text = TrialText.status(standings.all());
    assertThat(text)
        .contains("mm-1", Words.TRIAL, "10 %", "29m", "2h", "net_bps 0.41 in [-1.3, 2.12]", "HOLD")
        .contains("lower bound not above 0");
  }

  @Test
  void explainsEveryDifferenceWhatHoldsAndWhatWasDecided() {
    standings.control(control(1, RolloutState.running(Words.TRIAL, 0.1), person()));
    standings.verdict(verdict("trial-slippage", Phase.TRIPPED, Action.ROLLBACK));
    standings.control(control(2, RolloutState.rolledBack(Words.TRIAL), null));
    standings.status(
        Words.at(30, 0.1, 1, Words.delta("slippage_bps", DeltaRole.GUARDRAIL, 3.0, 2.1, null)));
    assertThat(standings.all()).hasSize(1);
    String text = TrialText.explain(standings.all().get(0));
    assertThat(text)
        .contains("slippage_bps", "guardrail", "no bound", "slippage_bps says why", "p = 0.84")
        .contains("trial-slippage TRIPPED, asks for ROLLBACK: for a test")
        .contains("? → 10 %", "ana: a test", "10 % → rolled-back", "trial-slippage: because");
  }

  @Test
  void forgetsAVerdictThatHasCleared() {
    standings.control(control(1, RolloutState.running(Words.TRIAL, 0.1), person()));
    standings.verdict(verdict("parity-pnl", Phase.TRIPPED, Action.HOLD));
    standings.verdict(verdict("parity-pnl", Phase.CLEAR, null));
    standings.verdict(verdict("gate.command", Phase.TRIPPED, Action.HOLD));
    standings.verdict(verdict(Verdict.ACCEPTANCE, Phase.TRIPPED, Action.HOLD));
    assertThat(standings.all().get(0).held()).isEmpty();
  }

  @Test
  void keepsTheNewestDecisionsOnly() {
    for (int i = 1; i <= 50; i++) {
      standings.control(
          control(
              i,
              i % 2 == 0
                  ? RolloutState.rolledBack(Words.TRIAL)
                  : RolloutState.running(Words.TRIAL, 0.1),
              person()));
    }
    List<StageChange> decisions = standings.all().get(0).decisions();
    assertThat(decisions).hasSize(20);
    assertThat(decisions.get(19).epoch()).isEqualTo(50);
  }

  private static Person person() {
    return new Person("c-1", "ana", "a test");
  }

  private static Control control(long epoch, RolloutState rollout, Person person) {
    return new Control(
        Control.SCHEMA,
        "mm-1",
        epoch,
        Mode.RUN,
        rollout,
        "d" + epoch,
        0,
        person == null ? List.of(new Cause("v", "trial-slippage", 2.1, 0.0, "because")) : List.of(),
        person,
        false,
        Words.START_US + epoch * Words.MINUTE_US,
        0,
        0,
        Source.SIMULATED,
        "judge-1");
  }

  private static Verdict verdict(String criterion, Phase phase, Action action) {
    return new Verdict(
        Verdict.SCHEMA,
        criterion + phase,
        criterion,
        "h",
        "mm-1",
        "",
        Words.START_US,
        Source.SIMULATED,
        phase == Phase.CLEAR ? VerdictOutcome.PASS : VerdictOutcome.BREACH,
        phase,
        Words.START_US,
        Words.START_US,
        Severity.CRITICAL,
        action,
        Enforcement.ENFORCE,
        new Evidence(1.0, 0.0, "bps", 0, 1, 1.0, 0, 0, null, "for a test"));
  }
}
