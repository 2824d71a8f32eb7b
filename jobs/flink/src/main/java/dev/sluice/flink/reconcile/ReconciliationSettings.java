// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.reconcile;

import dev.sluice.rules.reconcile.Inventory;
import dev.sluice.rules.reconcile.ReconcileRules;
import dev.sluice.rules.reconcile.Tolerance;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings of the reconciliation: {@code config/reconciliation.yaml}. Durations are event time; see
 * {@link ReconcileRules} for what each means.
 *
 * @param tolerances by asset or symbol, {@code default} for the others: {@code abs 0.01, rel
 *     0.000001}, and where it shall not be the general one {@code warning 0.1, critical 0.2}
 * @param inventory by symbol: {@code target 0, max 50}, base units
 */
public record ReconciliationSettings(
    long widthMs,
    long graceMs,
    long quietMs,
    int snapshots,
    int healSnapshots,
    long lateAfterMs,
    long escalateAfterMs,
    double priceBps,
    double warningRatio,
    double criticalRatio,
    Map<String, String> tolerances,
    List<String> quoteAssets,
    Map<String, String> inventory,
    double inventoryWarningRatio,
    double inventoryCriticalRatio,
    double feeRate,
    long turnoverWindowMs,
    long pairWithinMs,
    long noPairAfterMs,
    long venueLagMs,
    long silentAfterMs,
    int maxWaiting,
    int maxUnmatched,
    int maxRemembered,
    int maxFindings)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String DEFAULT = "default";

  /** Checks every value by making the rules of it. */
  public ReconciliationSettings {
    tolerances = Map.copyOf(tolerances);
    quoteAssets = List.copyOf(quoteAssets);
    inventory = Map.copyOf(inventory);
    if (noPairAfterMs < widthMs || silentAfterMs < widthMs) {
      throw new IllegalArgumentException("no_pair_after and silent_after must be a width at least");
    }
    rules(
        widthMs,
        graceMs,
        quietMs,
        snapshots,
        healSnapshots,
        lateAfterMs,
        escalateAfterMs,
        priceBps,
        warningRatio,
        criticalRatio,
        tolerances,
        quoteAssets,
        inventory,
        inventoryWarningRatio,
        inventoryCriticalRatio,
        feeRate,
        turnoverWindowMs,
        pairWithinMs,
        noPairAfterMs,
        venueLagMs,
        silentAfterMs,
        maxWaiting,
        maxUnmatched,
        maxRemembered,
        maxFindings);
  }

  /** What is used unless configured. */
  public static ReconciliationSettings defaults() {
    return new ReconciliationSettings(
        10_000,
        5_000,
        5_000,
        3,
        2,
        10_000,
        1_800_000,
        1.0,
        0.10,
        0.20,
        Map.of(DEFAULT, "abs 0.00000001, rel 0", "USDT", "abs 0.01, rel 0.0000001"),
        List.of("USDT", "USDC", "USD"),
        Map.of(),
        0.25,
        0.45,
        0.00002,
        600_000,
        1_000,
        30_000,
        20_000,
        20_000,
        100_000,
        10_000,
        20_000,
        1_000);
  }

  /** The same as rules. */
  public ReconcileRules rules() {
    return rules(
        widthMs,
        graceMs,
        quietMs,
        snapshots,
        healSnapshots,
        lateAfterMs,
        escalateAfterMs,
        priceBps,
        warningRatio,
        criticalRatio,
        tolerances,
        quoteAssets,
        inventory,
        inventoryWarningRatio,
        inventoryCriticalRatio,
        feeRate,
        turnoverWindowMs,
        pairWithinMs,
        noPairAfterMs,
        venueLagMs,
        silentAfterMs,
        maxWaiting,
        maxUnmatched,
        maxRemembered,
        maxFindings);
  }

  private static ReconcileRules rules(
      long widthMs,
      long graceMs,
      long quietMs,
      int snapshots,
      int healSnapshots,
      long lateAfterMs,
      long escalateAfterMs,
      double priceBps,
      double warningRatio,
      double criticalRatio,
      Map<String, String> tolerances,
      List<String> quoteAssets,
      Map<String, String> inventory,
      double inventoryWarningRatio,
      double inventoryCriticalRatio,
      double feeRate,
      long turnoverWindowMs,
      long pairWithinMs,
      long noPairAfterMs,
      long venueLagMs,
      long silentAfterMs,
      int maxWaiting,
      int maxUnmatched,
      int maxRemembered,
      int maxFindings) {
    Map<String, Tolerance> parsed = new HashMap<>();
    tolerances.forEach(
        (name, text) ->
            parsed.put(
                name, Figures.tolerance("tolerances." + name, text, warningRatio, criticalRatio)));
    Tolerance general =
        parsed.getOrDefault(
            DEFAULT, new Tolerance(BigDecimal.ZERO, BigDecimal.ZERO, warningRatio, criticalRatio));
    Map<String, Inventory> inventories = new HashMap<>();
    inventory.forEach(
        (symbol, text) -> inventories.put(symbol, Figures.inventory("inventory." + symbol, text)));
    return new ReconcileRules(
        widthMs * 1_000,
        graceMs * 1_000,
        quietMs * 1_000,
        snapshots,
        healSnapshots,
        lateAfterMs * 1_000,
        escalateAfterMs * 1_000,
        priceBps,
        general,
        parsed,
        quoteAssets,
        inventories,
        new Tolerance(
            BigDecimal.ZERO, BigDecimal.ZERO, inventoryWarningRatio, inventoryCriticalRatio),
        feeRate,
        turnoverWindowMs * 1_000,
        pairWithinMs * 1_000,
        noPairAfterMs * 1_000,
        venueLagMs * 1_000,
        silentAfterMs * 1_000,
        maxWaiting,
        maxUnmatched,
        maxRemembered,
        maxFindings);
  }
}
