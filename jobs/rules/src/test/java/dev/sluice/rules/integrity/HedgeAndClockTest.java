// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.sequence.Talk;
import dev.sluice.rules.sequence.Talk.Sketch;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.OrderState;
import java.util.List;
import org.junit.jupiter.api.Test;

class HedgeAndClockTest {
  private static final Sketch QUOTE = Sketch.quote("c-1");

  @Test
  void aResidualAfterTheLastLevelIsFoundOnceAndHealsWhenThePositionIsBack() {
    Talk talk = begin().fill(500, QUOTE, "f-0", "10", "10");
    hedge(talk, 1_000, 1, "10", "4", 6);
    hedge(talk, 6_100, 2, "6", "2", 4);
    hedge(talk, 11_200, 3, "4", "1", 3);
    IntegrityBench bench = new IntegrityBench().take(alive(talk, 1, 22));
    assertThat(bench.told()).containsExactly("16210 HEDGE_RESIDUAL order=h CONFIRMED");
    Finding finding = bench.findings().get(0);
    assertThat(finding.engineValue()).isEqualByComparingTo("3");
    assertThat(finding.reason()).isEqualTo("3 of 10 is left open after level 3");
    assertThat(bench.last("hedge-residual")).isEqualTo("BREACH TRIPPED REDUCE_ONLY");
    bench.take(talk.fill(23_000, QUOTE, "f-9", "1", "1").last());
    bench.take(talk.health(24_000).last());
    assertThat(bench.told()).hasSize(1);
    bench.take(talk.fill(25_000, QUOTE, "f-10", "1", "0").last());
    bench.take(talk.health(26_000).last());
    assertThat(bench.told()).last().isEqualTo("25000 HEDGE_RESIDUAL order=h HEALED");
  }

  @Test
  void aHedgeThatIsDoneByItsSecondLevelIsNoFinding() {
    Talk talk = begin().fill(500, QUOTE, "f-0", "10", "10");
    hedge(talk, 1_000, 1, "10", "4", 6);
    hedge(talk, 6_100, 2, "6", "6", 0);
    assertThat(new IntegrityBench().take(alive(talk, 1, 100)).told()).isEmpty();
  }

  @Test
  void aHedgeThePositionNoLongerNeedsIsNoFinding() {
    Talk talk = begin().fill(500, QUOTE, "f-0", "10", "10");
    hedge(talk, 1_000, 1, "10", "4", 6);
    hedge(talk, 6_100, 2, "6", "2", 4);
    hedge(talk, 11_200, 3, "4", "1", 3);
    talk.fill(12_000, Sketch.quote("c-2"), "f-5", "3", "0");
    assertThat(new IntegrityBench().take(alive(talk, 1, 60)).told()).isEmpty();
  }

  @Test
  void aLateFillOfALevelCountsForTheHedge() {
    Talk talk = begin().fill(500, QUOTE, "f-0", "10", "10");
    hedge(talk, 1_000, 1, "10", "4", 6);
    hedge(talk, 6_100, 2, "6", "2", 4);
    hedge(talk, 11_200, 3, "4", "1", 3);
    talk.fill(16_000, Sketch.hedge("h-3", "h", 3, "4"), "f-late", "3", "0");
    assertThat(new IntegrityBench().take(alive(talk, 1, 60)).told()).isEmpty();
  }

  @Test
  void aNextLevelWhileTheOneBeforeMayStillTradeIsEarly() {
    Talk talk = begin();
    Sketch first = Sketch.hedge("h-1", "h", 1, "10");
    Sketch second = Sketch.hedge("h-2", "h", 2, "10");
    talk.rests(1_000, first).order(2_000, second, OrderState.INTENDED);
    assertThat(new IntegrityBench().take(talk).told())
        .containsExactly("2000 EARLY_TIMEOUT order=h-2 CONFIRMED");
  }

  @Test
  void aLevelTakenOffBeforeItsTimeIsEarly() {
    Talk talk = begin();
    Sketch first = Sketch.hedge("h-1", "h", 1, "10");
    talk.rests(1_000, first);
    talk.order(3_000, first, OrderState.CANCEL_REQUESTED, "0", null, "hedge level 1 took too long");
    assertThat(new IntegrityBench().take(talk).told())
        .containsExactly("3000 EARLY_TIMEOUT order=h-1 CONFIRMED");
  }

  @Test
  void aVenueClockAheadByMoreThanTheLimitIsFoundAndHealsWithTheFirstGoodOrder() {
    Talk talk = begin().venueClock(2_000).rests(10_000, QUOTE);
    IntegrityBench bench = new IntegrityBench().take(alive(talk, 1, 20));
    assertThat(bench.told()).containsExactly("11000 CLOCK_SKEW clock CONFIRMED");
    assertThat(bench.findings().get(0).venueValue().doubleValue()).isEqualTo(1_997);
    assertThat(bench.last("venue-clock")).isEqualTo("BREACH TRIPPED PAUSE");
    talk.venueClock(0).rests(30_000, Sketch.quote("c-2")).health(31_000).health(92_000);
    bench = new IntegrityBench().take(talk);
    assertThat(bench.told()).last().isEqualTo("31000 CLOCK_SKEW clock HEALED");
  }

  @Test
  void theCancelsOfAnEnginePausedByABadClockShowThatItIsRightAgain() {
    Talk talk = begin().rests(10_000, QUOTE).venueClock(2_000).rests(20_000, Sketch.quote("c-2"));
    IntegrityBench bench = new IntegrityBench().take(alive(talk, 1, 30));
    assertThat(bench.told()).containsExactly("21000 CLOCK_SKEW clock CONFIRMED");
    alive(talk.venueClock(0), 31, 69).order(70_000, QUOTE, OrderState.CANCEL_REQUESTED);
    talk.order(70_004, QUOTE, OrderState.CANCELLED, "0", 70_002L, null);
    bench = new IntegrityBench().take(talk.health(71_000));
    assertThat(bench.told()).last().isEqualTo("71000 CLOCK_SKEW clock HEALED");
  }

  @Test
  void aVenueClockBehindIsFoundFromTheSubmissions() {
    Talk talk = begin().venueClock(-900).rests(10_000, QUOTE);
    IntegrityBench bench = new IntegrityBench().take(alive(talk, 1, 20));
    assertThat(bench.told()).containsExactly("11000 CLOCK_SKEW clock CONFIRMED");
    assertThat(bench.findings().get(0).reason()).contains("behind the engine's");
  }

  @Test
  void aClockWithinTheLimitAndAReportThatIsSecondsLateAreNoSkew() {
    Talk talk = begin().venueClock(400).rests(10_000, QUOTE);
    talk.order(25_000, QUOTE, OrderState.PARTIALLY_FILLED, "0.5", 12_000L, null);
    talk.fill(40_000, QUOTE, "f-1", "0.5");
    assertThat(new IntegrityBench().take(alive(talk, 1, 60)).told()).isEmpty();
  }

  @Test
  void aVenueClockThatStandsStillIsFound() {
    Talk talk = begin();
    for (int second = 1; second <= 4; second++) {
      Sketch sketch = Sketch.quote("s-" + second);
      talk.venueClock(-1_000L * second).rests(10_000 + second * 1_000L, sketch);
    }
    List<String> told = new IntegrityBench().take(alive(talk, 1, 20)).told();
    assertThat(told).containsExactly("12000 CLOCK_SKEW clock CONFIRMED");
  }

  @Test
  void aVenueClockThatFallsIsFoundInTheVenuesOwnStream() {
    Talk talk = begin().copy(10_000, QUOTE, OrderState.ACKED, "0");
    talk.order(9_990, QUOTE, OrderState.INTENDED).venueClock(-5_000);
    talk.copy(11_000, QUOTE, OrderState.PARTIALLY_FILLED, "0.5");
    IntegrityBench bench = new IntegrityBench().take(alive(talk, 1, 25));
    assertThat(bench.findings())
        .filteredOn(finding -> finding.kind() == FindingKind.CLOCK_SKEW)
        .singleElement()
        .satisfies(f -> assertThat(f.reason()).isEqualTo("the venue's clock fell by 4000 ms"))
        .satisfies(f -> assertThat(f.firstSeenUs()).isEqualTo(Talk.at(10_000)));
    talk.copy(20_000, QUOTE, OrderState.FILLED, "1");
    bench.take(talk.last());
    assertThat(bench.told()).last().asString().endsWith("CLOCK_SKEW clock HEALED");
  }

  private static Talk begin() {
    return new Talk().venueLedger(0).health(0);
  }

  /** A level that is cancelled after five seconds with so much filled. */
  private static void hedge(
      Talk talk, long ms, int level, String qty, String filled, int positionAfter) {
    Sketch sketch = Sketch.hedge("h-" + level, "h", level, qty);
    talk.rests(ms, sketch);
    String position = Integer.toString(positionAfter);
    talk.fill(ms + 10, sketch, "f-" + level, filled, position);
    if (filled.equals(qty)) {
      talk.order(ms + 10, sketch, OrderState.FILLED, filled);
      return;
    }
    talk.order(ms + 10, sketch, OrderState.PARTIALLY_FILLED, filled);
    String reason = "hedge level " + level + " took too long";
    talk.order(ms + 5_000, sketch, OrderState.CANCEL_REQUESTED, filled, null, reason);
    talk.order(ms + 5_010, sketch, OrderState.CANCELLED, filled);
  }

  private static Talk alive(Talk talk, int fromSecond, int toSecond) {
    for (int second = fromSecond; second <= toSecond; second++) {
      if (second % 10 == 0 && second > 0) {
        talk.venueLedger(second * 1_000L);
      }
      talk.health(second * 1_000L);
    }
    return talk;
  }
}
