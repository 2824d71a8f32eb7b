// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.live;

import static dev.sluice.rules.live.LiveRecords.miss;
import static dev.sluice.rules.live.LiveRecords.promote;
import static dev.sluice.rules.live.LiveRecords.revert;
import static dev.sluice.rules.live.LiveRecords.stage;
import static dev.sluice.rules.live.LiveRecords.stageOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.LiveMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveCriteriaTest {
  private static final String OLD = miss("miss", "over: 1m, breach: \"> 0.05\", action: PAUSE");
  private static final String NEW = miss("miss", "over: 1m, breach: \"> 0.5\", action: HALT");
  private static final List<CriterionSpec> FILES =
      CriteriaYaml.parse(
          "files.yaml",
          OLD
              + """

              - {id: cap, metric: deadline_miss_ratio, over: 1m, breach: "> 0.9", action: HALT,
                 on_missing: {after: 1h, action: ALERT}, warn_at: 0.5}
              - {id: taken-staged, metric: deadline_miss_ratio, over: 1m, breach: "> 0.9",
                 action: HALT, on_missing: {after: 1h, action: ALERT}}
              - {id: var, metric: var_ratio, instant: true, breach: "> 0.1", action: HALT,
                 scope: portfolio, on_missing: {after: 1h, action: ALERT}}
              """);

  private static LiveCriteria files() {
    return LiveCriteria.of(FILES, List.of("loss"));
  }

  @Test
  void withoutARecordTheFilesHold() {
    assertThat(files().all()).isEqualTo(FILES);
  }

  @Test
  void aStagedTextIsJudgedBesideWhatIsInForceUnderItsOwnIdAndInShadow() {
    LiveCriteria staged = taken(files(), stage("miss", 1, NEW));
    assertThat(staged.all())
        .extracting(CriterionSpec::id)
        .containsExactly("miss", "miss-staged", "cap", "cap-warning", "taken-staged", "var");
    assertThat(staged.inForce("miss")).isEqualTo(FILES.get(0));
    assertThat(staged.staged("miss").mode()).isEqualTo(Enforcement.SHADOW);
    assertThat(staged.staged("miss").breach().value()).isEqualTo(0.5);
    assertThat(staged.inForceVersion("miss")).isZero();
  }

  @Test
  void aPromotedTextReplacesTheFilesInItsPlaceAndARevertedOneGivesItBack() {
    LiveCriteria promoted = taken(files(), promote("miss", 1, NEW));
    assertThat(promoted.all())
        .extracting(CriterionSpec::id)
        .containsExactly("miss", "cap", "cap-warning", "taken-staged", "var");
    assertThat(promoted.inForce("miss").breach().value()).isEqualTo(0.5);
    assertThat(promoted.inForce("miss").mode()).isEqualTo(Enforcement.ENFORCE);
    assertThat(promoted.inForceVersion("miss")).isEqualTo(1);
    assertThat(taken(promoted, revert("miss", 2)).all()).isEqualTo(FILES);
  }

  @Test
  void whatWasPromotedStaysInForceWhileTheNextTextIsStaged() {
    LiveCriterion promoted = promote("miss", 1, NEW);
    LiveCriterion next = stageOver(promoted, NEW.replace("0.5", "0.7"));
    LiveCriteria both = taken(files(), next); // compacted: the earlier record is gone
    assertThat(both.inForce("miss").breach().value()).isEqualTo(0.5);
    assertThat(both.inForceVersion("miss")).isEqualTo(1);
    assertThat(both.staged("miss").breach().value()).isEqualTo(0.7);
  }

  @Test
  void aCriterionThatNoFileHasComesAndGoes() {
    String fresh = miss("fresh", "over: 1m, breach: \"> 0.1\", action: PAUSE, warn_at: 0.5");
    LiveCriteria promoted = taken(files(), promote("fresh", 1, fresh));
    assertThat(promoted.all())
        .extracting(CriterionSpec::id)
        .containsExactly(
            "miss", "cap", "cap-warning", "taken-staged", "var", "fresh", "fresh-warning");
    assertThat(taken(promoted, revert("fresh", 2)).all()).isEqualTo(FILES);
  }

  @Test
  void theWarningGoesWithTheTextThatHadIt() {
    String without = miss("cap", "over: 1m, breach: \"> 0.8\", action: HALT");
    assertThat(taken(files(), promote("cap", 1, without)).all())
        .extracting(CriterionSpec::id)
        .containsExactly("miss", "cap", "taken-staged", "var");
  }

  @Test
  void readingEverythingAgainChangesNothingAndAnOlderVersionIsNotHeard() {
    LiveCriterion one = stage("miss", 1, NEW);
    LiveCriterion two = promote("miss", 2, NEW);
    LiveCriteria both = taken(taken(files(), one), two);
    assertThat(both.take(two).kind()).isEqualTo(Reception.Kind.REPEATED);
    assertThat(both.take(one).kind()).isEqualTo(Reception.Kind.SUPERSEDED);
    assertThat(both.take(one).criteria()).isSameAs(both);
    assertThat(both.records()).containsExactly(two);
  }

  @Test
  void twoPeopleCannotMeanDifferentThingsByOneVersion() {
    LiveCriteria first = taken(files(), stage("miss", 1, NEW));
    Reception second = first.take(revert("miss", 1));
    assertThat(second.kind()).isEqualTo(Reception.Kind.REJECTED);
    assertThat(second.reason()).contains("another text already, by ann");
    assertThat(second.criteria()).isSameAs(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          loss         | over: 1m, breach: "> 0.1", action: PAUSE | is a hard cap
          x-warning    | over: 1m, breach: "> 0.1", action: PAUSE | which is the judge's own
          taken        | over: 1m, breach: "> 0.1", action: PAUSE | have a criterion `taken-staged`
          var          | over: 1m, breach: "> 0.1", action: PAUSE | is judged by the job of portfolio
          abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcd | over: 1m, breach: "> 0.1", action: PAUSE | at most 64 characters
          """)
  void whatMayNotBeChangedIsRefusedWithAReason(String id, String keys, String reason) {
    Reception refused = files().take(promote(id, 1, miss(id, keys)));
    assertThat(refused.kind()).isEqualTo(Reception.Kind.REJECTED);
    assertThat(refused.reason()).contains(reason);
    assertThat(refused.criteria().all()).isEqualTo(FILES);
  }

  @Test
  void aCriterionOfAnotherJudgeCannotBecomeLiveUnderANewIdEither() {
    String parity =
        "- {id: mine, metric: var_ratio, instant: true, scope: portfolio, breach: \"> 0.1\","
            + " action: HALT, on_missing: {after: 1h, action: ALERT}}";
    assertThat(files().take(promote("mine", 1, parity)).reason())
        .contains("reads its criteria when it starts");
  }

  @Test
  void aTextThatIsNotWhatItsRecordSaysIsRefused() {
    LiveCriterion other = stage("miss", 1, NEW.replace("id: miss", "id: hit"));
    LiveCriterion altered = with(stage("miss", 1, NEW), NEW.replace("0.5", "0.9"), LiveMode.SHADOW);
    assertThat(files().take(other).reason()).contains("the text is of `hit`, the record of `miss`");
    assertThat(files().take(altered).reason()).contains("altered");
    assertThat(files().take(with(altered, "- {id: miss}", LiveMode.SHADOW)).reason())
        .contains("`metric` is mandatory");
    assertThat(files().take(with(altered, null, LiveMode.SHADOW)).reason())
        .contains("needs a text");
    assertThat(files().take(with(altered, NEW, LiveMode.REVERTED)).reason())
        .contains("has no text");
  }

  @Test
  void aTextOfSeveralOrThatSwitchesOffIsNoText() {
    assertThatThrownBy(() -> LiveText.read("f", OLD + "\n" + NEW.replace("id: miss", "id: b")))
        .hasMessageContaining("2 criteria");
    assertThatThrownBy(() -> LiveText.read("f", NEW.replace("{id", "{mode: off, id")))
        .hasMessageContaining("unjudged");
    assertThatThrownBy(() -> LiveText.read("f", " ".repeat(LiveText.MAX_LENGTH + 1)))
        .hasMessageContaining("at most");
  }

  @Test
  void thereIsALimitToWhatDiffersFromTheFiles() {
    LiveCriteria live = files();
    for (int i = 0; i < LiveCriteria.MAX_LIVE; i++) {
      live =
          taken(
              live,
              promote("c" + i, 1, miss("c" + i, "over: 1m, breach: \"> 0.1\", action: PAUSE")));
    }
    String more = miss("more", "over: 1m, breach: \"> 0.1\", action: PAUSE");
    assertThat(live.take(promote("more", 1, more)).reason()).contains("already 64");
    assertThat(taken(live, revert("c0", 2)).take(promote("more", 1, more)).kind())
        .isEqualTo(Reception.Kind.APPLIED);
  }

  private static LiveCriteria taken(LiveCriteria before, LiveCriterion record) {
    Reception reception = before.take(record);
    assertThat(reception.kind()).as(reception.reason()).isEqualTo(Reception.Kind.APPLIED);
    return reception.criteria();
  }

  private static LiveCriterion with(LiveCriterion record, String text, LiveMode mode) {
    return new LiveCriterion(
        record.schema(),
        record.criterionId(),
        record.version(),
        mode,
        text,
        record.criteriaHash(),
        record.who(),
        record.why(),
        record.issuedAtUs(),
        null,
        null,
        null);
  }
}
