// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import dev.sluice.schemas.Bucket;
import java.util.Arrays;
import java.util.Comparator;

/** The symbols and arms of one engine in one interval, in order. Flat, for checkpoints. */
public final class CalibrationInterval {
  private static final Comparator<CalibrationPart> BY_KEY =
      Comparator.comparing((CalibrationPart part) -> part.symbol)
          .thenComparing(part -> part.arm, Comparator.nullsFirst(Comparator.naturalOrder()));

  public CalibrationPart[] parts = new CalibrationPart[0];

  public CalibrationInterval() {}

  /**
   * The part a bucket belongs to, made when it is new.
   *
   * @return null when there are too many
   */
  CalibrationPart partOf(Bucket bucket, CalibrationSettings settings) {
    for (CalibrationPart part : parts) {
      if (part.isOf(bucket)) {
        return part;
      }
    }
    if (parts.length >= settings.maxKeys()) {
      return null;
    }
    int buckets = Math.toIntExact(settings.intervalMs() / bucket.widthMs());
    CalibrationPart fresh = CalibrationPart.of(bucket, buckets);
    parts = Arrays.copyOf(parts, parts.length + 1);
    parts[parts.length - 1] = fresh;
    Arrays.sort(parts, BY_KEY);
    return fresh;
  }
}
