// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.criterion.Outcome;
import dev.sluice.rules.spec.GapPolicy;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Outcomes every 10 s, written as letters: B breach with fresh evidence, b breach by the window's
 * smear alone, P pass that recovers, p pass that does not, N no data, a dot no evaluation at all.
 * Phases: C clear, P pending, T tripped, R recovering, L latched.
 */
class GuardTest {
  private static final long START_US = 1_000_000_000L;
  private static final long SECOND_US = 1_000_000L;
  private static final long CADENCE_US = 10 * SECOND_US;

  @ParameterizedTest(name = "{0}: {2} gives {3}")
  @CsvSource({
    // hold
    "tripsOnlyAfterHold,                   hold30,          BBBBB,        PPPTT",
    "aPassEndsTheHold,                     hold30,          BBBPBBBB,     PPPCPPPT",
    "smearIsNoEvidence,                    hold30,          BBBbbbP,      PPPPPPC",
    "freshEvidenceAfterSmearCounts,        hold30,          BbbbB,        PPPPT",
    "withoutHoldTheFirstBreachTrips,       hold0,           PBB,          CTT",
    "withoutHoldSmearTripsToo,             hold0,           Pb,           CT",
    "aBandBetweenLimitsIsNoBreach,         hold30,          BBpBBBB,      PPCPPPT",
    // gaps
    "resetForgetsTheHold,                  hold30 reset,    BBNBBBB,      PPCPPPT",
    "freezeTakesTheHoleOut,                hold30 freeze20, BBNNBBB,      PPPPPTT",
    "freezeEndsAfterMax,                   hold30 freeze20, BBNNNBBBB,    PPPPCPPPT",
    "countKeepsCounting,                   hold30 count20,  BBNNB,        PPPPT",
    "countNeverTripsInTheHole,             hold30 count60,  BBNNN,        PPPPP",
    "countEndsAfterMax,                    hold30 count20,  BBNNNBBBB,    PPPPCPPPT",
    "resetForgetsOverAbsentEvaluations,    hold30 reset,    BB.BBBB,      PP.PPPT",
    "freezeTakesAbsentEvaluationsOut,      hold30 freeze20, BB..BBB,      PP..PTT",
    "freezeEndsOverLongAbsence,            hold30 freeze20, BB...BBBB,    PP...PPPT",
    "countCountsAbsentEvaluations,         hold30 count20,  BB..BB,       PP..TT",
    // at least
    "threeOfFive,                          atleast3of5,     BPBPB,        PPPPT",
    "twoOfFiveIsNotEnough,                 atleast3of5,     BPPBPPPP,     PPPPPPPP",
    "anEmptyWindowOfBreachesIsClear,       atleast3of5,     BPPPPP,       PPPPPC",
    "smearIsNotCountedTwice,               atleast3of5,     BbbbB,        PPPPP",
    "countedHolesAreBreaches,              atleast3of5 count60, BNB,      PPT",
    "frozenHolesAreNoEvaluations,          atleast3of5 freeze60, BNNNPPB, PPPPPPP",
    // recovery
    "recoversOnlyAfterRecoverHold,         hold0 recover20, BPPPP,        TRRCC",
    "theBandKeepsItTripped,                hold0 recover20, BpppPPP,      TTTTRRC",
    "aBreachInterruptsRecovery,            hold0 recover20, BPBPPP,       TRTRRC",
    "noDataInterruptsRecovery,             hold0 recover20, BPNPPP,       TRTRRC",
    "noDataNeverRecovers,                  hold0 recover0,  BNNNN,        TTTTT",
    "withoutRecoverHoldItClearsAtOnce,     hold0 recover0,  BP,           TC",
    // missing
    "missingActsAfterItsTime,              hold0 missing30, PNNNNN,       CCCCTT",
    "dataInTimePreventsIt,                 hold0 missing30, NNNPNNNP,     CCCCCCCC",
    "missingTripsAPendingHold,             hold90 missing30 freeze60, BNNNN, PPPPT",
    "dataRecoversAMissingTrip,             hold0 missing20 recover10, NNNPP, CCTRC",
    "aBreachAfterMissingDataIsTripped,     hold30 missing20, NNNBBBB,     CCTTTTT",
    // latch
    "latchNeedsAPerson,                    hold0 latch,     BPPP,         LLLL",
    "threeTripsInAnHourLatch,              hold0 recover0 flap3, BPBPBPP, TCTCLLL",
  })
  void phases(String name, String rules, String outcomes, String phases) {
    assertThat(run(spec(rules), outcomes).phases()).as(name).isEqualTo(phases);
  }

  @Test
  void anEpisodeBeginsWithTheBreachAndKeepsItsName() {
    List<Step> steps = run(spec("hold30 recover20"), "PBBBBPBP").steps();
    assertThat(steps.stream().map(step -> (step.state().episodeStartUs() - START_US) / CADENCE_US))
        .containsExactly(-100L, 1L, 1L, 1L, 1L, 1L, 1L, 1L);
    assertThat(steps.get(4).why()).isEqualTo("held 30s, 30s allowed");
  }

  @Test
  void anEpisodeOfMissingDataBeginsWithTheFirstMiss() {
    GuardState tripped = run(spec("hold0 missing30"), "PPNNNN").last();
    assertThat(tripped.episodeStartUs()).isEqualTo(START_US + 2 * CADENCE_US);
    assertThat(tripped.action()).isEqualTo(Action.REDUCE_ONLY);
    assertThat(tripped.trippedByMissing()).isTrue();
  }

  @Test
  void aBreachHeldWhileDataWasTheCauseBeginsANewEpisodeWithTheStrongerAction() {
    Run run = run(spec("hold30 missing20"), "NNNBBBB");
    assertThat(run.steps().get(5).state().action()).isEqualTo(Action.REDUCE_ONLY);
    assertThat(run.last().action()).isEqualTo(Action.PAUSE);
    assertThat(run.last().episodeStartUs()).isEqualTo(START_US + 3 * CADENCE_US);
    assertThat(run.last().trippedByMissing()).isFalse();
  }

  @Test
  void escalatesWhileStillInBreachInTheSameEpisode() {
    Run run = run(spec("hold0 escalate30"), "BBBBB");
    assertThat(run.actions())
        .containsExactly(Action.PAUSE, Action.PAUSE, Action.PAUSE, Action.HALT, Action.HALT);
    assertThat(run.steps().get(3).changed()).isTrue();
    assertThat(run.last().episodeStartUs()).isEqualTo(START_US);
    assertThat(run.phases()).isEqualTo("TTTTT");
  }

  @Test
  void escalationNeedsBreachThroughoutAndFreshEvidence() {
    assertThat(run(spec("hold0 escalate30"), "BBPBBB").last().action()).isEqualTo(Action.PAUSE);
    assertThat(run(spec("hold0 escalate30"), "BBNBBB").last().action()).isEqualTo(Action.PAUSE);
    assertThat(run(spec("hold0 escalate30"), "BBbbbb").last().action()).isEqualTo(Action.PAUSE);
    assertThat(run(spec("hold0 escalate30"), "BBPBBBB").last().action()).isEqualTo(Action.HALT);
    assertThat(run(spec("hold0 latch escalate30"), "BBBB").last().action()).isEqualTo(Action.HALT);
  }

  @Test
  void tripsOlderThanTheFlapWindowDoNotCount() {
    GuardSpec spec = spec("hold0 recover0 flap3");
    GuardState state = GuardState.initial();
    long atUs = START_US;
    for (int trip = 0; trip < 6; trip++) {
      state = Guard.step(state, outcome('B', atUs, 0), atUs, spec).state();
      assertThat(state.phase()).isEqualTo(Phase.TRIPPED);
      state = Guard.step(state, outcome('P', atUs, 0), atUs + CADENCE_US, spec).state();
      atUs += 1_801 * SECOND_US;
    }
  }

  @Test
  void aPersonResumesFromAnyPhase() {
    for (String outcomes : List.of("BB", "BBBB", "BBBBP", "BBBBPN")) {
      GuardState before = run(spec("hold30 recover60"), outcomes).last();
      Step step = Guard.resume(before);
      assertThat(step.changed()).isTrue();
      assertThat(step.state().phase()).isEqualTo(Phase.CLEAR);
      assertThat(step.state().action()).isNull();
      assertThat(step.state().tripsUs()).isEmpty();
      assertThat(step.state().lastUs()).isEqualTo(before.lastUs());
    }
    assertThat(Guard.resume(GuardState.initial()).changed()).isFalse();
  }

  @Test
  void afterResumeTheHoldStartsAnew() {
    GuardSpec spec = spec("hold30");
    GuardState state = Guard.resume(run(spec, "BBBBB").last()).state();
    StringBuilder phases = new StringBuilder();
    for (int i = 5; i < 9; i++) {
      state = Guard.step(state, outcome('B', at(i), 0), at(i), spec).state();
      phases.append(letter(state.phase()));
    }
    assertThat(phases).hasToString("PPPT");
  }

  @Test
  void anAcknowledgedLatchRecoversByItself() {
    GuardSpec spec = spec("hold0 recover10 latch");
    GuardState latched = run(spec, "BPP").last();
    Step acknowledged = Guard.acknowledge(latched);
    assertThat(acknowledged.changed()).isTrue();
    assertThat(acknowledged.state().phase()).isEqualTo(Phase.TRIPPED);
    GuardState next = Guard.step(acknowledged.state(), outcome('P', 0, 0), at(3), spec).state();
    assertThat(next.phase()).isEqualTo(Phase.RECOVERING);
    next = Guard.step(next, outcome('P', 0, 0), at(4), spec).state();
    assertThat(next.phase()).isEqualTo(Phase.CLEAR);
    assertThat(Guard.acknowledge(next).changed()).isFalse();
  }

  @Test
  void timeMustAdvance() {
    GuardState state = run(spec("hold0"), "PP").last();
    assertThatThrownBy(() -> Guard.step(state, outcome('P', 0, 0), at(1), spec("hold0")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTableOfMovesIsClosed() {
    List<String> legal = new ArrayList<>();
    for (Phase from : Phase.values()) {
      for (Phase to : Phase.values()) {
        if (from != to && legal(() -> Moves.byEvidence(from, to))) {
          legal.add(from + "->" + to);
        }
        if (from != to && legal(() -> Moves.byPerson(from, to))) {
          legal.add(from + "->" + to + " by a person");
        }
      }
    }
    assertThat(legal)
        .containsExactlyInAnyOrder(
            "CLEAR->PENDING",
            "PENDING->CLEAR",
            "PENDING->TRIPPED",
            "TRIPPED->RECOVERING",
            "TRIPPED->LATCHED",
            "RECOVERING->TRIPPED",
            "RECOVERING->CLEAR",
            "PENDING->CLEAR by a person",
            "TRIPPED->CLEAR by a person",
            "RECOVERING->CLEAR by a person",
            "LATCHED->CLEAR by a person",
            "LATCHED->TRIPPED by a person");
  }

  @Test
  void everySequenceStaysWithinTheTableAndIsDeterministic() {
    Random random = new Random(20260105);
    String[] rules = {
      "hold30 reset",
      "hold30 freeze20",
      "hold30 count20",
      "hold0 recover20 flap3",
      "atleast3of5 count20",
      "hold30 missing30 escalate20 latch",
      "hold0 recover0 missing10"
    };
    for (int round = 0; round < 3_000; round++) {
      StringBuilder outcomes = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        outcomes.append("BBbPPpNN.".charAt(random.nextInt(9)));
      }
      GuardSpec spec = spec(rules[round % rules.length]);
      Run first = run(spec, outcomes.toString());
      assertThat(run(spec, outcomes.toString())).isEqualTo(first);
      for (Step step : first.steps()) {
        assertThat(step.state().acting()).isEqualTo(step.state().action() != null);
      }
    }
  }

  private record Run(String phases, List<Step> steps) {
    GuardState last() {
      return steps.get(steps.size() - 1).state();
    }

    List<Action> actions() {
      return steps.stream().map(step -> step.state().action()).toList();
    }
  }

  private static Run run(GuardSpec spec, String outcomes) {
    GuardState state = GuardState.initial();
    StringBuilder phases = new StringBuilder();
    List<Step> steps = new ArrayList<>();
    long evidenceUs = 0;
    for (int i = 0; i < outcomes.length(); i++) {
      char letter = outcomes.charAt(i);
      if (letter == '.') {
        phases.append('.');
        continue;
      }
      evidenceUs = letter == 'B' ? at(i) : evidenceUs;
      Step step = Guard.step(state, outcome(letter, at(i), evidenceUs), at(i), spec);
      state = step.state();
      steps.add(step);
      phases.append(letter(state.phase()));
    }
    return new Run(phases.toString(), steps);
  }

  private static long at(int index) {
    return START_US + index * CADENCE_US;
  }

  private static char letter(Phase phase) {
    return phase.name().charAt(0);
  }

  private static boolean legal(Runnable move) {
    try {
      move.run();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static Outcome outcome(char letter, long atUs, long evidenceUs) {
    return switch (letter) {
      case 'B', 'b' ->
          new Outcome(
              VerdictOutcome.BREACH,
              false,
              letter == 'B' ? atUs : evidenceUs,
              1,
              1,
              1,
              0,
              "breach");
      case 'P' -> new Outcome(VerdictOutcome.PASS, true, 0, 0, 1, 1, 0, "pass");
      case 'p' -> new Outcome(VerdictOutcome.PASS, false, 0, 0, 1, 1, 0, "band");
      case 'N' -> new Outcome(VerdictOutcome.NO_DATA, false, 0, Double.NaN, 0, 0, 0, "nothing");
      default -> throw new IllegalArgumentException("no outcome " + letter);
    };
  }

  /** Reads {@code hold30 freeze20 recover20 missing30 escalate30 latch flap3 atleast3of5}. */
  private static GuardSpec spec(String rules) {
    long holdUs = 0;
    int atLeast = 0;
    int outOf = 0;
    long recoverUs = 0;
    GapPolicy policy = GapPolicy.FREEZE;
    long gapUs = 60 * SECOND_US;
    long missingUs = 3_600 * SECOND_US;
    Action escalateTo = null;
    long escalateUs = 0;
    int flap = 0;
    for (String rule : rules.trim().split(" ")) {
      String word = rule.replaceAll("\\d.*", "");
      String digits = rule.substring(word.length());
      long us = digits.matches("\\d+") ? Long.parseLong(digits) * SECOND_US : 0;
      switch (word) {
        case "hold" -> holdUs = us;
        case "recover" -> recoverUs = us;
        case "missing" -> missingUs = us;
        case "reset", "freeze", "count" -> {
          policy = GapPolicy.valueOf(word.toUpperCase(java.util.Locale.ROOT));
          gapUs = us;
        }
        case "escalate" -> {
          escalateTo = Action.HALT;
          escalateUs = us;
        }
        case "flap" -> flap = Integer.parseInt(digits);
        case "atleast" -> {
          atLeast = Integer.parseInt(digits.substring(0, 1));
          outOf = Integer.parseInt(digits.substring(3));
        }
        case "latch" -> {}
        default -> throw new IllegalArgumentException("no rule " + rule);
      }
    }
    return new GuardSpec(
        holdUs,
        atLeast,
        outOf,
        recoverUs,
        policy,
        gapUs,
        CADENCE_US,
        missingUs,
        Action.REDUCE_ONLY,
        Action.PAUSE,
        escalateTo,
        escalateUs,
        rules.contains("latch"),
        flap,
        3_600 * SECOND_US);
  }
}
