// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.metric.Family;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spans of time that are judged when they are over, and what is judged no more. */
class JudgedSpanTest {
  private static final long MINUTE_US = 60_000_000L;
  private static final CriterionSpec SPEC = ShippedCriteria.of("trial-deadline-miss");

  private final InstantJudge judge = new InstantJudge(List.of(SPEC), Family.TRIAL, 60_000);
  private final HeapMemory memory = new HeapMemory();
  private final List<Verdict> said = new ArrayList<>();

  @Test
  void aSpanAsLongAsTheHoldTripsAtItsEnd() {
    span(0, 10, 0.01);
    span(10, 20, 0.3);
    assertThat(last().phase()).isEqualTo(Phase.TRIPPED);
    assertThat(last().eventTimeUs()).isEqualTo(20 * MINUTE_US);
    assertThat(said).hasSize(2);
  }

  @Test
  void spansThatAddUpToTheHoldDoToo() {
    span(0, 2, 0.01);
    for (int minute = 2; minute < 12; minute += 2) {
      assertThat(last().phase()).isNotEqualTo(Phase.TRIPPED);
      span(minute, minute + 2, 0.3);
    }
    assertThat(last().phase()).isEqualTo(Phase.TRIPPED);
    assertThat(last().eventTimeUs()).isEqualTo(12 * MINUTE_US);
  }

  @Test
  void aSpanWithoutDataFreezesTheHold() {
    span(0, 2, 0.3);
    span(2, 12, Double.NaN);
    span(12, 18, 0.3);
    assertThat(last().phase()).isEqualTo(Phase.PENDING);
    span(18, 20, 0.3);
    assertThat(last().phase()).isEqualTo(Phase.TRIPPED);
  }

  @Test
  void evidenceThatDoesNotReachTheEndDoesNotCount() {
    span(0, 8, 0.3);
    said.addAll(judge.judgeSpan(SPEC, at(12), 0, measured(0.3), 8 * MINUTE_US + 1, memory));
    assertThat(last().outcome()).isEqualTo(VerdictOutcome.BREACH);
    assertThat(last().phase()).isEqualTo(Phase.PENDING);
  }

  @Test
  void theEndClearsWhatStoodAndSaysSoOnce() {
    span(0, 10, 0.3);
    assertThat(last().action()).isEqualTo(Action.ROLLBACK);
    List<Verdict> end = judge.end(at(11), "over", memory);
    assertThat(end).hasSize(1);
    assertThat(end.get(0).phase()).isEqualTo(Phase.CLEAR);
    assertThat(end.get(0).outcome()).isEqualTo(VerdictOutcome.NO_DATA);
    assertThat(end.get(0).action()).isNull();
    assertThat(end.get(0).eventTimeUs()).isEqualTo(11 * MINUTE_US);
    assertThat(end.get(0).evidence().reason()).isEqualTo("over");
    assertThat(judge.end(at(12), "over", memory)).isEmpty();
  }

  private void span(int fromMinute, int untilMinute, double value) {
    said.addAll(
        judge.judgeSpan(
            SPEC,
            at(untilMinute),
            fromMinute * MINUTE_US + 1,
            measured(value),
            untilMinute * MINUTE_US + 1,
            memory));
  }

  private static Measurement measured(double value) {
    return Measurement.of(value, SPEC.minSamples());
  }

  private static Subject at(int minute) {
    return new Subject(
        "mm-1", "trial=t,stage=50", Source.SIMULATED, minute * MINUTE_US, 0, () -> null);
  }

  private Verdict last() {
    return said.get(said.size() - 1);
  }
}
