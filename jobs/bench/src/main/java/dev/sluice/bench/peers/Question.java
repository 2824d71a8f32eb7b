// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import dev.sluice.rules.bucket.LatencyBins;
import java.util.List;
import java.util.Locale;

/**
 * What every peer is asked: three criteria of each engine at the end of each ten-second bucket,
 * over the minute or the five minutes that end there. Limits lie in the middle of what {@link
 * PeerFeed} publishes, so that all three outcomes come.
 */
public final class Question {
  /** Width of a bucket, microseconds of event time. */
  public static final long BUCKET_US = 10_000_000;

  /** How long a bucket waits for late ticks, event time. */
  public static final long LATENESS_MS = 5_000;

  /** The longest window, in buckets. */
  public static final int MAX_BUCKETS = 30;

  /** One criterion: a measured value, its window, its limit. */
  public enum Criterion {
    DEADLINE_MISS("deadline_miss_ratio", 6, 60, 0.05, true),
    CACHE_HIT("cache_hit_ratio", 6, 60, 0.8, false),
    TICK_P95("tick_total_p95_ms", MAX_BUCKETS, 12_000, 11.7, true);

    private final String metric;
    private final int buckets;
    private final long minSamples;
    private final double limit;
    private final boolean highIsBad;

    Criterion(String metric, int buckets, long minSamples, double limit, boolean highIsBad) {
      this.metric = metric;
      this.buckets = buckets;
      this.minSamples = minSamples;
      this.limit = limit;
      this.highIsBad = highIsBad;
    }

    /** The metric's name with dashes. */
    public String id() {
      return metric.replace('_', '-');
    }

    /** Length of the window in buckets. */
    public int buckets() {
      return buckets;
    }

    /** With fewer samples there is no data. */
    public long minSamples() {
      return minSamples;
    }

    /** Beyond it is a breach. */
    public double limit() {
      return limit;
    }

    /** True when above the limit is a breach, false when below it is. */
    public boolean highIsBad() {
      return highIsBad;
    }

    /** The outcome of a value over so many samples; the value is NaN where there is none. */
    public Answer answer(String engineId, long endUs, double value, long samples) {
      if (Double.isNaN(value) || samples < minSamples) {
        return new Answer(engineId, endUs, id(), "NO_DATA", Double.NaN);
      }
      boolean breach = highIsBad ? value > limit : value < limit;
      return new Answer(engineId, endUs, id(), breach ? "BREACH" : "PASS", value);
    }
  }

  private Question() {}

  /** The same as a criteria file. */
  public static String yaml() {
    StringBuilder text = new StringBuilder();
    for (Criterion criterion : Criterion.values()) {
      text.append(
          String.format(
              Locale.ROOT,
              "- id: %s%n  description: asked of every peer%n  metric: %s%n  over: %ds%n"
                  + "  breach: \"%s %s\"%n  min_samples: %d%n"
                  + "  on_missing: {after: 2m, action: ALERT}%n"
                  + "  severity: warning%n  action: ALERT%n",
              criterion.id(),
              criterion.metric,
              criterion.buckets * BUCKET_US / 1_000_000,
              criterion.highIsBad ? ">" : "<",
              criterion.limit,
              criterion.minSamples));
    }
    return text.toString();
  }

  /**
   * The answers at one bucket's end.
   *
   * @param newestLast closed buckets of the engine, those that no window needs may be there too
   */
  public static List<Answer> answers(
      String engineId, long endUs, Iterable<ClosedBucket> newestLast) {
    long ticks = 0;
    long misses = 0;
    long lookups = 0;
    long hits = 0;
    LatencyBins total = new LatencyBins();
    for (ClosedBucket bucket : newestLast) {
      if (bucket.startUs() >= endUs - Criterion.DEADLINE_MISS.buckets * BUCKET_US) {
        ticks += bucket.ticks();
        misses += bucket.deadlineMisses();
      }
      if (bucket.startUs() >= endUs - Criterion.CACHE_HIT.buckets * BUCKET_US) {
        lookups += bucket.cacheLookups();
        hits += bucket.cacheHits();
      }
      if (bucket.startUs() >= endUs - Criterion.TICK_P95.buckets * BUCKET_US) {
        total.addEncoded(bucket.totalUsHistogram());
      }
    }
    return List.of(
        Criterion.DEADLINE_MISS.answer(engineId, endUs, ratio(misses, ticks), ticks),
        Criterion.CACHE_HIT.answer(engineId, endUs, ratio(hits, lookups), lookups),
        Criterion.TICK_P95.answer(engineId, endUs, total.percentileMs(95), total.totalCount()));
  }

  private static double ratio(long some, long all) {
    return all == 0 ? Double.NaN : (double) some / all;
  }
}
