// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import static dev.sluice.flink.bucket.EngineScript.START_US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.bucket.EngineScript.Kind;
import dev.sluice.rules.risk.Mark;
import dev.sluice.rules.risk.Trade;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.codec.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves the operator beside the source for portfolio risk. */
class RiskOutputsTest {
  private static final BucketSettings SETTINGS =
      BucketSettings.defaults().withRoster(List.of("mm-1"), dev.sluice.schemas.Source.SIMULATED);

  @Test
  void aMidIsSaidWhenItIsNewAndOnceMoreWhenItStands() {
    EngineScript script = new EngineScript("mm-1", 1);
    double[] mids = {100, 100, 100, 100, 101, 102, 102, 102, 100};
    for (int i = 0; i < mids.length; i++) {
      tick(script, i, mids[i]);
    }
    LocalBuckets buckets = new LocalBuckets(SETTINGS).addAll(script.asAppended());
    assertThat(buckets.marks)
        .extracting(Mark::mid)
        .containsExactly(100.0, 100.0, 101.0, 102.0, 102.0, 100.0);
    assertThat(buckets.marks.get(2).eventTimeUs()).isEqualTo(START_US + 4_000_000);
    assertThat(buckets.marks.get(2).ingestUs())
        .isEqualTo(script.asAppended().get(4).ingestTimeUs());
  }

  @Test
  void aFillIsATradeOnceHoweverOftenItComes() {
    EngineScript script = new EngineScript("mm-1", 1);
    script.fill(START_US, Liquidity.MAKER).repeatLast(Kind.FILL);
    script.fill(START_US + 1, Liquidity.MAKER);
    LocalBuckets buckets = new LocalBuckets(SETTINGS).addAll(script.asAppended());
    assertThat(buckets.trades).extracting(Trade::seq).containsExactly(1L, 2L);
    Trade trade = buckets.trades.get(0);
    assertThat(trade.runId()).isEqualTo("mm-1-run-1");
    assertThat(Math.abs(trade.sign())).isEqualTo(1);
    assertThat(List.of(trade.qty(), trade.fee(), trade.positionAfter()))
        .containsExactly(0.25, 0.01, 1.0);
  }

  @Test
  void whatIsImplausibleOrOfNobodyIsNeitherMarkNorTrade() {
    EngineScript script = new EngineScript("mm-1", 1);
    tick(script, 0, -5);
    EngineScript stranger = new EngineScript("mm-9", 1);
    stranger.fill(START_US, Liquidity.MAKER).tick(START_US);
    LocalBuckets buckets = new LocalBuckets(SETTINGS).addAll(script.asAppended());
    buckets.addAll(stranger.asAppended());
    assertThat(buckets.marks).isEmpty();
    assertThat(buckets.trades).isEmpty();
  }

  @Test
  void aFillAfterAQuietHourIsKnownAtOnceAtATimeThatIsBelieved() {
    EngineScript script = new EngineScript("mm-1", 1);
    script.fill(START_US, Liquidity.MAKER);
    for (int minute = 0; minute <= 60; minute++) {
      tick(script, minute * 60L, 100 + minute);
    }
    script.fill(START_US + 3_600_500_000L, Liquidity.MAKER);
    LocalBuckets buckets = new LocalBuckets(SETTINGS).addAll(script.asAppended());
    assertThat(buckets.trades)
        .extracting(Trade::eventTimeUs)
        .containsExactly(START_US, START_US + 3_600_000_000L);
  }

  private static void tick(EngineScript script, long second, double mid) {
    Tick tick = script.nextTick(START_US + second * 1_000_000);
    script.publish(
        Kind.TICK,
        Json.write(
            new Tick(
                tick.schema(),
                tick.engineId(),
                tick.runId(),
                tick.seq(),
                tick.eventTimeUs(),
                tick.source(),
                tick.symbol(),
                tick.arm(),
                tick.slot(),
                mid - 0.5,
                mid + 0.5,
                tick.bidSize(),
                tick.askSize(),
                tick.stages(),
                tick.totalMs(),
                tick.deadlineMs(),
                tick.cacheHit(),
                tick.cacheAgeMs(),
                tick.usedStale(),
                tick.warmup(),
                tick.position(),
                tick.tradedQty(),
                tick.queueEtaMs())));
  }
}
