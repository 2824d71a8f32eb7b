// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An invariant that is broken fails, and says what is broken. */
class InvariantsTest {
  @Test
  void aChainWithoutAHoleHoldsAlsoWhenARecordWasSentAgain() {
    List<Control> chain = List.of(control(1, "a"), control(2, "b"), control(2, "b"));
    assertThat(DecisionChain.of(chain, List.of()).pass()).isTrue();
  }

  @Test
  void aLostDecisionIsAHoleInTheChain() {
    DrillCheck check = DecisionChain.of(List.of(control(1, "a"), control(3, "c")), List.of());
    assertThat(check.pass()).isFalse();
    assertThat(check.found()).contains("[2] are missing");
  }

  @Test
  void twoDecisionsUnderOneEpochAreFound() {
    DrillCheck check = DecisionChain.of(List.of(control(1, "a"), control(1, "b")), List.of());
    assertThat(check.pass()).isFalse();
    assertThat(check.found()).contains("epoch 1 is both a HALT and b HALT");
  }

  @Test
  void aDoubledDecisionIsFoundAndSoIsNoDecisionAtAll() {
    assertThat(DecisionChain.of(List.of(control(1, "a")), List.of("doubled: a")).found())
        .isEqualTo("doubled: a");
    assertThat(DecisionChain.of(List.of(), List.of()).pass()).isFalse();
  }

  @Test
  void effectiveAgainIsExcusedByARecordThatWasSentAgainOnly() {
    List<Ack> twice = List.of(effective("r1", 1, 1), effective("r1", 2, 1));
    assertThat(EffectOnce.of(twice, List.of(control(1, "a"), control(1, "a"))).pass()).isTrue();
    DrillCheck check = EffectOnce.of(twice, List.of(control(1, "a")));
    assertThat(check.pass()).isFalse();
    assertThat(check.found()).contains("epoch 1 was made effective 2 times in life r1, and sent 1");
  }

  @Test
  void anotherLifeOfTheEngineMayMakeTheSameDecisionEffective() {
    List<Ack> lives = List.of(effective("r1", 1, 1), effective("r2", 1, 1));
    assertThat(EffectOnce.of(lives, List.of(control(1, "a"))).pass()).isTrue();
  }

  @Test
  void anEngineThatGoesBackToAnOlderEpochIsFound() {
    List<Ack> back = List.of(effective("r1", 1, 2), effective("r1", 2, 1));
    DrillCheck check = EffectOnce.of(back, List.of(control(1, "a"), control(2, "b")));
    assertThat(check.found()).contains("went back from epoch 2 to 1");
  }

  @Test
  void aQuoteLongAfterTheLastLeaseIsFoundUnlessThereWasNoBroker() {
    List<Long> leases = List.of(1_000L, 2_000L);
    long lateMs = 2_000 + DrillPlan.LEASE_TTL_MS + LeaseSafety.SLACK_MS + 1;
    assertThat(LeaseSafety.of(leases, List.of(lateMs - 1), List.of(), List.of()).pass()).isTrue();
    DrillCheck late = LeaseSafety.of(leases, List.of(lateMs), List.of(), List.of());
    assertThat(late.pass()).isFalse();
    assertThat(late.found()).contains("a quote came 5,001 ms after the last lease");
    List<LeaseSafety.Outage> outage = List.of(new LeaseSafety.Outage(2_500, lateMs - 10));
    assertThat(LeaseSafety.of(leases, List.of(lateMs), List.of(), outage).pass()).isTrue();
  }

  @Test
  void aQuoteBeforeAnyLeaseIsFoundAndSoIsAnEngineThatRunsWithoutOne() {
    assertThat(LeaseSafety.of(List.of(), List.of(5L), List.of(), List.of()).pass()).isFalse();
    List<EngineLine> lines =
        EngineLine.of(
            List.of(
                "{\"type\":\"progress\",\"mode\":\"RUN\",\"lease_left_ms\":-4000.0}",
                "{\"type\":\"progress\",\"mo"));
    assertThat(lines).hasSize(1);
    assertThat(LeaseSafety.of(List.of(1L), List.of(2L), lines, List.of()).found())
        .isEqualTo("the engine was in RUN 4,000 ms after its lease");
  }

  @Test
  void aRowThatIsMissingAddedDifferentOrDoubledIsFound() {
    Map<String, Map<String, Object>> topic =
        Map.of("0:0", Map.of("seq", "1"), "0:1", Map.of("seq", "2"));
    assertThat(DatasetEquality.compare("ticks", topic, topic, 2, false).pass()).isTrue();
    assertThat(
            DatasetEquality.compare("ticks", topic, Map.of("0:0", Map.of("seq", "1")), 1, false)
                .found())
        .isEqualTo("1 rows are missing, such as [0:1]");
    assertThat(
            DatasetEquality.compare("ticks", Map.of("0:0", Map.of("seq", "1")), topic, 2, false)
                .found())
        .isEqualTo("1 rows are not on the topic, such as [0:1]");
    assertThat(
            DatasetEquality.compare("decisions", Map.of("0:0", Map.of("seq", "1")), topic, 2, true)
                .pass())
        .as("a compacted topic may have forgotten")
        .isTrue();
    assertThat(
            DatasetEquality.compare(
                    "ticks",
                    topic,
                    Map.of("0:0", Map.of("seq", "1"), "0:1", Map.of("seq", "3")),
                    2,
                    false)
                .found())
        .isEqualTo("1 rows differ, such as [0:1]");
    assertThat(DatasetEquality.compare("ticks", topic, topic, 3, false).found())
        .isEqualTo("1 rows are there twice");
  }

  @Test
  void aReportPassesOnlyWhenEveryDrillAndInvariantDoes() {
    DrillCheck good = DrillCheck.pass("a", "is so");
    DrillCheck bad = DrillCheck.fail("b", "is not");
    assertThat(report(result(null, 1.0, good), good).pass()).isTrue();
    assertThat(report(result(null, 1.0, good), bad).pass()).isFalse();
    assertThat(report(result(null, 1.0, bad), good).pass()).isFalse();
    assertThat(report(result(null, null, good), good).pass()).as("never judged again").isFalse();
    assertThat(report(result("no root", null, good), good).pass()).as("skipped").isTrue();
    assertThat(report(result(null, 1.0, bad), bad).text())
        .contains("FAILED", "b: is not", "FAIL: 1 drills");
  }

  private static DrillReport report(DrillResult result, DrillCheck invariant) {
    return new DrillReport("process", 1, 1, List.of(result), List.of(invariant), Path.of("here"));
  }

  private static DrillResult result(String skipped, Double recoveryS, DrillCheck check) {
    return new DrillResult("x", "y", skipped, 1.0, recoveryS, List.of(check), Map.of());
  }

  private static Control control(long epoch, String decision) {
    return new Control(
        Control.SCHEMA,
        "mm-1",
        epoch,
        Mode.HALT,
        RolloutState.NONE,
        decision,
        0,
        List.of(),
        null,
        false,
        0,
        0,
        0,
        Source.SIMULATED,
        "j");
  }

  private static Ack effective(String run, long seq, long epoch) {
    return new Ack(
        Ack.SCHEMA,
        "mm-1",
        run,
        seq,
        0,
        Source.SIMULATED,
        "d" + epoch,
        epoch,
        Mode.HALT,
        AckStatus.EFFECTIVE,
        0,
        List.of(),
        0,
        0L,
        0L,
        null);
  }
}
