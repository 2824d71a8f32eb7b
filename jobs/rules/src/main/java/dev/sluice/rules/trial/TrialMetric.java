// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.bucket.LatencyBins;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/** The metrics a trial compares, each with its value over the sums of one slot or of one arm. */
public enum TrialMetric {
  NET_BPS(Metric.NET_BPS, Part.MARKED, Scale.BPS, TrialMetric::net, s -> s.fills),
  CAPTURE_BPS(
      Metric.CAPTURE_BPS,
      Part.AT_ONCE,
      Scale.BPS,
      s -> ratio(s.captureSumE6, s.captureWeightE6),
      s -> s.fills),
  SLIPPAGE_BPS(
      Metric.SLIPPAGE_BPS,
      Part.AT_ONCE,
      Scale.BPS,
      s -> ratio(s.slippageSumE6, s.slippageWeightE6),
      s -> s.fills),
  FEE_BPS(
      Metric.FEE_BPS, Part.AT_ONCE, Scale.BPS, s -> ratio(s.feeSumE6, s.feeWeightE6), s -> s.fills),
  MARKOUT_1S_BPS(
      Metric.MARKOUT_1S_BPS,
      Part.MARKED,
      Scale.BPS,
      s -> ratio(s.markout1sSumE6, s.markout1sWeightE6),
      s -> s.fills),
  MARKOUT_5S_BPS(
      Metric.MARKOUT_5S_BPS,
      Part.MARKED,
      Scale.BPS,
      s -> ratio(s.markout5sSumE6, s.markout5sWeightE6),
      s -> s.fills),
  MARKOUT_30S_BPS(
      Metric.MARKOUT_30S_BPS,
      Part.MARKED,
      Scale.BPS,
      s -> ratio(s.markout30sSumE6, s.markout30sWeightE6),
      s -> s.fills),
  MARKOUT_60S_BPS(
      Metric.MARKOUT_60S_BPS,
      Part.MARKED,
      Scale.BPS,
      s -> ratio(s.markout60sSumE6, s.markout60sWeightE6),
      s -> s.fills),
  FILL_RATIO(
      Metric.FILL_RATIO,
      Part.AT_ONCE,
      Scale.RATIO,
      s -> ratio(s.filledIntents, s.ordersIntended),
      s -> s.ordersIntended),
  TAKER_SHARE(
      Metric.TAKER_SHARE,
      Part.AT_ONCE,
      Scale.RATIO,
      s -> ratio(s.takerNotionalE6, s.notionalE6),
      s -> s.fills),
  TAKER_SHARE_COUNT(
      Metric.TAKER_SHARE_COUNT,
      Part.AT_ONCE,
      Scale.RATIO,
      s -> ratio(s.takerFills, s.fills),
      s -> s.fills),
  DEADLINE_MISS_RATIO(
      Metric.DEADLINE_MISS_RATIO,
      Part.AT_ONCE,
      Scale.RATIO,
      s -> ratio(s.deadlineMisses, s.ticks),
      s -> s.ticks),
  TICK_TOTAL_P95_REGRESSION_RATIO(
      Metric.TICK_TOTAL_P95_REGRESSION_RATIO,
      Part.AT_ONCE,
      Scale.RELATIVE,
      TrialMetric::totalP95Ms,
      s -> s.ticks);

  /** How the values of two arms are compared, and what a difference usually is. */
  enum Scale {
    /** B − A, basis points. */
    BPS(new Prior(0.5, 5), 2, " bps"),
    /** B − A, of shares. */
    RATIO(new Prior(0.05, 5), 4, ""),
    /** B / A − 1; compared as ln B − ln A, which changes its sign when the arms are swapped. */
    RELATIVE(new Prior(0.05, 5), 4, "");

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    private final Prior prior;

    private final int decimals;
    private final String unit;

    Scale(Prior prior, int decimals, String unit) {
      this.prior = prior;
      this.decimals = decimals;
      this.unit = unit;
    }

    /** Of one block difference. */
    Prior prior() {
      return prior;
    }

    /** A difference for people, with its sign and unit. */
    String text(double difference) {
      return Figures.signed(difference, decimals) + unit;
    }

    /** An interval for people, without the unit. */
    String range(double lower, double upper) {
      return "[" + Figures.fixed(lower, decimals) + ", " + Figures.fixed(upper, decimals) + "]";
    }

    /** To follow a number, empty for a share. */
    String unit() {
      return unit;
    }
  }

  /** A value of the sums of a slot, NaN where there is none. */
  interface Value {
    double of(SlotSums sums);
  }

  private final Metric metric;
  private final Part part;
  private final Scale scale;

  @SuppressWarnings("ImmutableEnumChecker") // holds nothing
  private final Value value;

  @SuppressWarnings("ImmutableEnumChecker") // holds nothing
  private final ToLongFunction<SlotSums> samples;

  TrialMetric(
      Metric metric, Part part, Scale scale, Value value, ToLongFunction<SlotSums> samples) {
    this.metric = metric;
    this.part = part;
    this.scale = scale;
    this.value = value;
    this.samples = samples;
  }

  /** How this metric is compared, or null when a trial cannot compare it. */
  public static TrialMetric of(Metric metric) {
    for (TrialMetric each : values()) {
      if (each.metric == metric) {
        return each;
      }
    }
    return null;
  }

  /** Ids of all metrics a trial can compare. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(each -> each.metric.id()).toList();
  }

  public Metric metric() {
    return metric;
  }

  public Part part() {
    return part;
  }

  Scale scale() {
    return scale;
  }

  /** The metric over these sums; samples = fills, orders or ticks, whatever it rests on. */
  public Measurement measure(SlotSums sums) {
    return Measurement.of(value.of(sums), samples.applyAsLong(sums));
  }

  /** The metric over these sums, NaN without any. */
  double value(SlotSums sums) {
    return value.of(sums);
  }

  private static double ratio(long numerator, long denominator) {
    return denominator > 0 ? (double) numerator / denominator : Double.NaN;
  }

  private static double net(SlotSums sums) {
    return ratio(sums.captureSumE6, sums.captureWeightE6)
        + ratio(sums.markout5sSumE6, sums.markout5sWeightE6)
        - ratio(sums.feeSumE6, sums.feeWeightE6);
  }

  private static double totalP95Ms(SlotSums sums) {
    LatencyBins bins = new LatencyBins();
    bins.addEncoded(sums.totalUsHistogram);
    return bins.percentileMs(95);
  }
}
