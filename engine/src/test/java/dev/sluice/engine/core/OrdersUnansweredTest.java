// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.engine.venue.Venue;
import dev.sluice.engine.venue.VenueListener;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of an order that the venue never speaks of again. */
class OrdersUnansweredTest {
  private static final String NOT_HELD = "the venue does not hold it";
  private static final BigDecimal QTY = new BigDecimal("0.01");
  private static final BigDecimal PRICE = new BigDecimal("100");

  private final Sim sim = new Sim("flags.pipeline=false").run(2);
  private final String symbol = sim.markets.symbols().get(0);
  private final MuteVenue venue = new MuteVenue();
  private final MemorySink sink = new MemorySink();
  private final Orders orders = orders();
  private long nowUs = sim.nowUs();

  @Test
  void neverAcknowledgedAndNotHeldIsRejectedAndFreesTheGate() {
    assertThat(orders.place(intent("i1"), nowUs)).isTrue();
    sim.order(Mode.PAUSE);
    orders.cancelForbidden(nowUs);
    assertThat(resolveAfter(11)).isEmpty();
    assertThat(states()).endsWith(OrderState.UNKNOWN);
    assertThat(effective()).isFalse();
    assertThat(resolveAfter(1)).hasSize(1);
    assertThat(states()).endsWith(OrderState.UNKNOWN, OrderState.REJECTED);
    assertThat(last().reason()).isEqualTo(NOT_HELD);
    assertThat(orders.openCount()).isZero();
    assertThat(effective()).isTrue();
    assertThat(venue.cancels).as("also one still under way is taken off").hasSize(2);
  }

  @Test
  void acknowledgedAndNotHeldIsCancelled() {
    orders.place(intent("i1"), nowUs);
    orders.onReport(report("i1-0", OrderState.ACKED), nowUs);
    orders.cancel(orders.all().get(0), nowUs, "test");
    resolveAfter(11);
    assertThat(resolveAfter(1)).hasSize(1);
    assertThat(states()).endsWith(OrderState.UNKNOWN, OrderState.CANCELLED);
    assertThat(last().reason()).isEqualTo(NOT_HELD);
  }

  @Test
  void heldByTheVenueIsProvenAndLives() {
    orders.place(intent("i1"), nowUs);
    venue.open.add(new OpenOrder("i1-0", symbol, Side.BUY, QTY, BigDecimal.ZERO));
    resolveAfter(11);
    assertThat(resolveAfter(1)).isEmpty();
    assertThat(states()).endsWith(OrderState.UNKNOWN, OrderState.ACKED);
    assertThat(orders.openCount()).isEqualTo(1);
  }

  private List<LiveOrder> resolveAfter(long seconds) {
    nowUs += seconds * Sim.SECOND_US;
    return orders.resolveUnanswered(nowUs);
  }

  private boolean effective() {
    sim.gate.doWork(Sim.WALL_US, nowUs, orders.openWork());
    return sim.acks.stream().anyMatch(ack -> ack.status() == AckStatus.EFFECTIVE);
  }

  private List<OrderState> states() {
    return sink.orders.stream().map(Order::state).toList();
  }

  private Order last() {
    return sink.orders.get(sink.orders.size() - 1);
  }

  private LiveOrder.Intent intent(String id) {
    return new LiveOrder.Intent(
        id, 0, symbol, Side.BUY, OrderType.LIMIT, Purpose.QUOTE, PRICE, QTY, 100.0, 100.0);
  }

  private ExecutionReport report(String clientOrderId, OrderState state) {
    return new ExecutionReport(
        clientOrderId,
        "v1",
        symbol,
        Side.BUY,
        state,
        PRICE,
        QTY,
        BigDecimal.ZERO,
        null,
        null,
        null,
        null,
        null,
        null,
        Double.NaN,
        nowUs,
        null);
  }

  private Orders orders() {
    EngineConfig config = sim.config;
    RunIdentity run =
        new RunIdentity(
            config.engineId(), "run-2", Source.SIMULATED, "test", "hash", Sim.START_US, 0);
    return new Orders(
        config,
        venue,
        new Publisher(run, config.account(), sink, FaultPlan.NONE),
        new Account(config.startEquity(), List.of(Instrument.of(symbol)), sim.venue.balances()),
        sim.markets,
        sim.gate,
        new CircuitBreaker(config.breaker(), Sim.START_US),
        FaultPlan.NONE);
  }

  /** Takes everything and answers nothing. */
  private static final class MuteVenue implements Venue {
    private final List<String> cancels = new ArrayList<>();
    private final List<OpenOrder> open = new ArrayList<>();

    @Override
    public void submit(NewOrder order, long nowUs) {
      // Never heard of.
    }

    @Override
    public void cancel(String clientOrderId, long nowUs) {
      cancels.add(clientOrderId);
    }

    @Override
    public void query(String clientOrderId, long nowUs) {}

    @Override
    public int poll(long nowUs, VenueListener listener) {
      return 0;
    }

    @Override
    public List<OpenOrder> openOrders() {
      return open;
    }

    @Override
    public double queueAhead(String clientOrderId) {
      return Double.NaN;
    }

    @Override
    public List<Position> positions() {
      return List.of();
    }

    @Override
    public List<Balance> balances() {
      return List.of();
    }
  }
}
