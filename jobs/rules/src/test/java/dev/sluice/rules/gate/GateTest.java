// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Action;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Rollout;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GateTest {
  private final GateBench gate = new GateBench();

  @Test
  void aTrippedCriterionDecidesOnceAndSaysWhy() {
    gate.trip("deadline-miss", 100, Action.PAUSE, 50).trip("deadline-miss", 110, Action.PAUSE, 50);

    assertThat(gate.controls).hasSize(1);
    Control control = gate.last();
    assertThat(control.mode()).isEqualTo(Mode.PAUSE);
    assertThat(control.epoch()).isEqualTo(1);
    assertThat(control.episodeStartUs()).isEqualTo(50_000_000);
    assertThat(control.eventTimeUs()).isEqualTo(100_000_000);
    assertThat(control.decidedIngestUs()).isEqualTo(77);
    assertThat(control.judgeId()).isEqualTo("judge");
    assertThat(control.latched()).isFalse();
    assertThat(control.cause()).extracting(Cause::criterionId).containsExactly("deadline-miss");
    assertThat(control.decisionId()).matches("[0-9a-f]{16}");
  }

  @Test
  void furtherBreachesRollUpIntoTheDecisionThatStands() {
    gate.trip("a", 10, Action.PAUSE, 1).trip("b", 10, Action.PAUSE, 2);
    gate.trip("c", 10, Action.REDUCE_ONLY, 2);
    assertThat(gate.controls).hasSize(1);

    gate.clear("a", 20);
    assertThat(gate.controls).as("b still demands PAUSE").hasSize(1);
    gate.clear("b", 30);
    assertThat(gate.last().mode()).isEqualTo(Mode.REDUCE_ONLY);
    gate.clear("c", 40);
    assertThat(gate.last().mode()).isEqualTo(Mode.RUN);
    assertThat(gate.controls).extracting(Control::epoch).containsExactly(1L, 2L, 3L);
    assertThat(gate.controls).extracting(Control::decisionId).doesNotHaveDuplicates();
  }

  @Test
  void pauseIsLeftWhenItsCriterionClearsButNotWhileItRecovers() {
    gate.trip("a", 10, Action.PAUSE, 1);
    gate.word("a", 20, Phase.RECOVERING, VerdictOutcome.PASS, Action.PAUSE, 1);
    assertThat(gate.state.mode()).isEqualTo(Mode.PAUSE);
    gate.clear("a", 30);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
  }

  @Test
  void anEscalationIsOneMoreDecisionOfTheSameEpisode() {
    gate.trip("a", 10, Action.PAUSE, 1).trip("a", 310, Action.HALT, 1);
    assertThat(gate.controls).extracting(Control::mode).containsExactly(Mode.PAUSE, Mode.HALT);
    assertThat(gate.last().latched()).isTrue();
  }

  @Test
  void haltAndFlattenStayWhenTheirCriterionClears() {
    for (Action action : List.of(Action.HALT, Action.FLATTEN)) {
      GateBench bench = new GateBench();
      bench.trip("a", 10, action, 1).clear("a", 20).progress(30);
      assertThat(bench.state.mode()).isEqualTo(action.mode());
      bench.command("c1", CommandAction.RESUME);
      assertThat(bench.state.mode()).isEqualTo(Mode.RUN);
      assertThat(bench.last().command().who()).isEqualTo("tester");
    }
  }

  @Test
  void aLatchedGuardIsLeftByAPersonOnly() {
    gate.trip("a", 10, Action.PAUSE, 1);
    gate.word("a", 20, Phase.LATCHED, VerdictOutcome.BREACH, Action.PAUSE, 1).clear("a", 30);
    assertThat(gate.state.mode()).isEqualTo(Mode.PAUSE);
    gate.command("c", CommandAction.RESUME);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
  }

  @Test
  void verdictsOfAnEpisodeEndedByResumeAreNotHeard() {
    gate.trip("a", 10, Action.PAUSE, 1).command("c", CommandAction.RESUME);
    gate.trip("a", 20, Action.PAUSE, 1);
    assertThat(gate.state.mode()).isEqualTo(Mode.RUN);
    gate.trip("a", 30, Action.PAUSE, 25);
    assertThat(gate.state.mode()).as("a new episode").isEqualTo(Mode.PAUSE);
  }

  @Test
  void shadowVerdictsOldVerdictsAndTheGatesOwnNeverAct() {
    Verdict tripped =
        GateBench.verdict("a", "", 10, Phase.TRIPPED, VerdictOutcome.BREACH, Action.HALT, 1);
    for (Enforcement mode : List.of(Enforcement.SHADOW, Enforcement.OFF)) {
      gate.feed(new GateInput.Judged(with(tripped, mode, "a")));
    }
    gate.feed(new GateInput.Judged(with(tripped, Enforcement.ENFORCE, "gate.ack")));
    gate.clear("b", 20).trip("b", 10, Action.HALT, 1);
    gate.word("c", 10, Phase.PENDING, VerdictOutcome.BREACH, null, 1);
    gate.trip("d", 10, Action.ALERT, 1);
    assertThat(gate.controls).isEmpty();
  }

  @Test
  void rollbackDemandsPauseWhenThereIsNoTrial() {
    gate.trip("memory-leak", 10, Action.ROLLBACK, 1);
    assertThat(gate.state.mode()).isEqualTo(Mode.PAUSE);
  }

  @Test
  void rollbackBeatsHoldBeatsPromote() {
    List<Track> none = List.of();
    assertThat(
            Lattice.rollout(
                Rollout.PROMOTE, Mode.RUN, none, List.of(), RolloutState.running("t", 0.1), 0))
        .isEqualTo(Rollout.PROMOTE);
    assertThat(
            Lattice.rollout(
                Rollout.PROMOTE, Mode.PAUSE, none, List.of(), RolloutState.running("t", 0.1), 0))
        .isEqualTo(Rollout.HOLD);
    assertThat(
            Lattice.rollout(
                Rollout.PROMOTE,
                Mode.RUN,
                tracks(Action.ALERT),
                List.of(),
                RolloutState.running("t", 0.1),
                0))
        .isEqualTo(Rollout.HOLD);
    assertThat(
            Lattice.rollout(
                Rollout.PROMOTE,
                Mode.HALT,
                tracks(Action.ALERT, Action.ROLLBACK),
                List.of(),
                RolloutState.running("t", 0.1),
                0))
        .isEqualTo(Rollout.ROLLBACK);
  }

  /** Every subset of words at one event time, in random orders, ends in the same mode. */
  @Test
  void theOrderOfVerdictsAtOneEventTimeDoesNotMatter() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      List<GateInput> inputs = new ArrayList<>();
      Mode expected = Mode.RUN;
      for (int i = 0; i < 6; i++) {
        Action action = pick(random, Action.values());
        boolean tripped = random.nextBoolean();
        inputs.add(
            new GateInput.Judged(
                GateBench.verdict(
                    "c" + i / 2,
                    "symbol=S" + i % 2,
                    100,
                    tripped ? Phase.TRIPPED : Phase.CLEAR,
                    tripped ? VerdictOutcome.BREACH : VerdictOutcome.PASS,
                    tripped ? action : null,
                    tripped ? 90 : 0)));
        Mode demand = action == Action.ROLLBACK ? Mode.PAUSE : action.mode();
        expected = tripped ? expected.max(demand) : expected;
      }
      for (int order = 0; order < 5; order++) {
        Collections.shuffle(inputs, random);
        GateBench bench = new GateBench();
        inputs.forEach(bench::feed);
        assertThat(bench.state.mode()).isEqualTo(expected);
      }
    }
  }

  /** The same inputs give the same records; repeating each input changes nothing but waits. */
  @Test
  void aReplayGivesTheSameIdsAndEpochsAndRepeatedInputsAddNothing() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<GateInput> inputs = randomInputs(random, round);
      GateBench once = new GateBench();
      GateBench again = new GateBench();
      GateBench twice = new GateBench();
      again.wallMs = 999_000;
      for (GateInput input : inputs) {
        once.feed(input);
        again.feed(input);
        twice.feed(input).feed(input);
      }
      assertThat(ids(again)).isEqualTo(ids(once));
      assertThat(ids(twice)).isEqualTo(ids(once));
      assertThat(once.controls).extracting(Control::decisionId).doesNotHaveDuplicates();
      for (int i = 0; i < once.controls.size(); i++) {
        assertThat(once.controls.get(i).epoch()).isEqualTo(i + 1L);
      }
    }
  }

  private static List<GateInput> randomInputs(Random random, int round) {
    List<GateInput> inputs = new ArrayList<>();
    long[] episode = new long[4];
    for (int t = 1; t <= 60; t++) {
      int c = random.nextInt(4);
      Action action = pick(random, Action.values());
      boolean trips = random.nextInt(3) > 0;
      episode[c] = trips ? (episode[c] == 0 ? t : episode[c]) : 0;
      Phase phase = trips ? Phase.TRIPPED : Phase.CLEAR;
      VerdictOutcome outcome = trips ? VerdictOutcome.BREACH : VerdictOutcome.PASS;
      inputs.add(
          new GateInput.Judged(
              GateBench.verdict(
                  "c" + c, "", t, phase, outcome, trips ? action : null, episode[c])));
      if (random.nextInt(6) == 0) {
        inputs.add(
            new GateInput.Asked(
                new Command(
                    Command.SCHEMA,
                    "cmd-" + round + "-" + t,
                    GateBench.ENGINE,
                    "w",
                    "y",
                    pick(random, CommandAction.values()),
                    "engine",
                    "c" + random.nextInt(4),
                    0,
                    (t + 5) * 1_000_000L)));
      }
      inputs.add(
          new GateInput.Judged(
              GateBench.verdict(
                  Verdict.PROGRESS, "", t, Phase.CLEAR, VerdictOutcome.PASS, null, 0)));
    }
    return inputs;
  }

  private static <T> T pick(Random random, T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private static List<String> ids(GateBench bench) {
    return bench.controls.stream()
        .map(c -> c.epoch() + " " + c.decisionId() + " " + c.mode() + " " + c.eventTimeUs())
        .toList();
  }

  private static List<Track> tracks(Action... actions) {
    List<Track> tracks = new ArrayList<>();
    for (Action action : actions) {
      tracks.add(
          Track.of(
              GateBench.verdict(
                  "c" + action, "", 1, Phase.TRIPPED, VerdictOutcome.BREACH, action, 1),
              null));
    }
    return tracks;
  }

  private static Verdict with(Verdict v, Enforcement mode, String criterion) {
    return new Verdict(
        v.schema(),
        v.verdictId() + mode,
        criterion,
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
        mode,
        v.evidence());
  }
}
