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
    return of(metric, Arm.B, blocks, endUs, samples);
  }

  /** The same for {@link #ofA}: as long as it takes for enough samples of arm A. */
  static SafetyWindow lookingAtA(
      Metric metric, List<SafetyBlock> blocks, long endUs, long samples) {
    return of(metric, Arm.A, blocks, endUs, samples);
  }

  private static SafetyWindow of(
      Metric metric, Arm arm, List<SafetyBlock> blocks, long endUs, long samples) {
    boolean fills = metric == Metric.TAKER_SHARE_B;
    long leastUs = endUs - (fills ? FILLS_US : TICKS_US);
    long mostUs = endUs - MOST_US;
    Samples counted = new Samples(metric, arm);
    int from = blocks.size();
    while (from > 0) {
      SafetyBlock next = blocks.get(from - 1);
      long soFar = counted.count();
      boolean beyond = next.startUs < leastUs;
      if (next.startUs < mostUs || (beyond && (soFar >= samples || soFar == 0))) {
        break;
      }
      counted.add(next);
      from--;
    }
    return new SafetyWindow(blocks.subList(from, blocks.size()));
  }

  /** The metric over this window; NONE without samples. */
  Measurement measure(Metric metric) {
    if (metric == Metric.TICK_TOTAL_P95_REGRESSION_RATIO) {
      return Measurement.of(p95Ms(Arm.B) / p95Ms(Arm.A) - 1, samples(metric, Arm.B));
    }
    return ratio(metric, Arm.B);
  }

  /** The same metric of arm A, where it has one by itself. */
  Measurement ofA(Metric metric) {
    return ratio(metric, Arm.A);
  }

  private Measurement ratio(Metric metric, Arm arm) {
    return switch (metric) {
      case TAKER_SHARE_B ->
          Measurement.ratio(
              sum(arm, s -> s.takerNotionalE6), sum(arm, s -> s.notionalE6), samples(metric, arm));
      case DEADLINE_MISS_RATIO_B ->
          Measurement.ratio(
              sum(arm, s -> s.deadlineMisses), sum(arm, s -> s.ticks), samples(metric, arm));
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
    return sum(Arm.A, s -> s.ticks) == 0
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

  private long samples(Metric metric, Arm arm) {
    Samples samples = new Samples(metric, arm);
    blocks.forEach(samples::add);
    return samples.count();
  }

  private long sum(Arm arm, ToLongFunction<SlotSums> part) {
    return blocks.stream().mapToLong(block -> part.applyAsLong(block.of(arm))).sum();
  }

  private double p95Ms(Arm arm) {
    LatencyBins bins = new LatencyBins();
    for (SafetyBlock block : blocks) {
      bins.addEncoded(block.of(arm).totalUsHistogram);
    }
    return bins.percentileMs(95);
  }

  /** What a metric of one arm rests on; a comparison rests on the arm with less. */
  private static final class Samples {
    private final Metric metric;
    private final Arm arm;
    private long ofA;
    private long ofB;

    Samples(Metric metric, Arm arm) {
      this.metric = metric;
      this.arm = arm;
    }

    void add(SafetyBlock block) {
      ofA += of(block.a);
      ofB += of(block.b);
    }

    long count() {
      if (metric == Metric.TICK_TOTAL_P95_REGRESSION_RATIO) {
        return arm == Arm.B ? Math.min(ofA, ofB) : 0; // A has none by itself
      }
      return arm == Arm.A ? ofA : ofB;
    }

    private long of(SlotSums sums) {
      return switch (metric) {
        case TAKER_SHARE_B -> sums.fills;
        case DEADLINE_MISS_RATIO_B, TICK_TOTAL_P95_REGRESSION_RATIO -> sums.ticks;
        default -> 0;
      };
    }
  }
}
