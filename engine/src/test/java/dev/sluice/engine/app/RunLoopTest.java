// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.Sim;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.gate.edge.ControlTrust;
import dev.sluice.engine.gate.edge.KafkaControlLink;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.engine.kafka.KafkaEventSink;
import dev.sluice.engine.market.MarketDataFeed;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.SimulatedFeed;
import dev.sluice.schemas.OrderState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunLoopTest {
  private static final long END_US = Sim.START_US + 3_600L * Sim.SECOND_US;

  @Test
  void unexpectedFailureLeavesNoOrderBehind() {
    Sim sim = new Sim(FaultPlan.NONE, new FailingFeed(), Sim.START_US, END_US);
    WallClock wall = WallClock.start();
    RunPlan plan =
        new RunPlan(
            sim.config,
            null,
            false,
            KafkaAccess.plain("127.0.0.1:1"),
            ControlTrust.EVERYBODY,
            null,
            List.of(),
            null,
            Pace.parse("paced"),
            -1,
            null,
            null,
            false,
            false);
    RunSpan span = new RunSpan("r1", Sim.START_US, Sim.START_US, END_US, Optional.empty());
    try (KafkaEventSink kafka =
            new KafkaEventSink(plan.kafka(), "mm-1", EngineConfig.Outbox.defaults());
        KafkaControlLink link = new KafkaControlLink(plan.kafka(), "mm-1", wall::nowUs)) {
      RunLoop loop =
          new RunLoop(
              plan,
              span,
              new RunLoop.Parts(
                  sim.runner, sim.engine, sim.gate, link, new CountingSink(sim.sink), kafka, wall),
              new PrintWriter(new StringWriter()));
      assertThatThrownBy(loop::play).hasMessage("the feed broke");
    }
    assertThat(sim.sink.orders).anyMatch(order -> order.state() == OrderState.ACKED);
    assertThat(sim.engine.openOrders()).isEmpty();
    assertThat(sim.venue.openOrders()).isEmpty();
  }

  /** Breaks after twenty seconds. */
  private static final class FailingFeed implements MarketDataFeed {
    private final MarketDataFeed feed =
        SimulatedFeed.ofDefaults(new Sim().config.symbols(), 7, Sim.START_US);

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
      if (nowUs > Sim.START_US + 20 * Sim.SECOND_US) {
        throw new IllegalStateException("the feed broke");
      }
      return feed.poll(nowUs);
    }

    @Override
    public void close() {
      feed.close();
    }
  }
}
