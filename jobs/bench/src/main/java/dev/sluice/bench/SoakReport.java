// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What {@link SoakBench} measured.
 *
 * @param ticksPerS published, of wall clock
 * @param checkpointBytes of one taken at the end
 * @param heap of the heap after collection; its verdict is the report's
 * @param resident of resident memory, null where the system does not tell
 */
public record SoakReport(
    int engines,
    double wallS,
    double ticksPerS,
    long checkpointBytes,
    long checkpointMs,
    Growth heap,
    Growth resident,
    List<Sample> samples) {
  private static final double MIB = 1 << 20;

  /** Below this share of the median over the whole soak, growth is none. */
  private static final double NOTHING = 0.02;

  /** What a trend of memory says. */
  public enum Word {
    /** Surely less than 2 % of the median over the whole soak. */
    FLAT,
    /** Surely more than nothing, and perhaps more than 2 %. */
    GROWS,
    /** Too short or too noisy to say. */
    UNDECIDED
  }

  /**
   * One moment.
   *
   * @param heapBytes used after a full collection
   * @param residentBytes anonymous resident memory, 0 where the system does not tell
   */
  public record Sample(double atS, long heapBytes, long residentBytes) {
    String text() {
      return String.format(
          Locale.ROOT,
          "%.0f s: heap %.1f MiB, resident %.1f MiB",
          atS,
          heapBytes / MIB,
          residentBytes / MIB);
    }
  }

  /**
   * Of one kind of memory.
   *
   * @param bytesPerS slope, with its interval
   */
  public record Growth(Word word, double medianBytes, Trend bytesPerS) {
    static Growth of(List<Sample> samples, double wallS, ToDoubleFunction<Sample> bytes) {
      double[] at = samples.stream().mapToDouble(Sample::atS).toArray();
      double[] used = samples.stream().mapToDouble(bytes).toArray();
      Trend trend = Trend.of(at, used);
      double[] sorted = used.clone();
      Arrays.sort(sorted);
      double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
      return new Growth(word(trend, wallS, median), median, trend);
    }

    private static Word word(Trend trend, double wallS, double median) {
      if (trend.high() * wallS < NOTHING * median) {
        return Word.FLAT;
      }
      return trend.low() > 0 ? Word.GROWS : Word.UNDECIDED;
    }

    private String text(String what) {
      return String.format(
          Locale.ROOT,
          "%s: median %.1f MiB, %+.2f MiB an hour (95 %%: %+.2f to %+.2f): %s%n",
          what,
          medianBytes / MIB,
          bytesPerS.slope() * 3_600 / MIB,
          bytesPerS.low() * 3_600 / MIB,
          bytesPerS.high() * 3_600 / MIB,
          word);
    }
  }

  static SoakReport of(
      int engines,
      double wallS,
      double ticksPerS,
      BenchCluster.Checkpoint checkpoint,
      List<Sample> samples) {
    boolean told = samples.stream().allMatch(sample -> sample.residentBytes() > 0);
    return new SoakReport(
        engines,
        wallS,
        ticksPerS,
        checkpoint.bytes(),
        checkpoint.durationMs(),
        Growth.of(samples, wallS, Sample::heapBytes),
        told ? Growth.of(samples, wallS, Sample::residentBytes) : null,
        List.copyOf(samples));
  }

  /** One JSON object. */
  public String json() {
    return new String(Json.write(this), StandardCharsets.UTF_8);
  }

  /** A few lines for people. */
  public String text() {
    return String.format(
            Locale.ROOT,
            "%,d engines, %,.0f ticks/s for %.0f s; checkpoint %,d B in %,d ms%n",
            engines,
            ticksPerS,
            wallS,
            checkpointBytes,
            checkpointMs)
        + heap.text("heap after collection")
        + (resident == null ? "" : resident.text("resident memory"));
  }
}
