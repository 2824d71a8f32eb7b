// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.schemas.Parity;
import dev.sluice.schemas.ParityCause;
import dev.sluice.schemas.ParityDrift;
import dev.sluice.schemas.VerdictOutcome;
import org.junit.jupiter.api.Test;

/** Each cause alone is named, and only it; engines that do the same drift in nothing. */
class AttributionTest {
  private final TwoEngines.Both engines = new TwoEngines.Both();

  @Test
  void enginesThatDoTheSameDriftInNothing() {
    Parity window = engines.run(2).window(1);
    assertThat(window.outcome()).isEqualTo(VerdictOutcome.PASS);
    assertThat(window.pairs()).isEqualTo(24);
    assertThat(window.unmatchedLive()).isZero();
    assertThat(window.unmatchedShadow()).isZero();
    assertThat(window.fillRatioDelta()).isZero();
    assertThat(window.rejectRatioDelta()).isZero();
    assertThat(window.slippageDeltaBps()).isZero();
    assertThat(window.realisedPnlDelta()).isZero();
    assertThat(window.cause()).isNull();
    assertThat(window.drifts())
        .extracting(ParityDrift::cause)
        .containsExactly(ParityCause.values());
    assertThat(window.drifts()).allMatch(d -> d.measured() != null && d.measured() == 0);
    assertThat(window.reason())
        .isEqualTo("24 pairs; unmatched 0 live, 0 shadow; no cause exceeds its limit");
  }

  @Test
  void aMarketSeenDifferentlyIsMarketData() {
    engines.shadow.midBps = 0.8;
    Parity window = engines.run(2).window(1);
    only(window, ParityCause.MARKET_DATA, 0.8);
    assertThat(window.reason()).contains("mids apart by 0.7999, limit 0.5 bps");
  }

  @Test
  void aMarketSeenNearlyTheSameIsNot() {
    engines.shadow.midBps = 0.4;
    assertThat(engines.run(2).window(1).cause()).isNull();
  }

  @Test
  void midsOfTwoMomentsAreNotCompared() {
    engines.shadow.midBps = 5;
    engines.shadow.laterMs = 150;
    ParityDrift drift = PairRun.drift(engines.run(2).window(1), ParityCause.MARKET_DATA);
    assertThat(drift.samples()).isZero();
    assertThat(drift.measured()).isNull();
  }

  @Test
  void slowerAcknowledgementsAreLatency() {
    engines.live.ackMs = 18;
    Parity window = engines.run(2).window(1);
    only(window, ParityCause.LATENCY, 12);
    assertThat(PairRun.drift(window, ParityCause.LATENCY).unit()).isEqualTo("ms");
  }

  @Test
  void fasterAcknowledgementsAreLatencyTooAndNegative() {
    engines.shadow.ackMs = 18;
    only(engines.run(2).window(1), ParityCause.LATENCY, -12);
  }

  @Test
  void otherFeesAreFees() {
    engines.live.feeOf = i -> 1.1;
    only(engines.run(2).window(1), ParityCause.FEES, 0.1);
  }

  @Test
  void otherOrdersFilledAtOtherFeesAreNotFees() {
    engines.live.feeOf = i -> i % 3 == 0 ? 4 : 1;
    engines.shadow.feeOf = engines.live.feeOf;
    engines.live.filled = i -> i % 2 == 0;
    Parity window = engines.run(2).window(1);
    assertThat(PairRun.drift(window, ParityCause.FEES).measured()).isZero();
    assertThat(PairRun.drift(window, ParityCause.FEES).samples()).isEqualTo(6);
    assertThat(window.cause()).isEqualTo(ParityCause.FILL_MODEL);
  }

  @Test
  void theSameOrdersFilledDifferentlyAreTheFillModel() {
    engines.shadow.filled = i -> i % 3 == 0;
    only(engines.run(2).window(1), ParityCause.FILL_MODEL, -2.0 / 24);
  }

  @Test
  void aRestartWithinTheWindowIsRestart() {
    EngineTalk live = TwoEngines.talk("mm-1", engines.live, 1);
    EngineTalk shadow = TwoEngines.talk("mm-1-shadow", engines.shadow, 1);
    EngineTalk anew = new EngineTalk("mm-1-shadow").restart("run-2", 30_000).health(30_500, 0);
    shadow.said().add(0, anew.said().get(0));
    Parity window = new PairRun().play(live, shadow).window(0);
    only(window, ParityCause.RESTART, 1);
    assertThat(window.reason()).contains("starts and lost records in the window: 1, limit 0");
  }

  @Test
  void aRestartThatIsOnlyCountedIsRestart() {
    EngineTalk live = new EngineTalk("mm-1").health(1_000, 0).restarted().health(2_000, 0);
    EngineTalk shadow = new EngineTalk("mm-1-shadow").health(1_000, 0);
    live.until(70_000);
    shadow.until(70_000);
    assertThat(new PairRun().play(live, shadow).window(0).cause()).isEqualTo(ParityCause.RESTART);
  }

  @Test
  void lostRecordsAreRestart() {
    EngineTalk live = new EngineTalk("mm-1");
    live.intend(1_000, EngineTalk.Sketch.buy("a")).loseOrders(3);
    live.intend(61_000, EngineTalk.Sketch.buy("b")).until(140_000);
    EngineTalk shadow = new EngineTalk("mm-1-shadow").health(1_000, 0).until(140_000);
    PairRun run = new PairRun().play(live, shadow);
    assertThat(run.window(0).cause()).isNull();
    assertThat(PairRun.drift(run.window(1), ParityCause.RESTART).measured()).isEqualTo(3);
  }

  @Test
  void ofSeveralTheFirstIsTheCause() {
    engines.shadow.midBps = 3;
    engines.shadow.ackMs = 40;
    engines.shadow.feeOf = i -> 9;
    Parity window = engines.run(2).window(1);
    assertThat(window.cause()).isEqualTo(ParityCause.MARKET_DATA);
    assertThat(PairRun.drift(window, ParityCause.LATENCY).measured()).isEqualTo(-34);
    assertThat(PairRun.drift(window, ParityCause.FEES).measured()).isEqualTo(-8, within(1e-6));
    assertThat(PairRun.drift(window, ParityCause.FILL_MODEL).samples()).isZero();
  }

  private static void only(Parity window, ParityCause cause, double measured) {
    assertThat(window.cause()).isEqualTo(cause);
    assertThat(PairRun.drift(window, cause).measured()).isEqualTo(measured, within(1e-3));
    assertThat(window.drifts())
        .filteredOn(d -> d.measured() != null && Math.abs(d.measured()) > d.limit())
        .extracting(ParityDrift::cause)
        .containsExactly(cause);
  }
}
