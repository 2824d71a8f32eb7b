// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Nullable;

/**
 * A fill whose markouts are not all known.
 *
 * @param atUs event time of the fill
 * @param sign +1 buy, −1 sell
 * @param weightE6 millionths of quote currency
 * @param openHorizons bit i set while horizon i of 1, 5, 30 and 60 s is open
 */
public record PendingFill(
    String symbol,
    @Nullable Arm arm,
    long atUs,
    int sign,
    double midAtFill,
    long weightE6,
    int openHorizons) {
  PendingFill waitingFor(int open) {
    return new PendingFill(symbol, arm, atUs, sign, midAtFill, weightE6, open);
  }
}
