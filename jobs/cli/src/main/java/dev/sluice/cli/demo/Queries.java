// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.dataset.Datasets;
import java.util.ArrayList;
import java.util.List;

/** Three questions an analyst would ask of a run's datasets. */
final class Queries {
  private static final String FILLS =
      """
      SELECT liquidity, count(*) AS fills, round(sum(price::DOUBLE * qty::DOUBLE), 0) AS notional,
             round(sum(fee)::DOUBLE, 2) AS fees,
             round(sum((CASE side WHEN 'BUY' THEN 1 ELSE -1 END) * (mid_at_fill - price::DOUBLE) * qty::DOUBLE)
                   / sum(price::DOUBLE * qty::DOUBLE) * 1e4, 3) AS capture_bps
      FROM fills GROUP BY liquidity ORDER BY liquidity""";

  private static final String SLOWEST =
      """
      SELECT strftime(time_bucket(INTERVAL 10 MINUTE, event_time_us), '%m-%d %H:%M') AS ten_minutes_from,
             count(*) AS ticks, round(avg(CASE WHEN total_ms > deadline_ms THEN 1 ELSE 0 END), 3) AS missed,
             round(quantile_cont(total_ms, 0.95), 1) AS p95_ms
      FROM ticks GROUP BY 1 ORDER BY missed DESC, 1 LIMIT 3""";

  private static final String MODES =
      """
      SELECT mode, count(*) AS heartbeats, round(count(*) * 10 / 3600.0, 2) AS about_hours,
             max(control_epoch) AS last_epoch
      FROM health GROUP BY mode ORDER BY heartbeats DESC""";

  private Queries() {}

  static List<DemoReport.Query> run(Datasets datasets) {
    List<DemoReport.Query> queries = new ArrayList<>();
    add(queries, datasets, "fills", "What did the fills earn?", FILLS);
    add(queries, datasets, "ticks", "When was the pipeline slowest?", SLOWEST);
    add(queries, datasets, "health", "How long was the engine in which mode?", MODES);
    return queries;
  }

  private static void add(
      List<DemoReport.Query> queries, Datasets datasets, String needs, String title, String sql) {
    if (datasets.views().containsKey(needs)) {
      queries.add(new DemoReport.Query(title, sql, datasets.query(sql)));
    }
  }
}
