// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.spec.Limit;
import dev.sluice.schemas.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a gate that is shut can open, and what waivers do. */
class WayToGreenTest {
  private static final long HOUR_US = 3_600_000_000L;
  private static final long NOW_US = 1_000 * HOUR_US;

  @Test
  void whatGrowsNeedsWhatIsLacking() {
    GateResult result = judged(gate(">= 24", "h", false), reading(20.0, 100, null, 3.0));

    WayToGreen.Step step = WayToGreen.of(List.of(result), NOW_US).get(0);

    assertThat(step.earliestUs()).isEqualTo(NOW_US + 21 * HOUR_US);
    assertThat(step.waits()).isEqualTo("21h more without a fault");
  }

  @Test
  void aFaultHasToLeaveTheWindow() {
    GateResult result =
        judged(gate("== 0", "1", false), reading(1.0, 100, NOW_US - 4 * HOUR_US, null));

    assertThat(WayToGreen.of(List.of(result), NOW_US).get(0).earliestUs())
        .isEqualTo(NOW_US + 20 * HOUR_US);
  }

  @Test
  void samplesComeAtThePresentRate() {
    GateResult result = judged(gate("== 0", "1", false), reading(0.0, 5, null, null));

    assertThat(result.outcome()).isEqualTo(GateOutcome.NO_DATA);
    assertThat(WayToGreen.of(List.of(result), NOW_US).get(0).earliestUs())
        .isEqualTo(NOW_US + 24 * HOUR_US);
  }

  @Test
  void whatTimeDoesNotMendComesFirstAndHasNoTime() {
    GateResult fault = judged(gate("== 0", "1", false), reading(1.0, 100, NOW_US, null));
    GateResult wrong = judged(gate("== 0", "1", false), reading(1.0, 100, null, null));
    GateResult fine = judged(gate("== 0", "1", false), reading(0.0, 100, null, null));

    List<WayToGreen.Step> steps = WayToGreen.of(List.of(fine, fault, wrong), NOW_US);

    assertThat(steps)
        .extracting(WayToGreen.Step::earliestUs)
        .containsExactly(null, NOW_US + 24 * HOUR_US);
    assertThat(WayToGreen.earliestUs(steps)).isEqualTo(NOW_US + 24 * HOUR_US);
    assertThat(WayToGreen.earliestUs(List.of())).isNull();
  }

  @Test
  void evidenceOfTheFutureIsNone() {
    Reading future = new Reading(0.0, 100, NOW_US + 1_000, Source.LIVE, "");

    assertThat(judged(gate("== 0", "1", false), future).outcome()).isEqualTo(GateOutcome.NO_DATA);
  }

  @Test
  void aWaiverCountsFromItsBeginToItsEndAndNeverForAHardGate() {
    Waiver waiver = new Waiver("g", "Ada", "known", NOW_US, NOW_US + HOUR_US);
    Reading bad = reading(1.0, 100, null, null);

    assertThat(judged(gate("== 0", "1", false), bad, NOW_US, waiver).open()).isTrue();
    assertThat(judged(gate("== 0", "1", false), bad, NOW_US - 1, waiver).open()).isFalse();
    assertThat(judged(gate("== 0", "1", false), bad, NOW_US + HOUR_US, waiver).open()).isFalse();
    assertThat(judged(gate("== 0", "1", true), bad, NOW_US, waiver).open()).isFalse();
    assertThatThrownBy(() -> new Waiver("g", "Ada", "long", 0, Waiver.MAX_US + 1))
        .hasMessageContaining("at most 14 days");
    assertThatThrownBy(() -> new Waiver("g", " ", "why", 0, 1)).hasMessageContaining("who and why");
  }

  @Test
  void nothingJudgedIsNoGo() {
    assertThat(ReleaseJudge.go(List.of())).isFalse();
  }

  private static Reading reading(double value, long samples, Long lastAtUs, Double growing) {
    return new Reading(value, samples, NOW_US - HOUR_US / 2, Source.LIVE, "", lastAtUs, growing);
  }

  private static GateResult judged(ReleaseGate gate, Reading reading) {
    return ReleaseJudge.judge(gate, reading, Source.LIVE, NOW_US, List.of());
  }

  private static GateResult judged(ReleaseGate gate, Reading reading, long nowUs, Waiver waiver) {
    return ReleaseJudge.judge(gate, reading, Source.LIVE, nowUs, List.of(waiver));
  }

  private static ReleaseGate gate(String pass, String unit, boolean hard) {
    return new ReleaseGate(
        "g", "A gate.", Limit.parse(pass), unit, 10, 3_600_000, 86_400_000, hard, "mend it");
  }
}
