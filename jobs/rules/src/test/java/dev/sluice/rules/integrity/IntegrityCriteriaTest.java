// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.OrderState;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IntegrityCriteriaTest {
  @Test
  void theSafeguardsAreShippedWithTheirFigures() {
    Map<String, List<Object>> table =
        ShippedCriteria.all().stream()
            .filter(spec -> spec.metric().family() == Family.INTEGRITY)
            .collect(
                Collectors.toMap(
                    CriterionSpec::id,
                    spec -> List.of(spec.metric().id(), spec.breach().toString(), spec.action())));
    assertThat(table)
        .isEqualTo(
            Map.of(
                "order-states", List.of("order_state_faults", "> 0", Action.REDUCE_ONLY),
                "idempotency", List.of("duplicate_executions", "> 0", Action.REDUCE_ONLY),
                "intent-journal", List.of("journal_breaks", "> 0", Action.REDUCE_ONLY),
                "hedge-residual", List.of("hedge_residuals", "> 0", Action.REDUCE_ONLY),
                "venue-clock", List.of("clock_skew_ms", "> 500", Action.PAUSE),
                "early-timeout", List.of("early_timeouts", "> 0", Action.REDUCE_ONLY)));
  }

  @Test
  void whatCanBeReachedIsWhatChainsOfLegalMovesReach() {
    for (OrderState from : OrderState.values()) {
      Map<OrderState, Boolean> reached =
          List.of(OrderState.values()).stream()
              .collect(Collectors.toMap(Function.identity(), from::mayBecome));
      for (int round = 0; round < OrderState.values().length; round++) {
        for (OrderState middle : OrderState.values()) {
          for (OrderState to : OrderState.values()) {
            if (reached.get(middle) && middle.mayBecome(to)) {
              reached.put(to, true);
            }
          }
        }
      }
      for (OrderState to : OrderState.values()) {
        assertThat(from.mayReach(to)).as("%s to %s", from, to).isEqualTo(reached.get(to));
      }
    }
  }
}
