// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What the comparison goes by. Times are event time in microseconds.
 *
 * @param widthUs one evaluation per so much event time
 * @param graceUs how long a fill, an order or a cancel may be on its way
 * @param quietUs and how long nothing may have been said of it before it counts
 * @param snapshots evaluations in a row that confirm a difference
 * @param healSnapshots good ones in a row that end a difference of balances, positions or fees; a
 *     fill or an order heals with the first
 * @param lateAfterUs a fill booked later than this after the venue made it is late
 * @param escalateAfterUs a difference that stands this long becomes one step worse
 * @param priceBps prices of one fill may differ by this, basis points
 * @param tolerance for assets without one of their own
 * @param tolerances by asset or symbol
 * @param quoteAssets assets worth 1; they tell the two assets of a symbol apart
 * @param inventories by symbol; what is not here is not compared with a target
 * @param inventoryLimits ratios for the distance from the target, in parts of the maximum
 * @param feeRate what the venue takes of a turnover at least; 0 = turnover without fees is fine
 * @param turnoverWindowUs turnover without fees for this long is a finding
 * @param pairWithinUs snapshots of the two books this close are of the same time
 * @param noPairAfterUs without two good snapshots for this long there is no data
 * @param venueLagUs a venue further behind the engine is silent; the same as in the sequencing
 * @param silentAfterUs a side that has said nothing for so long proves nothing by what it lacks
 * @param maxWaiting events held until their time has come
 * @param maxUnmatched fills that wait for their other side
 * @param maxRemembered ids of matched fills, and of orders, remembered
 * @param maxFindings differences told apart, and late fills told per evaluation
 */
public record ReconcileRules(
    long widthUs,
    long graceUs,
    long quietUs,
    int snapshots,
    int healSnapshots,
    long lateAfterUs,
    long escalateAfterUs,
    double priceBps,
    Tolerance tolerance,
    Map<String, Tolerance> tolerances,
    List<String> quoteAssets,
    Map<String, Inventory> inventories,
    Tolerance inventoryLimits,
    double feeRate,
    long turnoverWindowUs,
    long pairWithinUs,
    long noPairAfterUs,
    long venueLagUs,
    long silentAfterUs,
    int maxWaiting,
    int maxUnmatched,
    int maxRemembered,
    int maxFindings)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Freezes lists and maps and checks what everything rests on. */
  public ReconcileRules {
    tolerances = Map.copyOf(tolerances);
    quoteAssets = List.copyOf(quoteAssets);
    inventories = Map.copyOf(inventories);
    if (widthUs <= 0 || snapshots < 1 || healSnapshots < 1) {
      throw new IllegalArgumentException("width and numbers of snapshots must be positive");
    }
    if (maxWaiting < 1 || maxUnmatched < 1 || maxRemembered < 1 || maxFindings < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** The tolerance of an asset. */
  Tolerance ofAsset(String asset) {
    return tolerances.getOrDefault(asset, tolerance);
  }

  /** The tolerance of a position: of its symbol, else of its base asset. */
  Tolerance ofSymbol(String symbol) {
    Tolerance own = tolerances.get(symbol);
    SymbolAssets assets = assets(symbol);
    return own != null ? own : ofAsset(assets == null ? symbol : assets.base());
  }

  /** The assets of a symbol, null when no quote asset is recognised in it. */
  SymbolAssets assets(String symbol) {
    return SymbolAssets.of(symbol, quoteAssets);
  }

  /** Start of the bucket a time is in. */
  long startOf(long timeUs) {
    return Math.floorDiv(timeUs, widthUs) * widthUs;
  }
}
