// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.BucketAccumulator;
import dev.sluice.rules.bucket.MidCollector;
import dev.sluice.schemas.Arm;

/** A part of a bucket that is being filled. Pooled: an accumulator is large. */
final class LivePart {
  final BucketAccumulator bucket = new BucketAccumulator();
  final MidCollector mids = new MidCollector();
  Arm arm;
  String symbol;
  long startUs;
  long lastUse;

  void begin(Arm newArm, String newSymbol, long newStartUs) {
    arm = newArm;
    symbol = newSymbol;
    startUs = newStartUs;
    bucket.clear();
  }

  boolean is(Arm otherArm, String otherSymbol, long otherStartUs) {
    return startUs == otherStartUs
        && arm == otherArm
        && (symbol == null ? otherSymbol == null : symbol.equals(otherSymbol));
  }
}
