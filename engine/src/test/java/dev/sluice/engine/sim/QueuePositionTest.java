// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueuePositionTest {
  /** Steps: {@code t<size>} a trade at the level, {@code d<size>} the level now shows that size. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "joins at the back,                                    10, 0.5, '',                10",
    "a trade advances,                                     10, 0.5, 't4',              6",
    "the fall a trade causes is no cancellation,           10, 0.5, 't4 d6',           6",
    "the fall may be reported first,                       10, 0.5, 'd6 t4',           6",
    "cancellations count by share and place,               10, 0.5, 'd6',              6",
    "cancellations behind do not move the order,           10, 0.0, 'd14 d12',         10",
    "half the cancellations in proportion to place,        10, 0.5, 'd20 d16',         9",
    "all cancellations in proportion to place,             10, 1.0, 'd20 d16',         8",
    "newcomers queue behind,                               10, 0.5, 'd25',             10",
    "never more ahead than displayed,                      10, 0.0, 'd3',              3",
    "an emptied level leaves nobody ahead,                 10, 0.5, 'd0 d8',           0",
    "a trade and cancellations together,                   10, 0.0, 'd20 t4 d12',      6",
    "a late trade gives back what its fall had moved,      10, 1.0, 'd20 d16 t4',      6",
    "a late trade explains its fall once only,             10, 1.0, 'd20 d16 t4 t1',   5"
  })
  void followsTheLevel(String name, double joined, double share, String steps, double ahead) {
    QueuePosition queue = new QueuePosition(joined, share);
    for (String step : steps.isEmpty() ? List.<String>of() : List.of(steps.split(" "))) {
      double size = Double.parseDouble(step.substring(1));
      if (step.charAt(0) == 't') {
        queue.onTrade(size);
      } else {
        queue.onDisplayed(size);
      }
    }
    assertThat(queue.ahead()).as(name).isCloseTo(ahead, within(1e-9));
  }

  @Test
  void onlyTheRestOfATradeReachesTheOrder() {
    QueuePosition queue = new QueuePosition(3, 0.5);
    assertThat(queue.onTrade(2)).isZero();
    assertThat(queue.onTrade(2)).isEqualTo(1);
    assertThat(queue.onTrade(2)).isEqualTo(2);
  }

  @Test
  void aBookThatStartsAnewSaysNothingOfCancellations() {
    QueuePosition queue = new QueuePosition(10, 1);
    queue.reanchor(2);
    assertThat(queue.ahead()).isEqualTo(10);
    queue.onDisplayed(2);
    assertThat(queue.ahead()).isEqualTo(10);
  }
}
