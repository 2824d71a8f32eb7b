// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.rules.trial.TrialPlan;
import dev.sluice.schemas.Delta;
import dev.sluice.schemas.DeltaRole;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.TrialStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The goal's difference done again from the raw fills and ticks: SQL over those alone, never over
 * buckets or the judge's words. It shares with the judge the definition and none of its code: each
 * slot's capture + markout after 5 s − fee, in each block the mean of the slots of B less that of
 * A, as many blocks joined as the judge says, and of these the mean.
 */
final class GoalCheck {
  /** A block counts once its markouts are in: a minute, and a bucket. */
  private static final long SETTLED_US = 70_000_000L;

  /** Sums of millionths against doubles, basis points. */
  private static final double TOLERANCE_BPS = 1e-3;

  private static final String NET_BPS = "net_bps";

  private static final String SQL =
      """
      WITH fill AS (
        SELECT symbol, arm, epoch_us(event_time_us) // {slot} AS n,
               epoch_us(event_time_us) AS at_us, CASE side WHEN 'BUY' THEN 1 ELSE -1 END AS s,
               price::DOUBLE AS price, price::DOUBLE * qty::DOUBLE AS w, mid_at_fill AS mid,
               CASE WHEN ends_with(symbol, fee_asset) THEN fee::DOUBLE
                    ELSE fee::DOUBLE * price::DOUBLE END AS fee
        FROM fills
        WHERE engine_id = '{engine}' AND arm IS NOT NULL AND NOT coalesce(warmup, false)),
      tick AS (
        SELECT symbol, epoch_us(event_time_us) AS at_us, (bid + ask) / 2 AS mid
        FROM ticks WHERE engine_id = '{engine}'),
      marked AS (
        SELECT fill.*, tick.mid AS later
        FROM fill ASOF LEFT JOIN tick
          ON fill.symbol = tick.symbol AND fill.at_us + 5000000 <= tick.at_us),
      slot AS (
        SELECT symbol, n, arm,
               sum(w * s * (mid - price) / mid) / sum(w) * 1e4
               + sum(w * s * (later - mid) / mid) FILTER (WHERE later IS NOT NULL)
                 / sum(w) FILTER (WHERE later IS NOT NULL) * 1e4
               - sum(fee) / sum(w) * 1e4 AS bps
        FROM marked GROUP BY ALL),
      block AS (
        SELECT symbol, n // {slots} AS block,
               avg(bps) FILTER (WHERE arm = 'B') - avg(bps) FILTER (WHERE arm = 'A') AS bps
        FROM slot
        WHERE n // {slots} * {slots} * {slot} >= {from}
          AND (n // {slots} + 1) * {slots} * {slot} <= {to}
        GROUP BY 1, 2),
      numbered AS (
        SELECT symbol, bps,
               (row_number() OVER (PARTITION BY symbol ORDER BY block) - 1) // {joined} AS pair
        FROM block WHERE bps IS NOT NULL),
      joined AS (
        SELECT avg(bps) AS bps FROM numbered
        GROUP BY symbol, pair HAVING count(*) = {joined})
      SELECT count(*), avg(bps) FROM joined""";

  private final Datasets datasets;
  private final TrialPlan plan;

  GoalCheck(Datasets datasets, TrialPlan plan) {
    this.datasets = datasets;
    this.plan = plan;
  }

  /** Checks each word that has both arms; empty where the goal is another metric. */
  List<Check> of(List<TrialStatus> words) {
    return words.stream().flatMap(word -> of(word).stream()).toList();
  }

  private Optional<Check> of(TrialStatus word) {
    Optional<Delta> goal =
        word.deltas().stream()
            .filter(d -> d.role() == DeltaRole.GOAL && d.metric().equals(NET_BPS))
            .findFirst();
    boolean compared = word.treatmentShare() > 0 && word.treatmentShare() < 1;
    return compared && goal.isPresent() ? Optional.of(check(word, goal.get())) : Optional.empty();
  }

  private Check check(TrialStatus word, Delta goal) {
    List<Object> row = datasets.query(sql(word, goal)).values().get(0);
    long blocks = ((Number) row.get(0)).longValue();
    Double mean = row.get(1) == null ? null : ((Number) row.get(1)).doubleValue();
    return new Check(
        NET_BPS + " at stage " + word.stage() + " from the raw fills",
        mean == null
            ? "no block has both arms"
            : String.format(
                Locale.ROOT, "%.4f bps over %d blocks; the judge: %s", mean, blocks, said(goal)),
        problem(blocks, mean, goal));
  }

  private static String said(Delta goal) {
    return goal.estimate() == null
        ? "nothing"
        : String.format(
            Locale.ROOT,
            "%.4f over %d of %d slots",
            goal.estimate(),
            goal.blocks(),
            goal.blockSlots());
  }

  private static String problem(long blocks, Double mean, Delta goal) {
    if (mean == null || goal.estimate() == null) {
      return mean == null && goal.estimate() == null ? null : "one has a value, the other has none";
    }
    if (goal.blocks() != blocks) {
      return "by the raw fills there are " + blocks + " blocks with both arms";
    }
    double offBps = Math.abs(mean - goal.estimate());
    return offBps > TOLERANCE_BPS
        ? String.format(Locale.ROOT, "they differ by %.4f bps", offBps)
        : null;
  }

  private String sql(TrialStatus word, Delta goal) {
    int slots = SlotAssignment.blockSlots(word.treatmentShare());
    Map<String, Object> values = new HashMap<>();
    values.put("engine", word.engineId().replace("'", "''"));
    values.put("slot", plan.slotMs() * 1000);
    values.put("slots", slots);
    values.put("joined", Math.max(1, goal.blockSlots() / slots));
    values.put("from", word.stageSinceUs());
    values.put("to", word.eventTimeUs() - SETTLED_US);
    String sql = SQL;
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      sql = sql.replace("{" + entry.getKey() + "}", entry.getValue().toString());
    }
    return sql;
  }
}
