// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Control records as they were archived: the topic forgets what is superseded, the dataset does
 * not.
 */
final class StoredControl {
  private StoredControl() {}

  /** Of one engine, in the order of their offsets; of each only identity, mode and time. */
  static List<Control> of(Datasets datasets, String engineId) {
    List<Control> records = new ArrayList<>();
    if (!datasets.has("decisions")) {
      return records;
    }
    for (Map<String, Object> row :
        datasets
            .query(
                "SELECT epoch, mode, decision_id, epoch_us(event_time_us) AS us FROM decisions"
                    + " WHERE engine_id = "
                    + Datasets.text(engineId)
                    + " ORDER BY _offset")
            .maps()) {
      records.add(
          new Control(
              Control.SCHEMA,
              engineId,
              ((Number) row.get("epoch")).longValue(),
              Mode.valueOf(row.get("mode").toString()),
              RolloutState.NONE,
              row.get("decision_id").toString(),
              0,
              List.of(),
              null,
              false,
              ((Number) row.get("us")).longValue(),
              0,
              0,
              Source.SIMULATED,
              "archived"));
    }
    return records;
  }
}
