// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.EdgeSum;
import java.util.function.Function;

/** Notional-weighted means in basis points. */
final class Edges {
  private Edges() {}

  /** Σ w·x / Σ w; samples = fills in the window. */
  static Measurement mean(WindowView window, Function<Bucket, EdgeSum> edge) {
    EdgeSum sum = EdgeSum.ZERO;
    for (Bucket bucket : window.buckets()) {
      sum = sum.plus(edge.apply(bucket));
    }
    return Measurement.ratio(sum.sumE6(), sum.weightE6(), window.sum(Bucket::fills));
  }

  /** capture + markout after 5 s − fee; no value unless all three have one. */
  static Measurement net(WindowView window) {
    double net =
        mean(window, Bucket::capture).value()
            + mean(window, Bucket::markout5s).value()
            - mean(window, Bucket::fee).value();
    return Measurement.of(net, window.sum(Bucket::fills));
  }
}
