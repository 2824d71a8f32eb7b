// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.CaptureFeed;
import dev.sluice.engine.market.SharedData;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real market data through the whole engine, in memory. */
class CaptureRunTest {
  private static final long BORDER_US = 10_000_000L;

  @Test
  void tradesBitcoinAndEtherOverMidnight() throws Exception {
    Sim sim = play("binance_btc_eth_midnight");
    assertThat(sim.markets.symbols()).hasSizeGreaterThanOrEqualTo(2);
    assertSane(sim, 2_000, 20);
    long midnightUs = 1_723_161_600_000_000L;
    double before =
        sim.sink.healths.stream()
            .filter(h -> h.eventTimeUs() == midnightUs - BORDER_US)
            .findFirst()
            .orElseThrow()
            .dayStartEquity();
    var first =
        sim.sink.healths.stream()
            .filter(h -> h.eventTimeUs() == midnightUs)
            .findFirst()
            .orElseThrow();
    assertThat(before).isEqualTo(100_000.0);
    assertThat(first.dayStartEquity()).isEqualTo(first.equity()).isNotEqualTo(before);
  }

  @Test
  void tradesAWholeDayOfAQuietCoin() throws Exception {
    Sim sim = play("binance_nexo_24h");
    assertSane(sim, 170_000, 50);
    assertThat(sim.sink.healths.get(sim.sink.healths.size() - 1).staleMarks())
        .as("a quiet market is not stale data")
        .isZero();
  }

  private static Sim play(String folder) throws Exception {
    Path data = SharedData.folder(folder);
    List<Path> files;
    try (Stream<Path> listed = Files.list(data)) {
      files = listed.filter(file -> file.toString().endsWith(".gz")).sorted().toList();
    }
    CaptureFeed feed = new CaptureFeed(files);
    long startUs = feed.nextTimeUs() / BORDER_US * BORDER_US;
    Sim sim = new Sim(FaultPlan.NONE, feed, startUs, Long.MAX_VALUE / 4, "quotes.requote_bps=1");
    sim.runner.run(Long.MAX_VALUE / 2, Integer.MAX_VALUE);
    assertThat(sim.runner.finished()).isTrue();
    return sim;
  }

  private static void assertSane(Sim sim, int minTicks, int minFills) {
    assertThat(sim.sink.ticks).hasSizeGreaterThan(minTicks);
    assertThat(sim.sink.ticks).allMatch(t -> t.bid() > 0 && t.bid() < t.ask());
    assertThat(sim.sink.fills).hasSizeGreaterThan(minFills);
    for (var order : sim.sink.orders) {
      if (order.state() == OrderState.INTENDED && order.type() == OrderType.POST_ONLY) {
        double mid = sim.markets.of(order.symbol()).book().mid();
        assertThat(order.price().doubleValue()).isBetween(mid * 0.9, mid * 1.1);
      }
    }
    for (var fill : sim.sink.fills) {
      double edge =
          (fill.side() == Side.BUY ? 1 : -1)
              * (fill.midAtFill() - fill.price().doubleValue())
              / fill.midAtFill();
      assertThat(Math.abs(edge)).as(fill.toString()).isLessThan(0.02);
      assertThat(Math.abs(fill.positionAfter().doubleValue()) * fill.midAtFill())
          .isLessThan(5_100.0);
    }
    assertThat(sim.venue.openOrders()).isEmpty();
    assertThat(sim.engine.positions()).hasSameSizeAs(sim.venue.positions());
  }
}
