// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.config.EngineConfigLoader;
import dev.sluice.engine.core.QueueAwareStage.Advice;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The flag queue_eta: a quote that would be reached too late goes a tick inward. */
class QueueEtaTest {
  private static final long SECOND_US = 1_000_000L;
  private static final double UNKNOWN = Double.NaN;

  private final QueueAwareStage eta =
      stage("flags.queue_eta=true", "flags.queue_aware=false", "queue_aware.max_eta=2m");
  private final QueueAwareStage ratio = stage();

  private static QueueAwareStage stage(String... settings) {
    return new QueueAwareStage(EngineConfigLoader.parse("", "test", List.of(settings)));
  }

  @Test
  void nudgesWhereTheRatioRuleWouldNot() {
    assertThat(advice(ratio, 19, 60_000, 0, 0.1)).isEqualTo(Advice.NONE);
    assertThat(advice(eta, 19, 60_000, 0, 0.1)).as("190 s").isEqualTo(Advice.NUDGE);
    assertThat(advice(eta, 11.9, 60_000, 0, 0.1)).as("119 s").isEqualTo(Advice.NONE);
    assertThat(advice(eta, 19, 29_000, 0, 0.1)).as("too young").isEqualTo(Advice.NONE);
    assertThat(advice(eta, 1, 60_000, 18, 0.1)).as("behind others").isEqualTo(Advice.NUDGE);
  }

  @Test
  void rateThatIsNotKnownAdvisesNothing() {
    assertThat(advice(eta, 1_000, 60_000, 0, UNKNOWN)).isEqualTo(Advice.NONE);
    assertThat(advice(eta, UNKNOWN, 60_000, 0, 0.1)).isEqualTo(Advice.NONE);
  }

  @Test
  void goodPlaceIsKeptWhateverTheTime() {
    QueueAwareStage both = stage("flags.queue_eta=true");
    assertThat(both.advise(100, 100, 4, 10, 1, 60_000, 0, 0.001)).isEqualTo(Advice.KEEP);
    assertThat(both.advise(100, 100, 9, 10, 1, 60_000, 0, 0.001)).isEqualTo(Advice.NUDGE);
  }

  @Test
  void rateIsThatOfASteadyFlowAtItsSideAlone() {
    TradedRate rate = new TradedRate();
    assertThat(rate.perSecond(Side.BUY, 0)).isNaN();
    for (int second = 0; second <= 600; second++) {
      rate.onTrade(trade(second, 0.5, true));
      boolean known = second >= 60;
      assertThat(Double.isNaN(rate.perSecond(Side.BUY, second * SECOND_US))).isEqualTo(!known);
    }
    assertThat(rate.perSecond(Side.BUY, 600 * SECOND_US)).isCloseTo(0.5, within(0.02));
    assertThat(rate.perSecond(Side.SELL, 600 * SECOND_US)).isNaN();
    rate.onTrade(trade(600, 1.0, false));
    assertThat(rate.perSecond(Side.SELL, 600 * SECOND_US)).isBetween(0.0, 0.01);
    assertThat(rate.perSecond(Side.BUY, 720 * SECOND_US))
        .as("half after the half-life")
        .isCloseTo(0.25, within(0.02));
  }

  @Test
  void switchesTheQuotesOfAWholeEngine() {
    String off = "flags.queue_aware=false";
    Sim with = new Sim(off, "flags.queue_eta=true", "queue_aware.max_eta=30s").run(7_200);
    Sim without = new Sim(off).run(7_200);
    assertThat(replaced(with)).isGreaterThan(replaced(without));
    assertThat(prices(with)).isNotEqualTo(prices(without));
    Sim never = new Sim(off, "flags.queue_eta=true", "queue_aware.max_eta=9999h").run(7_200);
    assertThat(prices(never)).isEqualTo(prices(without));
  }

  private static Advice advice(
      QueueAwareStage stage, double ahead, double ageMs, double inFront, double ratePerS) {
    return stage.advise(100, 100, ahead, ahead, 1, ageMs, inFront, ratePerS);
  }

  private static TradePrint trade(long second, double size, boolean buyerIsMaker) {
    long timeUs = second * SECOND_US;
    return new TradePrint("SIMUSDT", timeUs, timeUs, second, 100, size, buyerIsMaker);
  }

  private static long replaced(Sim sim) {
    return sim.sink.orders.stream()
        .filter(o -> o.state() == OrderState.CANCEL_REQUESTED && "replaced".equals(o.reason()))
        .count();
  }

  private static List<String> prices(Sim sim) {
    return sim.sink.orders.stream()
        .filter(o -> o.state() == OrderState.INTENDED && o.price() != null)
        .map(o -> o.eventTimeUs() + " " + o.side() + " " + o.price())
        .toList();
  }
}
