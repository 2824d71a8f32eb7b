// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Safeguards;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happens on the way between venue and engine: in the end both books agree. */
class VenueFaultsHealTest {
  private static final long MINUTE_MS = 60_000L;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "REPORT_DUPLICATED; share=0.5",
        "REPORT_REORDERED; share=0.5,within_ms=3000",
        "REPORT_DROPPED; share=0.5",
        "REPORT_DROPPED; share=0.5,fills=1",
        "ACK_DELAYED; share=0.3,delay_ms=4000",
        "ACK_LOST; share=0.3",
        "HEDGE_PARTIAL; share=1,part=0.3",
        "HEDGE_PARTIAL; share=1,part=0.3,rests=1",
        "CANCEL_RACE; share=0.5",
        "CLOCK_SKEWED; skew_ms=800",
        "CLOCK_STALLED; take=1",
        "CLOCK_BACKWARD; back_ms=5000"
      })
  void bothBooksAgreeAfterIt(FaultKind kind, String params) {
    Sim sim =
        new Sim(Faults.of(kind, 10 * MINUTE_MS, 60 * MINUTE_MS, parameters(params))).run(80 * 60);
    sim.order(Mode.PAUSE).run(60);
    assertThat(sim.engine.openOrders()).isEmpty();
    assertThat(sim.venue.openOrders()).isEmpty();
    assertThat(sim.engine.positions()).hasSameSizeAs(sim.venue.positions());
    for (int i = 0; i < sim.engine.positions().size(); i++) {
      assertThat(sim.engine.positions().get(i).qty())
          .isEqualByComparingTo(sim.venue.positions().get(i).qty());
    }
    List<String> executions =
        sim.dropCopies.stream().map(DropCopy::fillId).filter(id -> id != null).toList();
    assertThat(sim.sink.fills.stream().map(Fill::fillId).toList())
        .containsExactlyInAnyOrderElementsOf(executions);
    assertLegal(sim.sink.orders);
    Safeguards counts = last(sim.sink.healths).safeguards();
    if (kind == FaultKind.REPORT_DUPLICATED) {
      assertThat(counts.duplicateReports()).isPositive();
    }
    if (kind == FaultKind.REPORT_REORDERED) {
      assertThat(counts.quarantinedReports()).isPositive();
    }
  }

  private static void assertLegal(List<Order> orders) {
    Map<String, Order> newest = new HashMap<>();
    for (Order order : orders) {
      Order before = newest.put(order.clientOrderId(), order);
      if (before != null) {
        OrderState from = before.state();
        boolean legal = from == order.state() || from.mayBecome(order.state());
        assertThat(legal && !from.terminal())
            .as(order.clientOrderId() + ": " + from + " -> " + order.state())
            .isTrue();
        assertThat(order.cumQty()).isGreaterThanOrEqualTo(before.cumQty());
      }
    }
  }

  private static Health last(List<Health> healths) {
    return healths.get(healths.size() - 1);
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : text.split(",")) {
      int equals = pair.indexOf('=');
      parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return parameters;
  }
}
