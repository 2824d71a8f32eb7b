// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

import dev.sluice.schemas.Bucket;
import java.util.Arrays;
import java.util.List;

/**
 * Resident memory of the newest process in a window: one median a minute, in MB (10⁶ bytes), after
 * its warm-up. A restart begins a new series.
 */
final class RssSeries {
  private static final long MINUTE_US = 60_000_000L;
  private static final long HOUR_MINUTES = 60;

  private final double[] minutes;
  private final double[] megabytes;

  private RssSeries(double[] minutes, double[] megabytes) {
    this.minutes = minutes;
    this.megabytes = megabytes;
  }

  static RssSeries of(WindowView window) {
    List<Bucket> buckets = window.buckets();
    long processUs = newestProcessUs(buckets);
    double[] minutes = new double[buckets.size()];
    double[] medians = new double[buckets.size()];
    double[] ofMinute = new double[buckets.size()];
    int size = 0;
    int inMinute = 0;
    long minute = Long.MIN_VALUE;
    for (Bucket bucket : buckets) {
      boolean counts =
          bucket.healthRecords() > 0
              && bucket.startedAtUs() == processUs
              && bucket.lastHealthUs() >= window.notBeforeUs();
      if (!counts) {
        continue;
      }
      long at = bucket.startUs() / MINUTE_US;
      if (at != minute && inMinute > 0) {
        minutes[size] = minute;
        medians[size++] = median(ofMinute, inMinute);
        inMinute = 0;
      }
      minute = at;
      ofMinute[inMinute++] = bucket.rssBytes() / 1e6;
    }
    if (inMinute > 0) {
      minutes[size] = minute;
      medians[size++] = median(ofMinute, inMinute);
    }
    return new RssSeries(Arrays.copyOf(minutes, size), Arrays.copyOf(medians, size));
  }

  /** Theil-Sen: the median of the slopes of all pairs of minutes. */
  static Measurement slopePerHour(WindowView window) {
    RssSeries series = of(window);
    double perMinute = TheilSen.slope(series.minutes, series.megabytes);
    return Measurement.of(perMinute * HOUR_MINUTES, series.minutes.length);
  }

  /**
   * Median of the last hour / median of the first hour after the warm-up − 1; no value unless the
   * window holds both hours whole.
   */
  static Measurement drift(WindowView window) {
    long hourUs = HOUR_MINUTES * MINUTE_US;
    long firstUs = window.notBeforeUs();
    if (firstUs == 0 || firstUs < window.startUs() || window.endUs() - firstUs < 2 * hourUs) {
      return Measurement.NONE;
    }
    RssSeries series = of(window);
    double first = series.medianBetween(firstUs, firstUs + hourUs);
    double last = series.medianBetween(window.endUs() - hourUs, window.endUs());
    return Measurement.of(last / first - 1, series.minutes.length);
  }

  private double medianBetween(long fromUs, long toUs) {
    double[] part = new double[minutes.length];
    int size = 0;
    for (int i = 0; i < minutes.length; i++) {
      double atUs = minutes[i] * MINUTE_US;
      if (atUs >= fromUs && atUs < toUs) {
        part[size++] = megabytes[i];
      }
    }
    return size == 0 ? Double.NaN : median(part, size);
  }

  private static long newestProcessUs(List<Bucket> buckets) {
    for (int i = buckets.size() - 1; i >= 0; i--) {
      if (buckets.get(i).healthRecords() > 0) {
        return buckets.get(i).startedAtUs();
      }
    }
    return 0;
  }

  private static double median(double[] values, int size) {
    return TheilSen.median(values, size);
  }
}
