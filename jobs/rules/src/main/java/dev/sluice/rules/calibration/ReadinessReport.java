// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.CalibrationFilter;
import dev.sluice.schemas.Nullable;
import java.util.List;
import java.util.Map;

/**
 * What a dataset of intervals is worth.
 *
 * @param readiness that of its worst key; NO_DATA without any
 * @param sha256 of the rows judged, see {@link CalibrationSet#sha256()}
 * @param reasons what is missing or warned of, for the whole; empty when all keys say it themselves
 */
public record ReadinessReport(
    Readiness readiness, long rows, String sha256, List<String> reasons, List<Key> keys) {

  /**
   * One symbol and arm of one engine.
   *
   * @param intervals intervals with data
   * @param coveredHours hours of buckets with a tick, filtered intervals included
   * @param filteredIntervals those with at least one filter
   * @param filteredRatio filteredIntervals / intervals
   * @param filters intervals by filter; one may have several
   * @param amendedIntervals those whose last version is an amendment
   * @param lateEvents events that came late, in whatever version
   * @param reasons what is missing, or what the warning is; empty when ready
   */
  public record Key(
      String engineId,
      String symbol,
      @Nullable Arm arm,
      Readiness readiness,
      long intervals,
      double coveredHours,
      long filteredIntervals,
      double filteredRatio,
      Map<CalibrationFilter, Long> filters,
      long amendedIntervals,
      long lateEvents,
      List<String> reasons) {}
}
