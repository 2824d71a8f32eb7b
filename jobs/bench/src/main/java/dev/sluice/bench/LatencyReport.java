// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * What {@link LatencyBench} measured; milliseconds.
 *
 * @param path what the halts were caused by
 * @param halts measured, after the warm-up
 * @param applied from the produce call of the breaching event to the control record in force in the
 *     engine
 * @param effective to EFFECTIVE: saved, quote cancelled, acknowledgement handed to the producer
 * @param echo the floor: a bare consumer and producer between two topics of the same broker, from
 *     the produce call to the receipt of the echo
 * @param ratioP50 effective over echo, medians; a judge outside the engine cannot be below 1
 * @param ratioP99 the same, 99th percentiles
 * @param appliedRatioP50 applied over echo, medians
 * @param appliedRatioP99 the same, 99th percentiles
 */
public record LatencyReport(
    String path,
    int halts,
    double wallS,
    Spread applied,
    Spread effective,
    Spread echo,
    double ratioP50,
    double ratioP99,
    double appliedRatioP50,
    double appliedRatioP99) {

  /** Percentiles of one series: exact, nearest rank. */
  public record Spread(double p50Ms, double p90Ms, double p99Ms, double maxMs) {
    static Spread of(long[] nanos) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return new Spread(at(sorted, 0.50), at(sorted, 0.90), at(sorted, 0.99), at(sorted, 1.0));
    }

    private static double at(long[] sorted, double quantile) {
      int rank = Math.max(1, (int) Math.ceil(quantile * sorted.length));
      return sorted[rank - 1] / 1e6;
    }

    private String text() {
      return String.format(Locale.ROOT, "%8.2f %8.2f %8.2f %8.2f", p50Ms, p90Ms, p99Ms, maxMs);
    }
  }

  static LatencyReport of(
      LatencyPath path, long[] applied, long[] effective, long[] echo, double wallS) {
    Spread a = Spread.of(applied);
    Spread e = Spread.of(effective);
    Spread floor = Spread.of(echo);
    return new LatencyReport(
        path.words(),
        applied.length,
        wallS,
        a,
        e,
        floor,
        e.p50Ms() / floor.p50Ms(),
        e.p99Ms() / floor.p99Ms(),
        a.p50Ms() / floor.p50Ms(),
        a.p99Ms() / floor.p99Ms());
  }

  /** One JSON object, one line. */
  public String json() {
    return new String(Json.write(this), StandardCharsets.UTF_8);
  }

  /** A small table for people. */
  public String text() {
    return String.join(
        System.lineSeparator(),
        String.format(Locale.ROOT, "%d halts by %s in %.0f s, milliseconds", halts, path, wallS),
        "                         p50      p90      p99      max",
        "echo (floor)        " + echo.text(),
        "control in force    " + applied.text(),
        "EFFECTIVE           " + effective.text(),
        String.format(
            Locale.ROOT,
            "over the floor: in force %.2f at p50, %.2f at p99; EFFECTIVE %.2f and %.2f",
            appliedRatioP50,
            appliedRatioP99,
            ratioP50,
            ratioP99));
  }
}
