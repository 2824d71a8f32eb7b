// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Tick;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Faults that make an engine drift away from its shadow. */
class DriftFaultsTest {
  private static final long HOUR_US = 3_600_000_000L;
  private static final long FROM_US = Sim.START_US + HOUR_US;
  private static final long TO_US = FROM_US + HOUR_US;

  private static Sim faulty(FaultKind kind, String param, String value) {
    return new Sim(Faults.of(kind, 3_600_000, 3_600_000, Map.of(param, value))).run(10_800);
  }

  @Test
  void wrongFeesAreTheSameInTheDropCopyAndTheReports() {
    Sim sim = faulty(FaultKind.FEES_WRONG, "factor", "3");
    Map<String, BigDecimal> venue = new HashMap<>();
    for (DropCopy copy : sim.dropCopies) {
      if (copy.fillId() != null) {
        venue.put(copy.fillId(), copy.fee());
      }
    }
    for (Fill fill : sim.sink.fills) {
      assertThat(venue.get(fill.fillId())).isEqualByComparingTo(fill.fee());
    }
    double inside = feeRatio(sim, FROM_US, TO_US);
    assertThat(inside / feeRatio(sim, Sim.START_US, FROM_US)).isBetween(2.9, 3.1);
    assertThat(inside / feeRatio(sim, TO_US, TO_US + HOUR_US)).isBetween(2.9, 3.1);
  }

  @Test
  void shyFillsLeaveTheirShareOfTheOrdersUnfilled() {
    Sim none = faulty(FaultKind.FILLS_SHY, "share", "1");
    assertThat(makerFills(none)).isZero();
    assertThat(none.sink.fills).anyMatch(f -> f.eventTimeUs() > TO_US + 1_000_000);
    long half = makerFills(faulty(FaultKind.FILLS_SHY, "share", "0.5"));
    long all = makerFills(faulty(FaultKind.FILLS_SHY, "share", "0"));
    assertThat((double) half / all).isBetween(0.3, 0.8);
  }

  @Test
  void laggingMarketIsSeenLateByTheEngineAndAsItIsByTheVenue() {
    Sim lagging = faulty(FaultKind.MARKET_LAG, "ms", "2000");
    Sim healthy = new Sim().run(10_800);
    Map<Long, Tick> seen = new HashMap<>();
    healthy.sink.ticks.forEach(tick -> seen.put(tick.eventTimeUs(), tick));
    int late = 0;
    int ticks = 0;
    for (Tick tick : lagging.sink.ticks) {
      boolean inside = tick.eventTimeUs() >= FROM_US + 5_000_000 && tick.eventTimeUs() < TO_US;
      if (inside && Boolean.FALSE.equals(tick.cacheHit())) {
        ticks++;
        double then = seen.get(tick.eventTimeUs()).bid();
        late += tick.bid() == then ? 0 : 1;
      }
      if (tick.eventTimeUs() < FROM_US) {
        assertThat(tick.bid()).isEqualTo(seen.get(tick.eventTimeUs()).bid());
      }
    }
    assertThat(late).isGreaterThan(ticks / 10);
    assertThat(lagging.venue.book("SIMUSDT").mid()).isEqualTo(healthy.venue.book("SIMUSDT").mid());
    assertThat(lagging.markets.of("SIMUSDT").book().mid())
        .as("caught up")
        .isEqualTo(healthy.markets.of("SIMUSDT").book().mid());
  }

  @Test
  void shareOfTheSubmissionsIsRejected() {
    Sim sim = faulty(FaultKind.REJECT_SHARE, "share", "0.2");
    assertThat(rejectRatio(sim, FROM_US, TO_US)).isBetween(0.1, 0.3);
    assertThat(rejectRatio(sim, Sim.START_US, FROM_US)).isLessThan(0.05);
  }

  private static double feeRatio(Sim sim, long fromUs, long toUs) {
    double fees = 0;
    double notional = 0;
    for (Fill fill : fills(sim, fromUs, toUs)) {
      fees += fill.fee().doubleValue();
      notional += fill.price().multiply(fill.qty()).doubleValue();
    }
    return fees / notional;
  }

  private static List<Fill> fills(Sim sim, long fromUs, long toUs) {
    long slackUs = 200_000;
    return sim.sink.fills.stream()
        .filter(f -> f.liquidity() == Liquidity.MAKER)
        .filter(f -> f.eventTimeUs() >= fromUs + slackUs && f.eventTimeUs() < toUs - slackUs)
        .toList();
  }

  private static long makerFills(Sim sim) {
    return fills(sim, FROM_US, TO_US).size();
  }

  private static double rejectRatio(Sim sim, long fromUs, long toUs) {
    long submitted = count(sim, OrderState.SUBMITTED, fromUs, toUs);
    return (double) count(sim, OrderState.REJECTED, fromUs, toUs) / submitted;
  }

  private static long count(Sim sim, OrderState state, long fromUs, long toUs) {
    return sim.sink.orders.stream()
        .filter(o -> o.state() == state)
        .filter(o -> o.eventTimeUs() >= fromUs && o.eventTimeUs() < toUs)
        .count();
  }
}
