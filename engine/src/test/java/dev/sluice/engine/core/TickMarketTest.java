// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.config.TrialPlan;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.MarketDataFeed;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.MarketEvent.BookDelta;
import dev.sluice.engine.market.MarketEvent.BookSnapshot;
import dev.sluice.engine.market.MarketEvent.TradePrint;
import dev.sluice.engine.market.SimulatedFeed;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Tick;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What ticks say of the engine's position and of the trades of the market. */
class TickMarketTest {
  private static final long SECOND_US = 1_000_000L;
  private static final long DAY_US = 86_400L * SECOND_US;
  private static final double[] NOTHING = {};

  /** Another feed, with all it has handed out. */
  private static final class RecordedFeed implements MarketDataFeed {
    private final MarketDataFeed feed;
    private final List<TradePrint> prints = new ArrayList<>();

    RecordedFeed(MarketDataFeed feed) {
      this.feed = feed;
    }

    @Override
    public List<String> symbols() {
      return feed.symbols();
    }

    @Override
    public long nextTimeUs() {
      return feed.nextTimeUs();
    }

    @Override
    public MarketEvent poll(long nowUs) {
      MarketEvent event = feed.poll(nowUs);
      if (event instanceof TradePrint trade) {
        prints.add(trade);
      }
      return event;
    }

    @Override
    public void close() {
      feed.close();
    }
  }

  /** Scripted market data. */
  private static final class ScriptedFeed implements MarketDataFeed {
    private final List<String> symbols;
    private final Deque<MarketEvent> events;

    ScriptedFeed(List<String> symbols, List<MarketEvent> events) {
      this.symbols = symbols;
      this.events = new ArrayDeque<>(events);
    }

    @Override
    public List<String> symbols() {
      return symbols;
    }

    @Override
    public long nextTimeUs() {
      return events.isEmpty() ? Long.MAX_VALUE : events.peek().receiveTimeUs();
    }

    @Override
    public MarketEvent poll(long nowUs) {
      return nextTimeUs() <= nowUs ? events.poll() : null;
    }

    @Override
    public void close() {}
  }

  private static RecordedFeed twoSymbols() {
    return new RecordedFeed(SimulatedFeed.ofDefaults(List.of("AUSDT", "BUSDT"), 3, Sim.START_US));
  }

  /** Compares each tick with the trades received since its symbol's tick before. */
  private static int checkTraded(List<Tick> ticks, List<TradePrint> prints) {
    Map<String, Tick> before = new HashMap<>();
    int withTrades = 0;
    for (Tick tick : ticks) {
      Tick last = before.put(tick.symbol(), tick);
      if (last == null) {
        assertThat(tick.tradedQty()).as("first of %s", tick.symbol()).isNull();
        continue;
      }
      double expected = 0;
      boolean known = false;
      for (TradePrint print : prints) {
        if (print.symbol().equals(tick.symbol())) {
          known |= print.receiveTimeUs() <= tick.eventTimeUs();
          boolean since =
              print.receiveTimeUs() > last.eventTimeUs()
                  && print.receiveTimeUs() <= tick.eventTimeUs();
          expected += since ? print.size() : 0;
        }
      }
      if (known) {
        assertThat(tick.tradedQty()).as("tick %d", tick.seq()).isCloseTo(expected, within(1e-9));
        withTrades += expected > 0 ? 1 : 0;
      } else {
        assertThat(tick.tradedQty()).as("tick %d, before any trade", tick.seq()).isNull();
      }
    }
    return withTrades;
  }

  @Test
  void tradedQtyIsWhatTradedInThatSymbolSinceItsPassBefore() {
    RecordedFeed feed = twoSymbols();
    Sim sim = new Sim(FaultPlan.NONE, feed, Sim.START_US, Sim.START_US + DAY_US).run(300);
    assertThat(sim.sink.ticks).extracting(Tick::symbol).contains("AUSDT", "BUSDT");
    assertThat(checkTraded(sim.sink.ticks, feed.prints)).isGreaterThan(20);
  }

  @Test
  void warmUpTicksOfATrialSayItAsAllOthersDo() {
    TrialPlan plan =
        new TrialPlan(
            "wide",
            "B quotes far away",
            TrialPlan.Kind.AB,
            "salt",
            60_000,
            10_000,
            List.of(0.5, 1.0),
            Map.of("spread.fixed_half_bps", "8"));
    RecordedFeed feed = twoSymbols();
    Sim sim = Sim.of(plan, FaultPlan.NONE, feed, Sim.START_US, Sim.START_US + DAY_US).run(10);
    sim.order(Mode.RUN, RolloutState.running(plan.id(), 0.5)).run(290);
    assertThat(sim.sink.ticks).extracting(Tick::warmup).contains(true);
    assertThat(checkTraded(sim.sink.ticks, feed.prints)).isGreaterThan(20);
  }

  @Test
  void whatTradesWhileTheBookIsUnknownIsSaidByTheNextPass() {
    String symbol = "AUSDT";
    List<MarketEvent> events = new ArrayList<>();
    for (int second = 0; second < 20; second++) {
      long atUs = Sim.START_US + second * SECOND_US;
      if (second == 0 || second == 12) {
        events.add(snapshot(symbol, atUs, second * 10L));
      } else if (second == 5) {
        events.add(unfit(symbol, atUs));
      }
      events.add(new TradePrint(symbol, atUs, atUs, second, 100, 0.5, true));
    }
    RecordedFeed feed = new RecordedFeed(new ScriptedFeed(List.of(symbol), events));
    Sim sim = new Sim(FaultPlan.NONE, feed, Sim.START_US, Sim.START_US + DAY_US).run(19);
    List<Tick> ticks = sim.sink.ticks;
    assertThat(ticks)
        .noneMatch(
            t ->
                t.eventTimeUs() >= Sim.START_US + 5 * SECOND_US
                    && t.eventTimeUs() < Sim.START_US + 12 * SECOND_US);
    checkTraded(ticks, feed.prints);
    assertThat(ticks).extracting(Tick::tradedQty).contains(0.0, 0.5, 4.0);
  }

  @Test
  void whatWasPlayedUpToTheStartIsNotOfTheFirstPass() {
    RecordedFeed feed =
        new RecordedFeed(
            SimulatedFeed.ofDefaults(List.of("AUSDT"), 3, Sim.START_US - 600 * SECOND_US));
    Sim sim = new Sim(FaultPlan.NONE, feed, Sim.START_US, Sim.START_US + DAY_US);
    sim.runner.warmUp();
    assertThat(feed.prints).isNotEmpty();
    sim.run(60);
    checkTraded(sim.sink.ticks, feed.prints);
    assertThat(sim.sink.ticks.get(1).tradedQty()).isNotNull();
  }

  @Test
  void aMarketWithoutTradesSaysNothingOfThem() {
    String symbol = "AUSDT";
    List<MarketEvent> events = List.of(snapshot(symbol, Sim.START_US, 1));
    Sim sim =
        new Sim(
                FaultPlan.NONE,
                new ScriptedFeed(List.of(symbol), events),
                Sim.START_US,
                Sim.START_US + DAY_US)
            .run(5);
    assertThat(sim.sink.ticks).isNotEmpty();
    assertThat(sim.sink.ticks).extracting(Tick::tradedQty).containsOnlyNulls();
    assertThat(sim.sink.ticks).extracting(Tick::queueEtaMs).containsOnlyNulls();
  }

  @Test
  void positionIsThatAfterTheLastFillOfTheSymbol() {
    Sim sim = new Sim(FaultPlan.NONE, twoSymbols(), Sim.START_US, Sim.START_US + DAY_US).run(1_800);
    Map<String, Double> positions = new HashMap<>();
    for (Object event : sim.sink.all) {
      if (event instanceof Fill fill) {
        positions.put(fill.symbol(), fill.positionAfter().doubleValue());
      } else if (event instanceof Tick tick) {
        assertThat(tick.position()).isEqualTo(positions.getOrDefault(tick.symbol(), 0.0));
      }
    }
    assertThat(positions).containsOnlyKeys("AUSDT", "BUSDT");
  }

  private static BookSnapshot snapshot(String symbol, long atUs, long id) {
    return new BookSnapshot(
        symbol,
        atUs,
        atUs,
        id,
        new double[] {99.99, 99.98},
        new double[] {5, 5},
        new double[] {100.01, 100.02},
        new double[] {5, 5});
  }

  private static BookDelta unfit(String symbol, long atUs) {
    return new BookDelta(
        symbol, atUs, atUs, 90, 91, 89, new double[] {99.97}, new double[] {1}, NOTHING, NOTHING);
  }
}
