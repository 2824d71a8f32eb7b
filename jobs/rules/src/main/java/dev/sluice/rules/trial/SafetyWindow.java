// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.bucket.LatencyBins;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.spec.Limit;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.TrialState;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * The newest blocks of a trial, and the metrics of its safety over them: the shares of B alone, and
 * the 95th percentile of B against A.
 */
final class SafetyWindow {
  private static final long MINUTE_US = 60_000_000L;

  /** Of ticks: at least so much time, more where it takes more for enough samples. */
  private static final long TICKS_US = 10 * MINUTE_US;

  /** Of fills, which are few. */
  private static final long FILLS_US = 60 * MINUTE_US;

  /** Of either at most; older blocks are forgotten. */
  static final long MOST_US = 24 * 60 * MINUTE_US;

  private final List<SafetyBlock> blocks;

  private SafetyWindow(List<SafetyBlock> blocks) {
    this.blocks = blocks;
  }

  /**
   * The last blocks a metric is measured over. Where the newest ten minutes, of fills the newest
   * hour, hold no sample it goes no further back: what was long ago says nothing of now.
   *
   * @param blocks oldest first
   * @param endUs event time at which the newest has closed
   * @param samples as many as the criterion asks for
   */
  static SafetyWindow of(Metric metric, List<SafetyBlock> blocks, long endUs, long samples) {
    return of(metric, window -> samples(metric, window), blocks, endUs, samples);
  }

  /** The same for {@link #ofA}: as long as it takes for enough samples of arm A. */
  static SafetyWindow lookingAtA(
      Metric metric, List<SafetyBlock> blocks, long endUs, long samples) {
    return of(metric, window -> samplesOfA(metric, window), blocks, endUs, samples);
  }

  private static SafetyWindow of(
      Metric metric,
      ToLongFunction<List<SafetyBlock>> counting,
      List<SafetyBlock> blocks,
      long endUs,
      long samples) {
    boolean fills = metric == Metric.TAKER_SHARE_B;
    long leastUs = endUs - (fills ? FILLS_US : TICKS_US);
    long mostUs = endUs - MOST_US;
    int from = blocks.size();
    while (from > 0) {
      SafetyBlock next = blocks.get(from - 1);
      long counted = counting.applyAsLong(blocks.subList(from, blocks.size()));
      boolean beyond = next.startUs < leastUs;
      if (next.startUs < mostUs || (beyond && (counted >= samples || counted == 0))) {
        break;
      }
      from--;
    }
    return new SafetyWindow(blocks.subList(from, blocks.size()));
  }

  /** The metric over this window; NONE without samples. */
  Measurement measure(Metric metric) {
    long samples = samples(metric, blocks);
    return switch (metric) {
      case TAKER_SHARE_B ->
          Measurement.ratio(sum(b -> b.takerNotionalE6B), sum(b -> b.notionalE6B), samples);
      case DEADLINE_MISS_RATIO_B ->
          Measurement.ratio(sum(b -> b.deadlineMissesB), sum(b -> b.ticksB), samples);
      case TICK_TOTAL_P95_REGRESSION_RATIO ->
          Measurement.of(
              p95Ms(b -> b.totalUsHistogramB) / p95Ms(b -> b.totalUsHistogramA) - 1, samples);
      default -> Measurement.NONE;
    };
  }

  /** The same metric of arm A, where it has one by itself. */
  Measurement ofA(Metric metric) {
    return switch (metric) {
      case TAKER_SHARE_B ->
          Measurement.ratio(
              sum(b -> b.takerNotionalE6A), sum(b -> b.notionalE6A), samplesOfA(metric, blocks));
      case DEADLINE_MISS_RATIO_B ->
          Measurement.ratio(
              sum(b -> b.deadlineMissesA), sum(b -> b.ticksA), samplesOfA(metric, blocks));
      default -> Measurement.NONE;
    };
  }

  /** End of the newest block that violates the limit by itself, 0 for none. */
  long violatedUntilUs(Metric metric, Limit limit) {
    for (int i = blocks.size() - 1; i >= 0; i--) {
      Measurement own = new SafetyWindow(blocks.subList(i, i + 1)).measure(metric);
      if (own.present() && limit.holds(own.value())) {
        return blocks.get(i).endUs;
      }
    }
    return 0;
  }

  /**
   * True when no tick of A was seen in a time that has a whole slot of A. The first block of a
   * stage may begin after its slots of A.
   */
  boolean missesA(TrialState trial, List<String> symbols) {
    return sum(b -> b.ticksA) == 0
        && blocks.stream()
            .anyMatch(block -> symbols.stream().anyMatch(symbol -> hasA(block, trial, symbol)));
  }

  private static boolean hasA(SafetyBlock block, TrialState trial, String symbol) {
    long slotUs = trial.slotMs() * 1_000;
    long first = -Math.floorDiv(-block.startUs, slotUs);
    long end = Math.floorDiv(block.endUs, slotUs);
    return LongStream.range(first, end)
        .anyMatch(
            slot ->
                SlotAssignment.arm(trial.salt(), symbol, slot, trial.treatmentShare()) == Arm.A);
  }

  private static long samples(Metric metric, List<SafetyBlock> blocks) {
    return switch (metric) {
      case TAKER_SHARE_B -> sum(blocks, b -> b.fillsB);
      case DEADLINE_MISS_RATIO_B -> sum(blocks, b -> b.ticksB);
      case TICK_TOTAL_P95_REGRESSION_RATIO ->
          Math.min(sum(blocks, b -> b.ticksA), sum(blocks, b -> b.ticksB));
      default -> 0;
    };
  }

  private static long samplesOfA(Metric metric, List<SafetyBlock> blocks) {
    return switch (metric) {
      case TAKER_SHARE_B -> sum(blocks, b -> b.fillsA);
      case DEADLINE_MISS_RATIO_B -> sum(blocks, b -> b.ticksA);
      default -> 0;
    };
  }

  private long sum(ToLongFunction<SafetyBlock> part) {
    return sum(blocks, part);
  }

  private static long sum(List<SafetyBlock> blocks, ToLongFunction<SafetyBlock> part) {
    return blocks.stream().mapToLong(part).sum();
  }

  private double p95Ms(Function<SafetyBlock, byte[]> histogram) {
    LatencyBins bins = new LatencyBins();
    for (SafetyBlock block : blocks) {
      bins.addEncoded(histogram.apply(block));
    }
    return bins.percentileMs(95);
  }
}
