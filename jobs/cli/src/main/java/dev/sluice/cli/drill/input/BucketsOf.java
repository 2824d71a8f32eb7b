// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.drill.DrillStage;
import java.util.List;

/** What the judge has made of another engine: its buckets, on their topic and stored. */
public final class BucketsOf {
  private BucketsOf() {}

  /** Waits until the engine's bucket that begins at a time has been closed. */
  public static void await(DrillStage stage, String engineId, long startUs)
      throws InterruptedException {
    try (BucketFollower buckets = new BucketFollower(stage)) {
      buckets.await(List.of(engineId), startUs);
    }
  }

  /**
   * A sum over an engine's stored buckets.
   *
   * @param dataset {@code buckets} or {@code amendments}
   * @param whole of the buckets of the whole engine, else of those by symbol
   * @param expression SQL
   */
  public static long sum(
      Datasets datasets, String dataset, String engineId, boolean whole, String expression) {
    return datasets.has(dataset)
        ? datasets.number(
            "SELECT sum("
                + expression
                + ") FROM "
                + dataset
                + " WHERE engine_id = "
                + Datasets.text(engineId)
                + (whole ? " AND symbol IS NULL AND arm IS NULL" : " AND symbol IS NOT NULL"))
        : 0;
  }
}
