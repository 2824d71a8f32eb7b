// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.CalibrationFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadinessJudgeTest {
  private static final CalibrationSettings SETTINGS = CalibrationSettings.defaults();

  /** Rows of so many intervals, of which the first are too slow. */
  private static List<Calibration> rows(String symbol, int intervals, int slow) {
    List<Bucket> tape = new ArrayList<>();
    for (long interval = 0; interval < intervals; interval++) {
      double ms = interval < slow ? 2_000 : 10;
      for (long index = interval * 30; index < interval * 30 + 30; index++) {
        tape.add(
            EngineTape.part(
                index, symbol, null, Map.of("total_us_histogram", EngineTape.histogram(ms, 20))));
        tape.add(EngineTape.part(index, null, null, Map.of()));
      }
    }
    return CalibrationRun.of(SETTINGS, tape).rows;
  }

  private static ReadinessReport judge(CalibrationSettings settings, List<Calibration> rows) {
    CalibrationSet set = new CalibrationSet();
    rows.forEach(set::add);
    return new ReadinessJudge(settings).judge(set);
  }

  private static ReadinessReport.Key judge(int intervals, int slow) {
    return judge(SETTINGS, rows("BTCUSDT", intervals, slow)).keys().get(0);
  }

  @Test
  void aDayIsReady() {
    ReadinessReport.Key key = judge(288, 0);
    assertThat(key.readiness()).isEqualTo(Readiness.READY);
    assertThat(key.reasons()).isEmpty();
    assertThat(key.coveredHours()).isEqualTo(24);
    assertThat(key.intervals()).isEqualTo(288);
    assertThat(key.filteredIntervals()).isZero();
  }

  @Test
  void halfADayIsReadyWithAWarning() {
    for (int intervals : new int[] {144, 287}) {
      ReadinessReport.Key key = judge(intervals, 0);
      assertThat(key.readiness()).isEqualTo(Readiness.READY_WITH_WARNING);
      assertThat(key.reasons()).singleElement().asString().contains("h more would be enough");
    }
    assertThat(judge(144, 0).reasons())
        .containsExactly("12.0 h covered, 12.0 h more would be enough");
  }

  @Test
  void lessIsNotReadyAndSaysHowMuchIsMissing() {
    ReadinessReport.Key key = judge(143, 0);
    assertThat(key.readiness()).isEqualTo(Readiness.NOT_READY);
    assertThat(key.reasons())
        .containsExactly("11.9 h covered: 0.1 h more for a warning, 12.1 h more to be ready");
  }

  @Test
  void aTenthFilteredIsNotReadyAndSaysWhy() {
    assertThat(judge(300, 29).readiness()).isEqualTo(Readiness.READY);
    ReadinessReport.Key key = judge(300, 30);
    assertThat(key.readiness()).isEqualTo(Readiness.NOT_READY);
    assertThat(key.filters()).containsExactly(Map.entry(CalibrationFilter.SLOW, 30L));
    assertThat(key.reasons())
        .containsExactly(
            "10.0 % of the intervals are filtered, less than 10.0 % are allowed: {SLOW=30}");
  }

  @Test
  void noDataIsNeverReady() {
    ReadinessReport report = judge(SETTINGS, List.of());
    assertThat(report.readiness()).isEqualTo(Readiness.NO_DATA);
    assertThat(report.reasons()).singleElement().asString().contains("no data");
    assertThat(report.keys()).isEmpty();
  }

  @Test
  void theWorstKeyDecides() {
    List<Calibration> rows = new ArrayList<>(rows("BTCUSDT", 288, 0));
    rows.addAll(rows("ETHUSDT", 10, 0));
    ReadinessReport report = judge(SETTINGS, rows);
    assertThat(report.readiness()).isEqualTo(Readiness.NOT_READY);
    assertThat(report.keys())
        .extracting(ReadinessReport.Key::readiness)
        .containsExactly(Readiness.READY, Readiness.NOT_READY);
    assertThat(report.rows()).isEqualTo(298);
  }

  @Test
  void aShorterTimeCanBeAskedFor() {
    List<Calibration> rows = rows("BTCUSDT", 24, 0);
    assertThat(judge(SETTINGS.readyAfter(2 * 3_600_000), rows).readiness())
        .isEqualTo(Readiness.READY);
    assertThat(judge(SETTINGS.readyAfter(3 * 3_600_000), rows).readiness())
        .isEqualTo(Readiness.NOT_READY);
  }

  @Test
  void theHighestVersionCountsAndTheHashIsOfTheRowsNotOfTheirOrder() {
    LateHistory history = new LateHistory("mm-1", 3, 150, 120);
    List<Bucket> inputs =
        LateHistory.interleaved(history.buckets, history.amendments, new Random(1));
    List<Calibration> rows = new ArrayList<>(CalibrationRun.of(SETTINGS, inputs).rows);
    ReadinessReport report = judge(SETTINGS, rows);
    assertThat(report.keys()).hasSize(6).anyMatch(key -> key.amendedIntervals() > 0);
    assertThat(report.rows()).isLessThan(rows.size());

    rows.addAll(rows.subList(0, 5));
    Collections.shuffle(rows, new Random(2));
    assertThat(judge(SETTINGS, rows)).isEqualTo(report);

    rows.removeIf(row -> row.version() > 1);
    assertThat(judge(SETTINGS, rows).sha256()).isNotEqualTo(report.sha256());
  }
}
