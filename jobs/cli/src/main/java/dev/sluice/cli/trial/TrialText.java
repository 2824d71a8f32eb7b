// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import dev.sluice.cli.TextTable;
import dev.sluice.schemas.Delta;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.TrialState;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.text.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Trials in words and tables, for people. */
public final class TrialText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final MathContext DIGITS = new MathContext(4);
  private static final String NONE = "-";

  private TrialText() {}

  /** One line per engine, and below it the sentence that says what holds the trial back. */
  public static String status(List<TrialStanding> standings) {
    if (standings.isEmpty()) {
      return "no engine has a trial\n";
    }
    TextTable table =
        new TextTable(
            "engine", "trial", "told", "in force", "since", "covered", "of", "goal", "wish");
    for (TrialStanding standing : standings) {
      TrialStatus status = standing.status();
      TrialState inForce = standing.inForce();
      table.row(
          standing.engineId(),
          standing.trialId() == null ? NONE : standing.trialId(),
          standing.told() == null ? NONE : stage(standing.told().stage()),
          inForce == null ? NONE : stage(inForce.stage()),
          inForce == null ? NONE : time(inForce.sinceUs()),
          status == null ? NONE : minutes(status.coveredMs()),
          status == null ? NONE : minutes(status.dwellMs()),
          standing.goal().map(TrialText::goal).orElse(NONE),
          status == null ? NONE : status.wish().toString());
      table.note(status == null ? "nothing was said of it yet" : status.reason());
    }
    return table.render();
  }

  /** Everything about one engine's trial. */
  public static String explain(TrialStanding standing) {
    StringBuilder text = new StringBuilder();
    TrialStatus status = standing.status();
    text.append(standing.engineId()).append(": ").append(headline(standing)).append('\n');
    if (status != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "  judged at %s: %s of %s covered, %d slots of A and %d of B, %s%n  %s: %s%n%n%s",
              time(status.eventTimeUs()),
              minutes(status.coveredMs()),
              minutes(status.dwellMs()),
              status.slotsA(),
              status.slotsB(),
              sampleRatio(status.sampleRatioP()),
              status.wish(),
              status.reason(),
              deltas(status.deltas())));
    }
    lines(text, "Verdicts that hold the promotion", standing.held(), "none");
    lines(
        text,
        "Decisions about the stage",
        standing.decisions().stream().map(TrialText::decision).toList(),
        "none");
    return text.toString();
  }

  /** The differences between the arms. */
  public static String deltas(List<Delta> deltas) {
    if (deltas.isEmpty()) {
      return "no slot of the other arm to compare with\n";
    }
    TextTable table =
        new TextTable(
            "metric",
            "unit",
            "role",
            "B - A",
            "interval",
            "blocks",
            "of slots",
            "lag-1",
            "A",
            "B",
            "n A",
            "n B",
            "outcome");
    for (Delta delta : deltas) {
      table.row(
          delta.metric(),
          delta.unit(),
          delta.role().toString().toLowerCase(Locale.ROOT),
          number(delta.estimate()),
          interval(delta.lower(), delta.upper()),
          Long.toString(delta.blocks()),
          Long.toString(delta.blockSlots()),
          number(delta.autocorrelation()),
          number(delta.valueA()),
          number(delta.valueB()),
          Long.toString(delta.samplesA()),
          Long.toString(delta.samplesB()),
          delta.outcome().toString());
      table.note(delta.reason());
    }
    return table.render();
  }

  private static String headline(TrialStanding standing) {
    RolloutState told = standing.told();
    TrialState inForce = standing.inForce();
    String trial = standing.trialId() == null ? "no trial" : standing.trialId();
    return trial
        + ", told "
        + (told == null ? "nothing" : stage(told.stage()))
        + (inForce == null
            ? ", and nothing is in force"
            : ", in force "
                + stage(inForce.stage())
                + " since "
                + time(inForce.sinceUs())
                + ", slots of "
                + Durations.format(inForce.slotMs()));
  }

  private static String decision(StageChange change) {
    return time(change.eventTimeUs())
        + "  "
        + (change.from() == null ? "?" : stage(change.from()))
        + " → "
        + stage(change.to())
        + "  (epoch "
        + change.epoch()
        + ")  "
        + change.because();
  }

  private static void lines(StringBuilder text, String title, List<String> lines, String none) {
    text.append('\n').append(title).append('\n');
    (lines.isEmpty() ? List.of(none) : lines)
        .forEach(line -> text.append("  ").append(line).append('\n'));
  }

  private static String goal(Delta goal) {
    return goal.metric()
        + " "
        + number(goal.estimate())
        + " in "
        + interval(goal.lower(), goal.upper());
  }

  /** {@code 10 %}, or the stage's own word. */
  public static String stage(String stage) {
    return stage.isEmpty() || !Character.isDigit(stage.charAt(0)) ? stage : stage + " %";
  }

  static String interval(Double lower, Double upper) {
    return lower == null || upper == null
        ? "no bound"
        : "[" + number(lower) + ", " + number(upper) + "]";
  }

  static String number(Double value) {
    return value == null
        ? NONE
        : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  static String sampleRatio(Double p) {
    return p == null
        ? "nothing to test the slots' ratio with"
        : String.format(Locale.ROOT, "as uneven as this by chance: p = %.3g", p);
  }

  /** Event time, UTC, to the second. */
  public static String time(long us) {
    return TIME.format(Instant.EPOCH.plus(us, ChronoUnit.MICROS));
  }

  private static String minutes(long ms) {
    return Durations.format(ms / 60_000 * 60_000);
  }
}
