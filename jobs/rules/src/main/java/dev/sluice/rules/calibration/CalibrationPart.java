// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import dev.sluice.rules.bucket.BucketAccumulator;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Source;
import java.util.Arrays;
import java.util.Comparator;

/** One symbol and arm within one interval. Flat, for checkpoints. */
public final class CalibrationPart {
  static final Comparator<Bucket> BY_KEY =
      Comparator.comparing(Bucket::symbol, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Bucket::arm, Comparator.nullsFirst(Comparator.naturalOrder()));

  private static final int MOST_FRESH = 32;

  public String symbol = "";

  /** Null outside a trial. */
  public Arm arm;

  /** What was merged of the interval so far, null before the first merge. */
  public Bucket merged;

  /** Buckets not merged yet: many at once cost a fraction of one by one. */
  public Bucket[] fresh = new Bucket[0];

  /** One bit per bucket of the interval that had a tick. */
  public long[] covered = new long[0];

  /** Events that came after their bucket was closed. */
  public long lateEvents;

  /** Of the row said last; 0 before the first. */
  public long version;

  /** Something came late since the row said last. */
  public boolean amended;

  public CalibrationPart() {}

  static CalibrationPart of(Bucket first, int buckets) {
    CalibrationPart part = new CalibrationPart();
    part.symbol = first.symbol();
    part.arm = first.arm();
    part.covered = new long[(buckets + Long.SIZE - 1) / Long.SIZE];
    return part;
  }

  boolean isOf(Bucket bucket) {
    return symbol.equals(bucket.symbol()) && arm == bucket.arm();
  }

  /** Adds a bucket of this key; the scratch is used and left dirty. */
  void add(Bucket bucket, long intervalStartUs, BucketAccumulator scratch) {
    if (bucket.ticks() > 0) {
      int index = Math.toIntExact((bucket.startUs() - intervalStartUs) / (bucket.widthMs() * 1000));
      covered[index / Long.SIZE] |= 1L << (index % Long.SIZE);
    }
    if (bucket.amendedAtUs() != null) {
      lateEvents += bucket.events();
    }
    fresh = Arrays.copyOf(fresh, fresh.length + 1);
    fresh[fresh.length - 1] = bucket;
    if (fresh.length >= MOST_FRESH) {
      merge(intervalStartUs, scratch);
    }
  }

  /** Merges what is not merged yet; afterwards {@link #merged} is the whole interval so far. */
  void merge(long intervalStartUs, BucketAccumulator scratch) {
    if (fresh.length == 0) {
      return;
    }
    // Markouts come due without an event; their bucket has a provenance all the same.
    Source withoutEvents = merged == null ? fresh[0].source() : merged.source();
    scratch.clear();
    if (merged != null) {
      scratch.merge(merged);
    }
    for (Bucket bucket : fresh) {
      scratch.merge(bucket);
    }
    merged =
        scratch.toBucket(
            fresh[0].engineId(),
            arm,
            symbol,
            intervalStartUs,
            fresh[0].widthMs(),
            withoutEvents,
            0,
            0);
    fresh = new Bucket[0];
  }

  long coveredBuckets() {
    long count = 0;
    for (long bits : covered) {
      count += Long.bitCount(bits);
    }
    return count;
  }
}
