// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A trial's way through its stages, and back. */
class RolloutTest {
  private static final String TRIAL = "t";

  private final GateBench gate = new GateBench();

  @Test
  void aPersonStartsATrialAndItsAcceptancePromotesItStageByStage() {
    started();
    assertThat(gate.last().rollout()).isEqualTo(RolloutState.running(TRIAL, 0.1));

    accepted("10", 100);
    assertThat(gate.last().rollout()).isEqualTo(RolloutState.running(TRIAL, 0.5));
    assertThat(gate.last().mode()).isEqualTo(Mode.RUN);
    assertThat(gate.last().eventTimeUs()).isEqualTo(100_000_000);
    assertThat(gate.last().cause())
        .extracting(Cause::criterionId)
        .containsExactly(Verdict.ACCEPTANCE);

    accepted("50", 200);
    assertThat(gate.last().rollout().stage()).isEqualTo("100");
    accepted("100", 300);
    assertThat(gate.controls).as("there is no stage after the last").hasSize(3);
    assertThat(gate.controls).extracting(Control::decisionId).doesNotHaveDuplicates();
  }

  @Test
  void anAcceptanceOfAnotherStageOrFromBeforeThisOneIsNotHeard() {
    started();
    accepted("50", 100);
    word(Verdict.trialScope("other", "10"), 100, VerdictOutcome.PASS);
    accepted("10", 0);
    word(Verdict.trialScope(TRIAL, "10"), 100, VerdictOutcome.BREACH);
    word(Verdict.trialScope(TRIAL, "10"), 100, VerdictOutcome.NO_DATA);
    assertThat(gate.controls).hasSize(1);

    accepted("10", 110);
    accepted("10", 111);
    assertThat(gate.controls).as("said again, it promotes once").hasSize(2);
  }

  @Test
  void anythingThatStandsHoldsAPromotionAndIsNamed() {
    started();
    gate.trip("shadow-hit", 20, Action.HOLD, 10);
    accepted("10", 30);
    assertThat(gate.last().rollout().stage()).isEqualTo("10");
    assertThat(gate.own("gate.rollout")).last().asString().contains("shadow-hit stands");

    gate.clear("shadow-hit", 40);
    gate.word("parity", 40, Phase.CLEAR, VerdictOutcome.NO_DATA, null, 0);
    accepted("10", 50);
    assertThat(gate.own("gate.rollout")).last().asString().contains("parity has no data");

    gate.clear("parity", 55);
    gate.command("o", CommandAction.OVERRIDE, "w", "y", "cache-hit", 90L);
    accepted("10", 60);
    assertThat(gate.own("gate.rollout")).last().asString().contains("override of cache-hit");

    gate.progress(91);
    gate.command("p", CommandAction.PAUSE);
    accepted("10", 92);
    assertThat(gate.own("gate.rollout")).last().asString().contains("the mode is PAUSE");
    assertThat(gate.last().rollout().stage()).isEqualTo("10");

    gate.command("r", CommandAction.RESUME);
    accepted("10", 93);
    assertThat(gate.last().rollout().stage()).isEqualTo("50");
  }

  @Test
  void whatIsNotKnownOfAnEndedStageHoldsNothing() {
    started();
    gate.feed(noData(Verdict.trialScope(TRIAL, "10"), 20));
    word(Verdict.trialScope(TRIAL, "10"), 30, VerdictOutcome.PASS);
    gate.progress(30);
    assertThat(gate.own("gate.rollout")).last().asString().contains("trial-slippage has no data");

    gate.command("p", CommandAction.PROMOTE);
    assertThat(gate.last().rollout().stage()).as("a person's as well").isEqualTo("10");

    gate.feed(said(Verdict.trialScope(TRIAL, "10"), 40, VerdictOutcome.PASS));
    accepted("10", 50);
    gate.feed(noData(Verdict.trialScope(TRIAL, "10"), 60));
    accepted("50", 70);
    assertThat(gate.last().rollout().stage()).isEqualTo("100");
  }

  @Test
  void anAbortBeatsAPromotionWhicheverComesFirst() {
    started();
    gate.trip("trial-slippage", 100, Action.ROLLBACK, 50);
    accepted("10", 100);
    assertThat(gate.last().rollout()).isEqualTo(RolloutState.rolledBack(TRIAL));
    assertThat(gate.last().mode()).isEqualTo(Mode.RUN);

    GateBench other = new GateBench();
    other.progress(1).feed(start(other, TRIAL));
    other.feed(said(Verdict.trialScope(TRIAL, "10"), 90, VerdictOutcome.PASS));
    other.feed(acceptance(Verdict.trialScope(TRIAL, "10"), 100, VerdictOutcome.PASS));
    other.trip("cache-hit", 100, Action.ROLLBACK, 50).progress(100);
    assertThat(other.controls).as("nothing was promoted in between").hasSize(2);
    assertThat(other.last().rollout()).isEqualTo(RolloutState.rolledBack(TRIAL));
    assertThat(other.last().decisionId()).isNotEqualTo(gate.last().decisionId());
  }

  @Test
  void anAcceptanceWaitsUntilEveryJudgeHasComeAsFar() {
    GateBench bench = new GateBench(GateBench.waitingFor("trial", "criteria"));
    bench.progress("trial", 1).progress("criteria", 1).feed(start(bench, TRIAL));
    bench.feed(said(Verdict.trialScope(TRIAL, "10"), 90, VerdictOutcome.PASS));
    bench.feed(acceptance(Verdict.trialScope(TRIAL, "10"), 100, VerdictOutcome.PASS));
    bench.progress("trial", 100).progress("criteria", 90);
    assertThat(bench.controls).hasSize(1);
    bench.progress("criteria", 100);
    assertThat(bench.last().rollout().stage()).isEqualTo("50");
    assertThat(bench.last().eventTimeUs()).isEqualTo(100_000_000);
  }

  @Test
  void anAcceptanceThatIsTakenBackBeforeItIsRipePromotesNothing() {
    GateBench bench = new GateBench(GateBench.waitingFor("trial", "criteria"));
    bench.progress("trial", 1).progress("criteria", 1).feed(start(bench, TRIAL));
    bench.feed(said(Verdict.trialScope(TRIAL, "10"), 90, VerdictOutcome.PASS));
    bench.feed(acceptance(Verdict.trialScope(TRIAL, "10"), 100, VerdictOutcome.PASS));
    bench.feed(acceptance(Verdict.trialScope(TRIAL, "10"), 160, VerdictOutcome.BREACH));
    bench.progress("trial", 160).progress("criteria", 160);
    assertThat(bench.controls).hasSize(1);
  }

  @Test
  void whatWasNeverSaidOrTooLongAgoHoldsAPromotion() {
    started();
    word(Verdict.trialScope(TRIAL, "10"), 100, VerdictOutcome.PASS);
    gate.progress(100);
    assertThat(gate.own("gate.rollout")).last().asString().contains("has not been judged in this");
    gate.command("p", CommandAction.PROMOTE);
    assertThat(gate.own("gate.command")).last().asString().contains("has not been judged in this");

    GatePolicy policy = GateBench.watching(GateBench.ENGINE);
    GateBench watched = new GateBench(policy);
    String scope = Verdict.trialScope(TRIAL, "10");
    watched.progress(1).feed(start(watched, TRIAL));
    watched.feed(said(scope, 90, VerdictOutcome.PASS));
    watched.feed(acceptance(scope, 100, VerdictOutcome.PASS)).progress(100);
    assertThat(watched.own("gate.rollout")).last().asString().contains("parity-fill-ratio has not");
    watched.feed(parity(110));
    watched.feed(acceptance(scope, 2_000, VerdictOutcome.PASS)).progress(2_000);
    assertThat(watched.own("gate.rollout")).last().asString().contains("too long ago");
    watched.feed(parity(1_200));
    watched.feed(acceptance(scope, 2_060, VerdictOutcome.PASS)).progress(2_060);
    assertThat(watched.last().rollout().stage()).isEqualTo("50");
  }

  @Test
  void aStageOfAnEarlierAttemptDoesNotCount() {
    started();
    gate.command("b", CommandAction.ROLLBACK);
    gate.progress(200).feed(start(gate, TRIAL));
    gate.feed(said(Verdict.trialScope(TRIAL, "10"), 210, VerdictOutcome.PASS));
    Verdict old =
        GateBench.verdict(
            Verdict.ACCEPTANCE,
            Verdict.trialScope(TRIAL, "10"),
            250,
            Phase.CLEAR,
            VerdictOutcome.PASS,
            null,
            0);
    gate.feed(new GateInput.Judged(since(old, 100_000_000))).progress(250);
    assertThat(gate.last().rollout().stage()).isEqualTo("10");
    gate.feed(new GateInput.Judged(since(old, 200_000_000))).progress(260);
    assertThat(gate.last().rollout().stage()).isEqualTo("50");
  }

  @Test
  void aTrialOfLikeWithLikeIsNeverPromoted() {
    gate.progress(1).feed(start(gate, "aa"));
    answer(AckStatus.EFFECTIVE, RolloutState.running("aa", 0.1), null);
    word(Verdict.trialScope("aa", "10"), 100, VerdictOutcome.PASS);
    gate.progress(100);
    gate.command("p", CommandAction.PROMOTE);
    assertThat(gate.last().rollout().stage()).isEqualTo("10");
    assertThat(gate.own("gate.command")).last().asString().contains("is the last one");
  }

  @Test
  void aPolicyOfPartsOfListsCanBeSent() throws Exception {
    RolloutPolicy policy =
        new RolloutPolicy(Map.of("aa", List.of(0.1, 0.5).subList(0, 1)), List.of("s"), List.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(policy);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(policy);
    }
  }

  @Test
  void aRollbackIsPublishedEvenByAGateThatHasForgottenTheTrial() {
    gate.progress(1).command("b", CommandAction.ROLLBACK);
    assertThat(gate.last().rollout().rolledBack()).isTrue();
    gate.command("r", CommandAction.RESUME);
    assertThat(gate.last().rollout().rolledBack()).as("until the engine says so").isTrue();
    answer(AckStatus.EFFECTIVE, RolloutState.rolledBack(null), null);
    gate.command("r2", CommandAction.RESUME);
    assertThat(gate.last().rollout()).isEqualTo(RolloutState.NONE);
  }

  @Test
  void anEngineThatLaterSaysItRunsNoTrialEndsIt() {
    started();
    answer(AckStatus.EFFECTIVE, RolloutState.NONE, "trial t is not configured");
    assertThat(gate.last().rollout().rolledBack()).isTrue();
  }

  @Test
  void silenceAboutAStageThatWasConfirmedVerifiesNoRollback() {
    started();
    gate.command("b", CommandAction.ROLLBACK);
    answer(AckStatus.RECEIVED, null, null);
    answer(AckStatus.EFFECTIVE, null, null);
    assertThat(gate.state.obedience()).isEqualTo(Obedience.WAITING);
  }

  @Test
  void aCriterionThatRollsBackInATrialPausesOutsideOne() {
    gate.feed(inTrial("memory-leak", 100, 50));
    assertThat(gate.state.mode()).isEqualTo(Mode.PAUSE);

    GateBench other = new GateBench();
    other.progress(1).feed(start(other, TRIAL));
    other.feed(inTrial("memory-leak", 100, 50));
    assertThat(other.last().rollout().rolledBack()).isTrue();
    assertThat(other.state.mode()).isEqualTo(Mode.RUN);
    other.clear("memory-leak", 9_000);
    other.feed(inTrial("memory-leak", 10_000, 9_500));
    assertThat(other.state.mode()).as("an episode after the rollback").isEqualTo(Mode.PAUSE);
  }

  @Test
  void aRollbackTargetThatIsItselfUnhealthyMeansHalt() {
    started();
    gate.feed(inTrial("memory-leak", 100, 50));
    gate.feed(inTrial("memory-leak", 100 + 7_200, 50));
    assertThat(gate.state.mode()).as("half of its window is from before").isEqualTo(Mode.RUN);
    gate.feed(inTrial("memory-leak", 100 + 7_200 + 120, 50));
    assertThat(gate.state.mode()).isEqualTo(Mode.HALT);
    assertThat(gate.last().rollout().rolledBack()).isTrue();
  }

  @Test
  void commandsThatMakeNoSenseAreRefusedWithTheReason() {
    gate.progress(1);
    gate.feed(start(gate, "nope"));
    assertThat(gate.own("gate.command")).last().asString().contains("not known; known: aa, t");
    gate.command("p0", CommandAction.PROMOTE);
    assertThat(gate.own("gate.command")).last().asString().contains("no trial runs");
    gate.feed(start(gate, TRIAL));
    gate.feed(start(gate, TRIAL));
    assertThat(gate.own("gate.command")).last().asString().contains("trial t runs");
    gate.command("p1", CommandAction.PROMOTE);
    assertThat(gate.own("gate.command")).last().asString().contains("has not confirmed stage 10");
    promoted("p2", 0.1);
    promoted("p3", 0.5);
    promoted("p4", 1.0);
    assertThat(gate.own("gate.command")).last().asString().contains("is the last one");
    gate.command("b", CommandAction.ROLLBACK);
    assertThat(gate.last().command().commandId()).isEqualTo("b");
    gate.feed(start(gate, TRIAL));
    assertThat(gate.last().rollout().stage()).as("a person may start it again").isEqualTo("10");
  }

  @Test
  void aStageThatTheEngineHasNotTakenUpIsTakenBack() {
    started();
    answer(AckStatus.EFFECTIVE, null, "trial t is not configured");
    assertThat(gate.last().rollout().rolledBack()).isTrue();
    assertThat(gate.own("gate.rollout")).last().asString().contains("not configured");
    answer(AckStatus.EFFECTIVE, RolloutState.rolledBack(TRIAL), null);
    assertThat(gate.state.obedience()).isEqualTo(Obedience.OBEYING);
  }

  @Test
  void aRollbackIsVerifiedByTheAnswerAndEscalatedWithoutIt() {
    started();
    answer(AckStatus.EFFECTIVE, RolloutState.running(TRIAL, 0.1), null);
    assertThat(gate.state.obedience()).isEqualTo(Obedience.OBEYING);
    gate.command("b", CommandAction.ROLLBACK);
    answer(AckStatus.RECEIVED, RolloutState.running(TRIAL, 0.1), null);
    answer(AckStatus.EFFECTIVE, RolloutState.running(TRIAL, 0.1), null);
    assertThat(gate.state.obedience()).as("arm B is still in force").isEqualTo(Obedience.WAITING);
    gate.elapse(10_001);
    assertThat(gate.state.obedience()).isNotEqualTo(Obedience.OBEYING);
    assertThat(gate.state.mode()).isEqualTo(Mode.PAUSE);
  }

  private void started() {
    gate.progress(1).feed(start(gate, TRIAL));
    answer(AckStatus.EFFECTIVE, RolloutState.running(TRIAL, 0.1), null);
  }

  /** A person's promotion out of a stage that is confirmed and judged. */
  private void promoted(String commandId, double share) {
    answer(AckStatus.EFFECTIVE, RolloutState.running(TRIAL, share), null);
    String scopeKey = Verdict.trialScope(TRIAL, RolloutState.stageOf(share));
    gate.feed(said(scopeKey, 50, VerdictOutcome.PASS));
    gate.command(commandId, CommandAction.PROMOTE);
  }

  private static GateInput parity(long seconds) {
    return new GateInput.Judged(
        GateBench.verdict(
            "parity-fill-ratio", "shadow=s", seconds, Phase.CLEAR, VerdictOutcome.PASS, null, 0));
  }

  private static Verdict since(Verdict v, long sinceUs) {
    return new Verdict(
        v.schema(),
        v.verdictId() + sinceUs,
        v.criterionId(),
        v.criteriaHash(),
        v.engineId(),
        v.scopeKey(),
        v.eventTimeUs(),
        v.source(),
        v.outcome(),
        v.phase(),
        sinceUs,
        v.episodeStartUs(),
        v.severity(),
        v.action(),
        v.mode(),
        v.evidence());
  }

  private static GateInput start(GateBench gate, String trialId) {
    return new GateInput.Asked(
        new Command(
            Command.SCHEMA,
            "start-" + gate.verdicts.size(),
            GateBench.ENGINE,
            "tester",
            "because",
            CommandAction.START_TRIAL,
            "trial",
            null,
            0,
            null,
            trialId));
  }

  /** The stage is judged safe and accepted, and all judges have come as far. */
  private void accepted(String stage, long seconds) {
    gate.feed(said(Verdict.trialScope(TRIAL, stage), seconds, VerdictOutcome.PASS));
    word(Verdict.trialScope(TRIAL, stage), seconds, VerdictOutcome.PASS);
    gate.progress(seconds);
  }

  private void word(String scope, long seconds, VerdictOutcome outcome) {
    gate.feed(acceptance(scope, seconds, outcome));
  }

  private static GateInput noData(String scope, long seconds) {
    return said(scope, seconds, VerdictOutcome.NO_DATA);
  }

  private static GateInput said(String scope, long seconds, VerdictOutcome outcome) {
    return new GateInput.Judged(
        GateBench.verdict("trial-slippage", scope, seconds, Phase.CLEAR, outcome, null, 0));
  }

  private static GateInput acceptance(String scope, long seconds, VerdictOutcome outcome) {
    return new GateInput.Judged(
        GateBench.verdict(Verdict.ACCEPTANCE, scope, seconds, Phase.CLEAR, outcome, null, 0));
  }

  /** PAUSE, or ROLLBACK in a trial, over two hours. */
  private static GateInput inTrial(String criterion, long seconds, long episode) {
    Verdict v =
        GateBench.verdict(
            criterion, "", seconds, Phase.TRIPPED, VerdictOutcome.BREACH, Action.PAUSE, episode);
    return new GateInput.Judged(
        new Verdict(
            v.schema(),
            v.verdictId(),
            v.criterionId(),
            v.criteriaHash(),
            v.engineId(),
            v.scopeKey(),
            v.eventTimeUs(),
            v.source(),
            v.outcome(),
            v.phase(),
            v.sinceUs(),
            v.episodeStartUs(),
            v.severity(),
            v.action(),
            v.mode(),
            new dev.sluice.schemas.Evidence(
                v.evidence().measured(),
                v.evidence().limit(),
                v.evidence().unit(),
                7_200_000,
                1,
                1,
                0,
                0,
                null,
                v.evidence().reason()),
            Action.ROLLBACK));
  }

  private void answer(AckStatus status, RolloutState rollout, String reason) {
    gate.feed(
        new GateInput.Answered(
            new Ack(
                Ack.SCHEMA,
                GateBench.ENGINE,
                "run",
                1,
                0,
                Source.PAPER,
                gate.state.control().decisionId(),
                gate.state.epoch(),
                gate.state.mode(),
                status,
                0,
                List.of(),
                gate.wallMs * 1000,
                null,
                null,
                reason,
                rollout,
                null,
                null)));
  }
}
