// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.rules.parity.EngineTalk.Sketch;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParityJudgeTest {
  private final TwoEngines.Both engines = new TwoEngines.Both();

  // ---- criteria ----

  @Test
  void anotherFillRatioHoldsWithTheThirdWindow() {
    engines.live.filled = i -> i % 4 != 3;
    tripsWithTheThirdWindow("parity-fill-ratio", 0.5);
  }

  @Test
  void anotherSlippageHoldsWithTheThirdWindow() {
    engines.live.slippageBps = 6;
    tripsWithTheThirdWindow("parity-slippage", 6);
  }

  @Test
  void anotherShareOfRejectsHoldsWithTheThirdWindow() {
    engines.shadow.rejected = i -> i % 4 == 1;
    tripsWithTheThirdWindow("parity-reject", 0.25);
  }

  @Test
  void anotherProfitHoldsWithTheThirdWindow() {
    engines.shadow.profitPerSecond = 10;
    tripsWithTheThirdWindow("parity-pnl", 590); // the first window: 59 s from its first heartbeat
  }

  private void tripsWithTheThirdWindow(String criterionId, double measured) {
    PairRun run = engines.run(5);
    List<Verdict> words = run.of(criterionId);
    assertThat(words)
        .extracting(Verdict::phase)
        .containsExactly(Phase.PENDING, Phase.PENDING, Phase.TRIPPED, Phase.TRIPPED, Phase.TRIPPED);
    Verdict tripped = words.get(2);
    assertThat(tripped.action()).isEqualTo(Action.HOLD);
    assertThat(tripped.engineId()).isEqualTo("mm-1");
    assertThat(tripped.scopeKey()).isEqualTo("shadow=mm-1-shadow");
    assertThat(tripped.eventTimeUs()).isEqualTo(EngineTalk.at(180_000));
    assertThat(words.get(0).evidence().measured()).isEqualTo(measured, within(1e-6));
    assertThat(run.verdicts)
        .filteredOn(verdict -> !verdict.criterionId().equals(criterionId))
        .allMatch(verdict -> verdict.phase() == Phase.CLEAR);
  }

  @Test
  void twoEnginesThatDifferLessHoldNothing() {
    engines.live.filled = i -> i % 4 == 0 || i % 8 == 1;
    engines.live.slippageBps = 4;
    engines.shadow.rejected = i -> i % 8 == 3;
    engines.shadow.profitPerSecond = 8;
    PairRun run = engines.run(6);
    assertThat(run.verdicts).hasSize(24);
    assertThat(run.verdicts).allMatch(verdict -> verdict.outcome() == VerdictOutcome.PASS);
    assertThat(run.verdicts).allMatch(verdict -> verdict.action() == null);
  }

  @Test
  void noWordOfProgressIsGiven() {
    assertThat(engines.run(3).verdicts).noneMatch(Verdict::progressMarker);
  }

  // ---- too little to compare ----

  @Test
  void tooFewPairsAreNoDataAndHaveNoDifferences() {
    engines.live.quotes = i -> i % 8 == 0;
    PairRun run = engines.run(2);
    Parity window = run.window(1);
    assertThat(window.outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(window.pairs()).isEqualTo(3);
    assertThat(window.unmatchedShadow()).isEqualTo(21);
    assertThat(window.fillRatioDelta()).isNull();
    assertThat(window.realisedPnlDelta()).isNull();
    assertThat(window.reason()).startsWith("3 pairs, 5 needed; unmatched 0 live, 21 shadow");
    assertThat(run.verdicts).allMatch(verdict -> verdict.outcome() == VerdictOutcome.NO_DATA);
  }

  @Test
  void noFillsAreNoSlippageButStillAWindow() {
    engines.live.filled = i -> false;
    PairRun run = engines.run(1);
    assertThat(run.window(0).slippageDeltaBps()).isNull();
    assertThat(run.window(0).fillRatioDelta()).isEqualTo(-0.25);
    assertThat(run.of("parity-slippage").get(0).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.of("parity-fill-ratio").get(0).outcome()).isEqualTo(VerdictOutcome.PASS);
  }

  @Test
  void aSilentShadowGivesWindowsWithoutDataAndHolds() {
    PairRun run = new PairRun().play(TwoEngines.talk("mm-1", engines.live, 22).said());
    assertThat(run.windows).isEmpty();
    assertThat(run.judge.waitsForShadow(run.memory)).isTrue();
    run.silent();
    assertThat(run.windows).hasSize(22);
    assertThat(run.windows).allMatch(w -> w.outcome() == VerdictOutcome.NO_DATA);
    assertThat(run.window(0).unmatchedLive()).isEqualTo(24);
    assertThat(run.window(0).reason()).startsWith("the shadow's time stands still");
    assertThat(run.judge.waitsForShadow(run.memory)).isFalse();
    List<Verdict> words = run.of("parity-fill-ratio");
    assertThat(words.get(19).action()).isNull();
    assertThat(words.get(20).action()).isEqualTo(Action.HOLD);
    assertThat(words.get(20).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
  }

  @Test
  void aShadowThatComesBackIsComparedAgain() {
    EngineTalk live = TwoEngines.talk("mm-1", engines.live, 3);
    EngineTalk shadow = TwoEngines.talk("mm-1-shadow", engines.shadow, 3);
    PairRun run = new PairRun();
    long twoMinutesUs = EngineTalk.at(135_000);
    run.play(live.said().stream().filter(e -> EngineTalk.timeUs(e) < twoMinutesUs).toList());
    run.silent();
    run.play(shadow.said());
    run.play(live.said().stream().filter(e -> EngineTalk.timeUs(e) >= twoMinutesUs).toList());
    assertThat(run.windows)
        .extracting(Parity::outcome)
        .containsExactly(VerdictOutcome.NO_DATA, VerdictOutcome.NO_DATA, VerdictOutcome.PASS);
    assertThat(run.window(2).pairs()).isEqualTo(24);
  }

  @Test
  void withoutTheLiveEngineNothingIsJudged() {
    PairRun run = new PairRun().play(TwoEngines.talk("mm-1-shadow", engines.shadow, 3).said());
    assertThat(run.silent().windows).isEmpty();
    assertThat(run.judge.waitsForShadow(run.memory)).isFalse();
  }

  // ---- pairs ----

  @Test
  void whatOnlyOneSideMeantIsUnmatchedAndInNoShare() {
    engines.live.quotes = i -> i % 6 != 1;
    engines.shadow.quotes = i -> i % 6 != 2;
    Parity window = engines.run(2).window(1);
    assertThat(window.pairs()).isEqualTo(16);
    assertThat(window.unmatchedLive()).isEqualTo(4);
    assertThat(window.unmatchedShadow()).isEqualTo(4);
    assertThat(window.fillRatioDelta()).isZero();
  }

  @Test
  void sideAndPurposeMustBeTheSameAndExitsAreLeftOut() {
    EngineTalk live = new EngineTalk("mm-1");
    EngineTalk shadow = new EngineTalk("mm-1-shadow");
    Sketch quote = Sketch.buy("a");
    live.intend(1_000, quote);
    live.intend(2_000, Sketch.buy("b").of(Purpose.EXIT));
    live.intend(3_000, Sketch.buy("c").of(Purpose.HEDGE));
    shadow.intend(1_000, quote.sell()).intend(1_000, Sketch.buy("h").of(Purpose.HEDGE));
    shadow.intend(3_500, Sketch.buy("i").of(Purpose.HEDGE));
    Parity window = one(live, shadow);
    assertThat(window.pairs()).isEqualTo(1);
    assertThat(window.unmatchedLive()).isEqualTo(1);
    assertThat(window.unmatchedShadow()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1_500, 1_500})
  void aPairAcrossTheBorderBelongsToTheWindowOfTheLiveOne(long shadowLaterMs) {
    EngineTalk live = new EngineTalk("mm-1").intend(1_000, Sketch.buy("a"));
    EngineTalk shadow = new EngineTalk("mm-1-shadow").intend(1_000, Sketch.buy("a"));
    long liveMs = shadowLaterMs > 0 ? 59_000 : 60_500;
    live.intend(liveMs, Sketch.buy("b")).until(140_000);
    shadow.intend(liveMs + shadowLaterMs, Sketch.buy("b")).until(140_000);
    PairRun run = new PairRun().play(live, shadow);
    int window = shadowLaterMs > 0 ? 0 : 1;
    assertThat(run.window(0).pairs()).isEqualTo(2 - window);
    assertThat(run.window(1).pairs()).isEqualTo(window);
    assertThat(run.windows).allMatch(w -> w.unmatchedLive() + w.unmatchedShadow() == 0);
  }

  @Test
  void aLiveIntentAtTheBorderDoesNotTakeTheNextOnesShadow() {
    EngineTalk live = new EngineTalk("mm-1").intend(59_900, Sketch.buy("a"));
    live.intend(60_200, Sketch.buy("b")).until(140_000);
    EngineTalk shadow = new EngineTalk("mm-1-shadow").intend(60_210, Sketch.buy("b"));
    shadow.until(140_000);
    PairRun run = new PairRun().play(live, shadow);
    assertThat(run.window(0).pairs()).isZero();
    assertThat(run.window(0).unmatchedLive()).isEqualTo(1);
    assertThat(run.window(1).pairs()).isEqualTo(1);
    assertThat(run.window(1).unmatchedShadow()).isZero();
  }

  @Test
  void aLateFillCountsWithinTheGraceAndNotAfterIt() {
    engines.live.filled = i -> i % 24 == 23;
    engines.shadow.filled = engines.live.filled;
    engines.live.fillAfterMs = 12_000; // the window's last intent is at 57.6 s: 9.6 s after its end
    Parity within = engines.run(1).window(0);
    engines.live.fillAfterMs = 12_500; // 10.1 s after its end, though it has been told
    Parity after = engines.run(1).window(0);
    assertThat(within.fillRatioDelta()).isZero();
    assertThat(after.fillRatioDelta()).isEqualTo(-1.0 / 24);
    assertThat(after.slippageDeltaBps()).isNull();
  }

  @Test
  void aWindowWithMoreIntentsThanThereIsRoomForIsNoDataAndSaysSo() {
    ParitySettings small =
        new ParitySettings(
            List.of(PairRun.PAIR.text()),
            60_000,
            2_000,
            10_000,
            30_000,
            5,
            20,
            ParityLimits.defaults());
    PairRun run = new PairRun(small);
    run.play(
        TwoEngines.talk("mm-1", engines.live, 1),
        TwoEngines.talk("mm-1-shadow", engines.shadow, 1));
    assertThat(run.window(0).pairs()).isEqualTo(20);
    assertThat(run.window(0).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.window(0).fillRatioDelta()).isNull();
    assertThat(run.window(0).reason())
        .startsWith("20 pairs; unmatched 0 live, 0 shadow; not compared: 40 records left out,");
    assertThat(run.of("parity-fill-ratio").get(0).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(run.memory.state().live.intents).isEqualTo(run.memory.intents().size() / 2);
  }

  @Test
  void nothingOfAJudgedWindowStaysInMemory() {
    PairRun run = engines.run(20);
    assertThat(run.windows).hasSize(20);
    assertThat(run.memory.intents()).isEmpty();
    assertThat(run.memory.state().live.intents).isZero();
    assertThat(run.memory.state().shadow.intents).isZero();
    assertThat(run.memory.state().live.profits).hasSizeLessThanOrEqualTo(3);
    assertThat(run.memory.state().live.losses).isEmpty();
  }

  @Test
  void aLeapInTimeIsNotWalkedWindowByWindow() {
    EngineTalk live = new EngineTalk("mm-1").health(1_000, 0);
    EngineTalk shadow = new EngineTalk("mm-1-shadow").health(1_000, 0);
    long yearMs = 365L * 86_400_000;
    PairRun run = new PairRun().play(live.until(yearMs), shadow.until(yearMs));
    assertThat(run.windows).hasSize(ParityJudge.MAX_WINDOWS);
    assertThat(run.windows.get(ParityJudge.MAX_WINDOWS - 1).startUs())
        .isEqualTo(EngineTalk.at(yearMs - 120_000));
  }

  @Test
  void theEndOfAllInputJudgesWhatHasEndedWithoutTheGrace() {
    EngineTalk live = new EngineTalk("mm-1").health(1_000, 0).until(125_000);
    EngineTalk shadow = new EngineTalk("mm-1-shadow").health(1_000, 0).until(65_000);
    PairRun run = new PairRun().play(live, shadow);
    assertThat(run.windows).isEmpty();
    List<Parity> windows = run.judge.end(PairRun.PAIR, run.memory).windows();
    assertThat(windows).hasSize(2);
    assertThat(windows.get(0).reason()).startsWith("0 pairs, 5 needed");
    assertThat(windows.get(1).reason()).startsWith("the shadow's time stands still");
  }

  private static Parity one(EngineTalk live, EngineTalk shadow) {
    live.until(70_000);
    shadow.until(70_000);
    return new PairRun().play(live, shadow).window(0);
  }

  @Test
  void aPartialFillIsAFill() {
    EngineTalk live = new EngineTalk("mm-1");
    EngineTalk shadow = new EngineTalk("mm-1-shadow");
    for (int i = 0; i < 6; i++) {
      Sketch sketch = Sketch.buy("a" + i);
      live.intend(i * 5_000L, sketch).step(i * 5_000L + 50, sketch, OrderState.PARTIALLY_FILLED);
      shadow.intend(i * 5_000L, sketch);
    }
    assertThat(one(live, shadow).fillRatioDelta()).isEqualTo(1);
  }
}
