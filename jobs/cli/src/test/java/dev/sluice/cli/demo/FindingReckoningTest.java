// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault that is not found, or found wrongly, must show; so must a finding without a fault. */
class FindingReckoningTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final long HOUR_MS = 3_600_000L;
  private static final String ENGINE = "mm-1";

  private final FindingBook book = new FindingBook(ENGINE);

  @Test
  void acceptsAFindingThatIsConfirmedInTimeAndHeals() {
    life("a", FindingKind.PRICE_DIFFERS, HOUR_MS + 30_000, 15_000, FindingStatus.HEALED);
    FindingReckoning.Result result = reckon(price(1, FindingStatus.HEALED));
    assertThat(result.ok()).isTrue();
    assertThat(result.rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.count()).isEqualTo(1);
              assertThat(row.ageMs()).isEqualTo(15_000.0);
              assertThat(row.ends()).isEqualTo("HEALED");
            });
  }

  @Test
  void failsWhenNothingIsFound() {
    assertThat(problem(price(1, FindingStatus.HEALED))).isEqualTo("never found");
  }

  @Test
  void failsWhenItIsFoundMoreOftenThanItHappened() {
    life("a", FindingKind.PRICE_DIFFERS, HOUR_MS + 30_000, 15_000, FindingStatus.HEALED);
    life("b", FindingKind.PRICE_DIFFERS, HOUR_MS + 31_000, 15_000, FindingStatus.HEALED);
    assertThat(problem(price(1, FindingStatus.HEALED))).isEqualTo("2 found, 1 expected");
    assertThat(reckon(price(2, FindingStatus.HEALED)).ok()).isTrue();
  }

  @Test
  void chanceMayDecideHowManyWithinLimits() {
    Scenario.ExpectedFinding upToTwo =
        new Scenario.ExpectedFinding(
            FindingKind.PRICE_DIFFERS, 1, 2, "45s", null, FindingStatus.HEALED);
    assertThat(problem(upToTwo)).isEqualTo("never found");
    life("a", FindingKind.PRICE_DIFFERS, HOUR_MS + 30_000, 15_000, FindingStatus.HEALED);
    life("b", FindingKind.PRICE_DIFFERS, HOUR_MS + 30_000, 15_000, FindingStatus.HEALED);
    assertThat(reckon(upToTwo).ok()).isTrue();
    life("c", FindingKind.PRICE_DIFFERS, HOUR_MS + 30_000, 15_000, FindingStatus.HEALED);
    assertThat(problem(upToTwo)).isEqualTo("3 found, 1 to 2 expected");
  }

  @Test
  void failsWhenItIsOfAnotherKind() {
    life("a", FindingKind.FEE_DIFFERS, HOUR_MS + 30_000, 15_000, FindingStatus.HEALED);
    FindingReckoning.Result result = reckon(price(1, FindingStatus.HEALED));
    assertThat(result.rows().get(0).problem()).isEqualTo("never found");
    assertThat(result.unexpected()).singleElement().asString().contains("FEE_DIFFERS", "because");
  }

  @Test
  void failsWhenItIsConfirmedLate() {
    life("a", FindingKind.PRICE_DIFFERS, HOUR_MS + 50_000, 15_000, FindingStatus.HEALED);
    assertThat(problem(price(1, FindingStatus.HEALED))).isEqualTo("5.0 s of event time late");
  }

  @Test
  void failsWhenItEndsOtherwise() {
    life("a", FindingKind.PRICE_DIFFERS, HOUR_MS + 30_000, 15_000, FindingStatus.ESCALATED);
    assertThat(problem(price(1, FindingStatus.HEALED))).isEqualTo("it ends as ESCALATED");
  }

  @Test
  void failsWhenItBeganBeforeTheFaultOrIsTooOld() {
    life("a", FindingKind.PRICE_DIFFERS, HOUR_MS + 30_000, 60_000, FindingStatus.HEALED);
    assertThat(problem(price(1, FindingStatus.HEALED))).isEqualTo("it began 30.0 s too early");
  }

  @Test
  void failsWhenTheAgeIsNotTheTimeSinceItBegan() {
    book.heard(word("a", FindingKind.PRICE_DIFFERS, HOUR_MS + 30_000, 15_000, 3_000));
    assertThat(problem(price(1, FindingStatus.CONFIRMED)))
        .isEqualTo("its age is 3.0 s, but it began 15.0 s before");
  }

  @Test
  void failsWhenOneFindingIsConfirmedTwice() {
    life("a", FindingKind.PRICE_DIFFERS, HOUR_MS + 30_000, 15_000, FindingStatus.HEALED);
    book.heard(word("a", FindingKind.PRICE_DIFFERS, HOUR_MS + 90_000, 75_000, 75_000));
    assertThat(problem(price(1, FindingStatus.CONFIRMED))).isEqualTo("confirmed 2 times");
  }

  @Test
  void aRecordThatCameTwiceIsOneRecord() {
    Finding word = word("a", FindingKind.PRICE_DIFFERS, HOUR_MS + 30_000, 15_000, 15_000);
    book.heard(word);
    book.heard(word);
    assertThat(reckon(price(1, FindingStatus.CONFIRMED)).ok()).isTrue();
  }

  @Test
  void healthyHoursStaySilent() {
    assertThat(reckon().ok()).isTrue();
    life("a", FindingKind.LATE_FILL, 60_000, 10_000, FindingStatus.NOTED);
    assertThat(reckon().unexpected()).singleElement().asString().contains("LATE_FILL");
    assertThat(reckon().ok()).isFalse();
  }

  @Test
  void eachFaultHasTheFindingsOfItsOwnTime() {
    life("a", FindingKind.PRICE_DIFFERS, HOUR_MS + 30_000, 15_000, FindingStatus.HEALED);
    life("b", FindingKind.PRICE_DIFFERS, 2 * HOUR_MS + 30_000, 15_000, FindingStatus.HEALED);
    Scenario scenario =
        scenario(
            List.of(
                fault("one", HOUR_MS, price(1, FindingStatus.HEALED)),
                fault("two", 2 * HOUR_MS, price(1, FindingStatus.HEALED))));
    assertThat(FindingReckoning.of(scenario, START_US, book).ok()).isTrue();
  }

  private String problem(Scenario.ExpectedFinding expected) {
    return reckon(expected).rows().get(0).problem();
  }

  private FindingReckoning.Result reckon(Scenario.ExpectedFinding... expected) {
    return FindingReckoning.of(
        scenario(List.of(fault("fault", HOUR_MS, expected))), START_US, book);
  }

  private static Scenario.ExpectedFinding price(int count, FindingStatus ends) {
    return new Scenario.ExpectedFinding(FindingKind.PRICE_DIFFERS, count, "45s", null, ends);
  }

  private static Scenario.Fault fault(String id, long atMs, Scenario.ExpectedFinding... expected) {
    return new Scenario.Fault(id, FaultKind.HOLE, atMs, 60_000, null, List.of(), List.of(expected));
  }

  private static Scenario scenario(List<Scenario.Fault> faults) {
    return new Scenario(
        "test", null, START_US, 24 * HOUR_MS, 1, ENGINE, 10, List.of("SIMUSDT"), faults, List.of());
  }

  private void life(String id, FindingKind kind, long confirmedMs, long ageMs, FindingStatus ends) {
    book.heard(word(id, kind, confirmedMs, ageMs, ageMs));
    book.heard(finding(id, kind, ends, confirmedMs + 1_000, ageMs + 1_000, ageMs + 1_000));
  }

  private static Finding word(
      String id, FindingKind kind, long confirmedMs, long sinceMs, long ageMs) {
    return finding(id, kind, FindingStatus.CONFIRMED, confirmedMs, sinceMs, ageMs);
  }

  private static Finding finding(
      String id, FindingKind kind, FindingStatus status, long atMs, long sinceMs, long ageMs) {
    return new Finding(
        Finding.SCHEMA,
        id,
        ENGINE,
        kind,
        "fill=" + id,
        status,
        Severity.WARNING,
        Source.SIMULATED,
        START_US + atMs * 1000,
        START_US + (atMs - sinceMs) * 1000,
        START_US + atMs * 1000,
        ageMs,
        3,
        null,
        null,
        id,
        null,
        null,
        null,
        "quote",
        null,
        "because");
  }
}
