// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * What {@link TrialBench} found.
 *
 * @param trials of each row
 */
public record TrialReport(
    int trials, double wallS, List<NoEffect> noEffect, List<Effect> effect, List<Harm> harm) {

  /** False promotions and false rollbacks are promised to be no more than this share of trials. */
  private static final double PROMISED = 0.05;

  /** A share of trials with its 95 % interval (Clopper and Pearson 1934). */
  public record Share(double share, double lower, double upper) {
    static Share of(long hits, long n) {
      return new Share(
          (double) hits / n,
          hits == 0
              ? 0
              : BetaDistribution.of(hits, n - hits + 1.0).inverseCumulativeProbability(0.025),
          hits == n
              ? 1
              : BetaDistribution.of(hits + 1.0, n - hits).inverseCumulativeProbability(0.975));
    }

    private String text() {
      return String.format(
          Locale.ROOT, "%5.1f %% [%4.1f, %4.1f]", share * 100, lower * 100, upper * 100);
    }
  }

  /**
   * Hours until something happened.
   *
   * @param median −1 when it did not in half of the trials
   * @param p90 −1 when it did not in nine tenths
   * @param happened share of trials in which it did within the week
   */
  public record Hours(double median, double p90, double happened) {
    static Hours of(long[] minutes) {
      long[] sorted =
          Arrays.stream(minutes)
              .map(m -> m == TrialRun.NEVER ? Long.MAX_VALUE : m)
              .sorted()
              .toArray();
      long happened = Arrays.stream(minutes).filter(m -> m != TrialRun.NEVER).count();
      return new Hours(at(sorted, 0.5), at(sorted, 0.9), (double) happened / minutes.length);
    }

    private static double at(long[] sorted, double quantile) {
      long value = sorted[Math.max(1, (int) Math.ceil(quantile * sorted.length)) - 1];
      return value == Long.MAX_VALUE ? -1 : value / 60.0;
    }

    private String text() {
      return hours(median) + " /" + hours(p90);
    }
  }

  /**
   * No effect, a look at each closed block for a week.
   *
   * @param onTicks false decisions of the same bound on ticks within a day; null where not measured
   */
  public record NoEffect(
      String stages,
      double autocorrelation,
      boolean heavyTails,
      Share promoted,
      Share rolledBack,
      @Nullable Share onTicks) {}

  /**
   * B is better by 0.5 bps.
   *
   * @param goalAtHalf at 50 % from the start, until the goal is met, without the dwell
   * @param decidedAtHalf the same with the dwell and everything else
   * @param firstStage at 10 % from the start, until 50 %
   * @param ladder until 100 %
   * @param fixedHorizonHours of Welch's test of the slots at 50 %, with a power of 90 %
   */
  public record Effect(
      double autocorrelation,
      Hours goalAtHalf,
      Hours decidedAtHalf,
      Hours firstStage,
      Hours ladder,
      double fixedHorizonHours) {}

  /**
   * Slippage of B worse by 3 bps from hour 3.
   *
   * @param before rolled back before it began
   * @param afterTenMinutes rolled back exactly ten minutes after it began
   * @param delay from its beginning to the rollback, all trials
   */
  public record Harm(String stage, Share before, Share afterTenMinutes, Hours delay) {}

  /**
   * The shares of false decisions that are surely above what is promised, a sentence each; empty
   * when the promise is kept. Those of the bound on ticks are there to show that it does not keep
   * it.
   */
  public List<String> broken() {
    List<String> broken = new ArrayList<>();
    for (NoEffect row : noEffect) {
      String where =
          String.format(
              Locale.ROOT,
              "no effect, %s, AR(1) %.1f, %s tails",
              row.stages,
              row.autocorrelation,
              row.heavyTails ? "heavy" : "normal");
      check(broken, where + ", promoted", row.promoted);
      check(broken, where + ", rolled back", row.rolledBack);
    }
    for (Harm row : harm) {
      check(broken, "harm at " + row.stage + ", rolled back before", row.before);
    }
    return broken;
  }

  private static void check(List<String> broken, String what, Share share) {
    if (share.lower > PROMISED) {
      broken.add(what + ": " + share.text().strip());
    }
  }

  /** One JSON object, one line. */
  public String json() {
    return new String(Json.write(this), StandardCharsets.UTF_8);
  }

  /** Three tables for people, and whether the promise is kept. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, "%d simulated trials of a week in each row, %.0f s", trials, wallS));
    lines.add("");
    lines.add("no effect: share of trials with a false decision, with its 95 % interval");
    lines.add(
        "stages      AR(1)  tails   promoted                rolled back             on ticks");
    for (NoEffect row : noEffect) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-10s  %4.1f   %-6s  %-22s  %-22s  %s",
              row.stages,
              row.autocorrelation,
              row.heavyTails ? "heavy" : "normal",
              row.promoted.text(),
              row.rolledBack.text(),
              row.onTicks == null ? "-" : row.onTicks.text()));
    }
    lines.add("");
    lines.add("net_bps of B better by 0.5 bps: hours to the decision, median / 90th percentile");
    lines.add("AR(1)  goal met at 50 %  decided at 50 %  10 % to 50 %    10 % to 100 %   fixed");
    for (Effect row : effect) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%4.1f   %-16s  %-15s  %-14s  %-14s  %s",
              row.autocorrelation,
              row.goalAtHalf.text(),
              row.decidedAtHalf.text(),
              row.firstStage.text(),
              row.ladder.text(),
              hours(row.fixedHorizonHours)));
    }
    lines.add("");
    lines.add("slippage of B worse by 3 bps from hour 3, AR(1) 0.6");
    lines.add("stage  rolled back before      after exactly 10 min    delay in h, median / p90");
    for (Harm row : harm) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-5s  %-22s  %-22s  %s",
              row.stage,
              row.before.text(),
              row.afterTenMinutes.text(),
              row.delay.text()));
    }
    lines.add("");
    List<String> broken = broken();
    if (broken.isEmpty()) {
      lines.add("no share of false decisions is surely above 5 %");
    } else {
      lines.add("FAILED, surely above 5 % (the lower end of the interval is):");
      broken.forEach(each -> lines.add("  " + each));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String hours(double hours) {
    return hours < 0 ? "  > week" : String.format(Locale.ROOT, "%6.2f", hours);
  }
}
