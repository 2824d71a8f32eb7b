// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.replay;

import dev.sluice.cli.TextTable;
import dev.sluice.rules.replay.CriterionHistory;
import dev.sluice.rules.replay.Decided;
import dev.sluice.rules.replay.EngineHistory;
import dev.sluice.rules.replay.Episode;
import dev.sluice.rules.replay.Redecided;
import dev.sluice.rules.replay.ReplayDiff;
import dev.sluice.rules.replay.Score;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.text.Durations;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a replay found, for people. */
public final class ReplayText {
  private static final int MOST = 40;

  private ReplayText() {}

  /** Trips, decisions and how near each criterion came. */
  public static String of(List<EngineHistory> histories) {
    StringBuilder text = new StringBuilder();
    List<Episode> episodes =
        histories.stream().flatMap(history -> history.episodes().stream()).toList();
    text.append("Trips\n").append(episodes(episodes)).append('\n');
    text.append("Decisions\n").append(decisions(histories)).append('\n');
    text.append("How near each criterion came\n").append(criteria(histories));
    return text.toString();
  }

  /** What two versions say differently. */
  public static String of(ReplayDiff diff) {
    StringBuilder text = new StringBuilder();
    text.append("Trips of the old version alone\n").append(episodes(diff.onlyOld())).append('\n');
    text.append("Trips of the new version alone\n").append(episodes(diff.onlyNew())).append('\n');
    text.append("Trips of both, at another time\n");
    if (diff.moved().isEmpty()) {
      text.append("  none\n");
    } else {
      TextTable table = new TextTable("engine", "criterion", "old", "new", "later by");
      for (ReplayDiff.Moved moved : diff.moved()) {
        table.row(
            moved.before().engineId(),
            name(moved.before()),
            time(moved.before().trippedUs()) + " " + moved.before().action(),
            time(moved.after().trippedUs()) + " " + moved.after().action(),
            (moved.laterMs() < 0 ? "-" : "") + Durations.format(Math.abs(moved.laterMs())));
      }
      text.append(table.render());
    }
    return text.append('\n').append(diff.same()).append(" trips are the same\n").toString();
  }

  /** Detections and false stops. */
  public static String of(Score score) {
    TextTable table = new TextTable("incident", "engine", "first seen by", "time to detect");
    for (Score.Detection detection : score.detections()) {
      table.row(
          detection.incident().name(),
          detection.incident().engineId(),
          detection.criterionId() == null ? "NOT SEEN" : detection.criterionId(),
          detection.timeToDetectMs() == null ? "-" : Durations.format(detection.timeToDetectMs()));
    }
    return "Incidents\n"
        + table.render()
        + String.format(
            Locale.ROOT,
            "%d stops outside every incident in %.1f engine-days: %.3f a day%n",
            score.falseStops().size(),
            score.days(),
            score.falseStopsPerDay());
  }

  private static String episodes(List<Episode> episodes) {
    if (episodes.isEmpty()) {
      return "  none\n";
    }
    TextTable table =
        new TextTable("engine", "criterion", "breach from", "tripped", "action", "until", "worst");
    for (Episode episode : episodes.subList(0, Math.min(MOST, episodes.size()))) {
      table.row(
          episode.engineId(),
          name(episode),
          time(episode.startUs()),
          time(episode.trippedUs()),
          episode.action().toString(),
          episode.endUs() == null ? "stands" : time(episode.endUs()),
          episode.withoutData() ? "no data" : number(episode.worst()));
    }
    return table.render() + more(episodes.size());
  }

  private static String decisions(List<EngineHistory> histories) {
    List<Decided> all = new ArrayList<>();
    histories.forEach(history -> all.addAll(history.decisions()));
    if (all.isEmpty()) {
      return "  none\n";
    }
    TextTable table = new TextTable("engine", "at", "mode", "because", "decision");
    for (Decided decided : all.subList(0, Math.min(MOST, all.size()))) {
      table.row(
          decided.engineId(),
          time(decided.atUs()),
          decided.mode().toString(),
          decided.because(),
          decided.decisionId());
    }
    return table.render() + more(all.size());
  }

  private static String criteria(List<EngineHistory> histories) {
    Map<String, List<CriterionHistory>> byId = new LinkedHashMap<>();
    for (EngineHistory history : histories) {
      history
          .criteria()
          .forEach(
              one -> byId.computeIfAbsent(one.criterionId(), id -> new ArrayList<>()).add(one));
    }
    TextTable table =
        new TextTable(
            "criterion",
            "judged",
            "breach",
            "no data",
            "trips",
            "worst",
            "from the limit",
            "longest hold");
    byId.forEach(
        (id, all) -> {
          CriterionHistory nearest =
              all.stream()
                  .filter(one -> one.distance() != null)
                  .min(Comparator.comparingDouble(CriterionHistory::distance))
                  .orElse(null);
          table.row(
              id,
              count(all.stream().mapToLong(CriterionHistory::evaluations).sum()),
              count(all.stream().mapToLong(CriterionHistory::breaches).sum()),
              count(all.stream().mapToLong(CriterionHistory::noData).sum()),
              count(all.stream().mapToLong(CriterionHistory::trips).sum()),
              nearest == null ? "-" : number(nearest.worst()),
              nearest == null
                  ? "-"
                  : String.format(Locale.ROOT, "%+.0f %%", nearest.distance() * 100),
              Durations.format(
                  all.stream().mapToLong(CriterionHistory::longestHoldMs).max().orElse(0)));
        });
    return table.render();
  }

  private static String name(Episode episode) {
    return episode.criterionId()
        + (episode.scopeKey().isEmpty() ? "" : " (" + episode.scopeKey() + ")");
  }

  private static String more(int size) {
    return size > MOST ? "and " + (size - MOST) + " more; --output json has them all\n" : "";
  }

  private static String time(long us) {
    return Instant.EPOCH.plus(us, ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String number(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4g", value);
  }

  /** Decisions that were decided again: one line each, and what differs below it. */
  public static String ofDecisions(Map<String, List<Redecided>> engines) {
    TextTable table = new TextTable("engine", "epoch", "at", "mode", "decision", "again");
    engines.forEach(
        (engineId, all) ->
            all.forEach(
                one -> {
                  Control shown = one.archived() == null ? one.again() : one.archived();
                  table.row(
                      engineId,
                      Long.toString(shown.epoch()),
                      time(shown.eventTimeUs()),
                      shown.mode().name(),
                      shown.decisionId(),
                      one.reproduced() ? "the same, bit for bit" : "DIFFERS");
                  one.differences().forEach(table::note);
                }));
    return table.render();
  }
}
