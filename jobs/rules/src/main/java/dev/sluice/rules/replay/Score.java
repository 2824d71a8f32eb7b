// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Nullable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How good a history's decisions were, against what really happened.
 *
 * @param detections one for each incident
 * @param falseStops decisions of criteria that restrict an engine outside every incident
 * @param days judged, of all engines together
 */
public record Score(List<Detection> detections, List<Decided> falseStops, double days) {
  private static final double DAY_US = 86_400_000_000.0;

  /**
   * When an incident was seen.
   *
   * @param criterionId which criterion tripped first; null when none did
   * @param timeToDetectMs from the beginning of the incident to that trip; null when none did
   */
  public record Detection(
      Incident incident, @Nullable String criterionId, @Nullable Long timeToDetectMs) {}

  /** Scores. */
  public static Score of(List<EngineHistory> histories, List<Incident> incidents) {
    List<Detection> detections = new ArrayList<>();
    for (Incident incident : incidents) {
      Episode first =
          histories.stream()
              .flatMap(history -> history.episodes().stream())
              .filter(incident::covers)
              .min(Comparator.comparingLong(Episode::trippedUs))
              .orElse(null);
      detections.add(
          first == null
              ? new Detection(incident, null, null)
              : new Detection(
                  incident, first.criterionId(), (first.trippedUs() - incident.fromUs()) / 1_000));
    }
    List<Decided> falseStops = new ArrayList<>();
    double days = 0;
    for (EngineHistory history : histories) {
      days += (history.untilUs() - history.fromUs()) / DAY_US;
      Mode before = Mode.RUN;
      for (Decided decided : history.decisions()) {
        boolean restricts = decided.mode().compareTo(before) > 0 && !decided.byPerson();
        if (restricts && incidents.stream().noneMatch(incident -> incident.covers(decided))) {
          falseStops.add(decided);
        }
        before = decided.mode();
      }
    }
    return new Score(List.copyOf(detections), List.copyOf(falseStops), days);
  }

  /** False stops per engine and day; 0 days have none. */
  public double falseStopsPerDay() {
    return days == 0 ? 0 : falseStops.size() / days;
  }
}
