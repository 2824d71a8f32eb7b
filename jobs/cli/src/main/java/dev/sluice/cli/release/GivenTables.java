// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.rules.baseline.Baseline;
import java.util.Map;

/** What a run was given beside the datasets, as tables and variables that gates may name. */
final class GivenTables {
  private GivenTables() {}

  /** Creates them in the schema {@code main}. */
  static void create(Datasets datasets, GateSettings settings) {
    String build = settings.build();
    datasets.execute(
        "SET VARIABLE build = " + (build == null ? "NULL" : Datasets.text(build)) + "::VARCHAR");
    datasets.execute("SET VARIABLE flags_given = " + (settings.flags() != null));
    datasets.execute(
        "CREATE TABLE main.flags_snapshot (engine_id VARCHAR, flag VARCHAR, is_on BOOLEAN)");
    if (settings.flags() != null) {
      settings
          .flags()
          .snapshot()
          .engines()
          .forEach(engine -> keepFlags(datasets, engine.engineId(), engine.flags()));
    }
    datasets.execute(
        "CREATE TABLE main.baselines (engine_id VARCHAR, hourly_mean DOUBLE, hourly_sigma DOUBLE, hours BIGINT, source VARCHAR)");
    settings.baselines().forEach(lock -> keepBaseline(datasets, lock));
  }

  private static void keepFlags(Datasets datasets, String engine, Map<String, Boolean> flags) {
    flags.forEach(
        (flag, on) ->
            datasets.execute(
                "INSERT INTO main.flags_snapshot VALUES ("
                    + Datasets.text(engine)
                    + ", "
                    + Datasets.text(flag)
                    + ", "
                    + on
                    + ")"));
  }

  private static void keepBaseline(Datasets datasets, Baseline lock) {
    datasets.execute(
        "INSERT INTO main.baselines VALUES ("
            + String.join(
                ", ",
                Datasets.text(lock.engineId()),
                String.valueOf(lock.pnlHourlyMean()),
                String.valueOf(lock.pnlHourlySigma()),
                Long.toString(lock.hours()),
                Datasets.text(lock.source().name()))
            + ")");
  }
}
