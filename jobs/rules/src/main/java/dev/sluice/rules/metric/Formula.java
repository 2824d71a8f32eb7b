// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.EdgeSum;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * How a metric is computed. One of the two functions is null: a metric has a window, or is a state
 * of the moment.
 */
record Formula(
    Kind kind,
    boolean isPercentile,
    Function<WindowView, Measurement> overWindow,
    Function<Gauges, Measurement> atMoment) {

  enum Kind {
    /** One bucket has a value of its own, so a hold can tell when the evidence ended. */
    PER_BUCKET,
    /** The same, of one symbol's market or inventory: the whole engine has none. */
    PER_SYMBOL_BUCKET,
    WINDOW,
    /** Of the process: known for the whole engine only. */
    PROCESS_WINDOW,
    AT_HEALTH,
    AT_BUCKET_END,
    /** Measured by another job than that of the buckets, and handed in. */
    ELSEWHERE
  }

  static Formula ratio(ToLongFunction<Bucket> numerator, ToLongFunction<Bucket> denominator) {
    return window(
        Kind.PER_BUCKET,
        w -> {
          long samples = w.sum(denominator);
          return Measurement.ratio(w.sum(numerator), samples, samples);
        });
  }

  static Formula share() {
    return window(
        Kind.PER_BUCKET,
        w ->
            Measurement.ratio(
                w.sum(Bucket::takerNotionalE6), w.sum(Bucket::notionalE6), w.sum(Bucket::fills)));
  }

  static Formula percentile(Function<Bucket, byte[]> histogram, double percent) {
    return new Formula(Kind.PER_BUCKET, true, w -> Percentiles.ofMs(w, histogram, percent), null);
  }

  static Formula edge(Function<Bucket, EdgeSum> edge) {
    return window(Kind.PER_BUCKET, w -> Edges.mean(w, edge));
  }

  static Formula per(ToLongFunction<Bucket> count) {
    return window(
        Kind.PER_BUCKET,
        w -> Measurement.ratio(w.sum(count), w.covered() * w.bucketMs() / 1000.0, w.covered()));
  }

  static Formula count(ToLongFunction<Bucket> count) {
    return window(Kind.WINDOW, w -> new Measurement(w.sum(count), w.buckets().size()));
  }

  static Formula increase(ToLongFunction<Bucket> counter) {
    return window(Kind.PROCESS_WINDOW, w -> Counters.increase(w, counter));
  }

  static Formula window(Kind kind, Function<WindowView, Measurement> window) {
    return new Formula(kind, false, window, null);
  }

  static Formula elsewhere() {
    return new Formula(
        Kind.ELSEWHERE,
        false,
        null,
        gauges -> {
          throw new IllegalStateException("not measured from buckets");
        });
  }

  static Formula gauge(Kind kind, Function<Gauges, Measurement> gauges) {
    return new Formula(kind, false, null, gauges);
  }
}
