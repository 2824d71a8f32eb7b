// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each check trips, does not trip, and never passes what it cannot know. */
class CompletenessRulesTest {
  private final CompletenessRules rules =
      new CompletenessRules(new CompletenessSettings(5, 0, 3_600_000));

  @Test
  void theDefaultsAreThoseOfTheContract() {
    assertThat(CompletenessSettings.defaults())
        .isEqualTo(new CompletenessSettings(5, 0, 86_400_000));
    assertThatThrownBy(() -> new CompletenessSettings(-1, 0, 0))
        .hasMessageContaining("count_delta");
  }

  @Test
  void aStreamMayLackAsManyAsTheToleranceAndNoMore() {
    assertThat(rules.countDelta(stream(100L, 95, 95, List.of()), List.of()).result())
        .isEqualTo(CheckResult.PASS);
    assertThat(rules.countDelta(stream(100L, 94, 94, List.of()), List.of()))
        .satisfies(
            check -> {
              assertThat(check.result()).isEqualTo(CheckResult.FAIL);
              assertThat(check.measured()).isEqualTo(6.0);
              assertThat(check.limit()).isEqualTo(5.0);
              assertThat(check.reason())
                  .contains("100 sent", "94 stored", "6 of them after the last stored number 94");
            });
  }

  @Test
  void aStreamNobodyCountsIsNoDataUnlessItsNumbersShowALoss() {
    assertThat(rules.countDelta(stream(null, 95, 95, List.of()), List.of()).result())
        .isEqualTo(CheckResult.NO_DATA);
    assertThat(rules.countDelta(stream(null, 80, 95, List.of()), List.of()).result())
        .isEqualTo(CheckResult.FAIL);
  }

  @Test
  void nothingSentAndNothingStoredIsWhole() {
    assertThat(rules.countDelta(stream(0L, 0, 0, List.of()), List.of()).result())
        .isEqualTo(CheckResult.PASS);
  }

  @Test
  void aHoleInTheNumbersWithoutOneInTheOffsetsWasLostBeforeTheArchive() {
    List<NumberRange> missing = List.of(NumberRange.of(41, 50).between(40_000_000L, 51_000_000L));
    CompletenessCheck check =
        rules.countDelta(stream(100L, 90, 100, missing), List.of(offsets(90, 90, 0, 89, 0)));
    assertThat(check.result()).isEqualTo(CheckResult.FAIL);
    assertThat(check.reason())
        .contains(
            "10 missing (41-50 between 1970-01-01T00:00:40Z and 1970-01-01T00:00:51Z)",
            "lost before the archive");
  }

  @Test
  void aHoleInBothMayHaveBeenTheArchives() {
    List<NumberRange> missing = List.of(NumberRange.of(41, 50));
    assertThat(
            rules
                .countDelta(stream(100L, 90, 100, missing), List.of(offsets(90, 90, 0, 99, 0)))
                .reason())
        .contains("up to 10 of them were lost by the archive");
  }

  @Test
  void whereItWasLostIsNotKnownWithoutOffsets() {
    assertThat(
            rules
                .countDelta(stream(100L, 90, 100, List.of(NumberRange.of(41, 50))), List.of())
                .reason())
        .contains("not known");
  }

  @Test
  void aMissingOffsetFailsUnlessItIsADeadLetter() {
    assertThat(rules.offsets(offsets(100, 100, 0, 99, 0)).result()).isEqualTo(CheckResult.PASS);
    assertThat(rules.offsets(offsets(99, 99, 0, 99, 1)).result()).isEqualTo(CheckResult.PASS);
    assertThat(rules.offsets(offsets(99, 99, 0, 99, 0)))
        .satisfies(
            check -> {
              assertThat(check.result()).isEqualTo(CheckResult.FAIL);
              assertThat(check.measured()).isEqualTo(1.0);
              assertThat(check.reason()).contains("1 lost by the archive");
            });
  }

  @Test
  void anOffsetStoredTwiceAlwaysFails() {
    assertThat(rules.storedTwice(offsets(100, 100, 0, 99, 0)).ok()).isTrue();
    assertThat(rules.storedTwice(offsets(101, 100, 0, 99, 0)).result()).isEqualTo(CheckResult.FAIL);
  }

  @Test
  void timeIsCoveredByTheRunThatReachesTheEnd() {
    assertThat(rules.covered(coverage(new MinuteRun(0, 59), 59)).result())
        .isEqualTo(CheckResult.PASS);
    assertThat(rules.covered(coverage(new MinuteRun(0, 58), 58)).result())
        .isEqualTo(CheckResult.FAIL);
    assertThat(rules.covered(coverage(new MinuteRun(0, 59), 90)))
        .satisfies(
            check -> {
              assertThat(check.result()).isEqualTo(CheckResult.FAIL);
              assertThat(check.reason()).contains("the last tick is of 1970-01-01T00:59:00Z");
            });
    assertThat(rules.covered(Coverage.of("mm-1", List.of(), 0, 59)).result())
        .isEqualTo(CheckResult.NO_DATA);
  }

  @Test
  void aBrokenLinkFailsAndIsNamed() {
    assertThat(rules.links(new LinkCount("fill-order", "each", 7, 0, List.of())).ok()).isTrue();
    assertThat(rules.links(new LinkCount("fill-order", "each", 7, 2, List.of("o-1"))))
        .satisfies(
            check -> {
              assertThat(check.result()).isEqualTo(CheckResult.FAIL);
              assertThat(check.reason()).contains("2 of 7 do not (o-1, …)");
            });
  }

  @Test
  void withoutAnyStreamNothingIsProven() {
    assertThat(
            rules.judge(new DatasetCounts(List.of(), List.of(), List.of(), List.of(), List.of())))
        .singleElement()
        .satisfies(check -> assertThat(check.result()).isEqualTo(CheckResult.NO_DATA));
  }

  @Test
  void aDatasetWithoutOffsetsIsNoData() {
    DatasetCounts counts =
        new DatasetCounts(
            List.of(stream(1L, 1, 1, List.of())),
            List.of(),
            List.of("ticks"),
            List.of(),
            List.of());
    assertThat(rules.judge(counts))
        .anySatisfy(
            check -> {
              assertThat(check.name()).isEqualTo("offsets");
              assertThat(check.result()).isEqualTo(CheckResult.NO_DATA);
            });
  }

  private static StreamCounts stream(
      Long said, long stored, long lastSeq, List<NumberRange> missing) {
    return new StreamCounts(
        "mm-1",
        "r1",
        "ticks",
        "ticks",
        0,
        said,
        "its heartbeats",
        stored,
        stored,
        stored == 0 ? 0 : 1,
        lastSeq,
        missing);
  }

  private static OffsetCounts offsets(
      long rows, long stored, long first, long last, long deadLetters) {
    return new OffsetCounts("ticks", false, 0, rows, stored, first, last, List.of(), deadLetters);
  }

  private static Coverage coverage(MinuteRun run, long last) {
    return Coverage.of("mm-1", List.of(run), 0, last);
  }
}
