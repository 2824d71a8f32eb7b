// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.calibrate;

import dev.sluice.cli.TextTable;
import dev.sluice.rules.calibration.ReadinessReport;
import java.util.Locale;
import java.util.stream.Collectors;

/** A judgement for people. */
public final class ReadinessText {
  private ReadinessText() {}

  /** One line per engine, symbol and arm with what is missing below it, then the whole. */
  public static String of(ReadinessReport report) {
    StringBuilder text = new StringBuilder();
    if (!report.keys().isEmpty()) {
      TextTable table =
          new TextTable(
              "engine",
              "symbol",
              "arm",
              "covered h",
              "intervals",
              "filtered",
              "by filter",
              "amended",
              "late events",
              "");
      for (ReadinessReport.Key key : report.keys()) {
        table.row(
            key.engineId(),
            key.symbol(),
            key.arm() == null ? "-" : key.arm().name(),
            String.format(Locale.ROOT, "%.2f", key.coveredHours()),
            Long.toString(key.intervals()),
            Long.toString(key.filteredIntervals()),
            filters(key),
            Long.toString(key.amendedIntervals()),
            Long.toString(key.lateEvents()),
            words(key.readiness().name()));
        key.reasons().forEach(table::note);
      }
      text.append(table.render());
    }
    report.reasons().forEach(reason -> text.append(reason).append('\n'));
    text.append(words(report.readiness().name()))
        .append(": ")
        .append(report.rows())
        .append(" intervals, sha256 ")
        .append(report.sha256())
        .append('\n');
    return text.toString();
  }

  private static String filters(ReadinessReport.Key key) {
    return key.filters().isEmpty()
        ? "-"
        : key.filters().entrySet().stream()
            .map(filter -> words(filter.getKey().name()) + " " + filter.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
