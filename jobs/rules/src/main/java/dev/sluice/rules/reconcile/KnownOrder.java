// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/**
 * What is remembered of one client order id.
 *
 * @param intentId null while only the venue has spoken of it
 * @param side null while nothing is known
 * @param price null for a market order
 * @param priced whether the engine has said the price, null included
 * @param venueOrderId the first one the venue gave it, null before
 * @param changedUs newest word about it of either side
 * @param ended whether the engine has said a terminal state
 */
public record KnownOrder(
    @Nullable String intentId,
    @Nullable Side side,
    @Nullable BigDecimal price,
    boolean priced,
    @Nullable String venueOrderId,
    long changedUs,
    boolean ended) {
  static final KnownOrder UNKNOWN = new KnownOrder(null, null, null, false, null, 0, false);
}
